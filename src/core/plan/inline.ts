import { escapeMessage, fence, plainLines } from '../escape.ts';
import { gravestFirst, isByJudge } from '../finding-order.ts';
import type { Finding, Suggestion } from '../finding.ts';
import { MAX_COMMENT, byteLength } from '../limits.ts';
import { inlineMarker, reviewMarker } from '../markers.ts';
import type { InlineComment, ReviewPlan } from '../plan.ts';
import type { ChangedFile, LineRange } from '../pull-request.ts';
import { renderDetails, renderName } from '../render/finding.ts';
import { linesOf } from '../render/place.ts';
import { severityWords } from '../render/words.ts';
import { placeOf } from './facts.ts';
import type { ReviewFacts } from './facts.ts';

/** More remarks on lines than these bury the diff. */
const MAX_INLINE = 20;

/**
 * Remarks on lines of the diff: only where one click mends it, or where the judge asks something. Everything else is an
 * annotation and a line of the comment.
 */
export function planInline(facts: ReviewFacts): NonNullable<ReviewPlan['review']> {
  const { pullRequest, verdict } = facts;
  const files = new Map(pullRequest.files.map(file => [file.path, file]));
  const fingerprints = new Set<string>();
  const comments = gravestFirst(verdict.findings)
    .flatMap(finding => inlineComment(finding, files.get(finding.location.path), facts) ?? [])
    .filter(({ fingerprint }) => !fingerprints.has(fingerprint) && fingerprints.add(fingerprint) !== undefined)
    .slice(0, MAX_INLINE);
  const body = `Remarks on single lines. The whole picture is in Assay’s comment on this pull request.\n\n${reviewMarker(pullRequest.headSha)}`;
  return { body, comments };
}

function inlineComment(finding: Finding, file: ChangedFile | undefined, facts: ReviewFacts): InlineComment | undefined {
  const { location, severity, fingerprint } = finding;
  const suggestion = finding.suggestion && applicable(finding.suggestion);
  const isAsked = isByJudge(finding) && severity !== 'note';
  if (severity === 'note' || (suggestion === undefined && !isAsked)) return undefined;
  const lines = suggestion ? { start: suggestion.startLine, end: suggestion.endLine } : linesOf(location);
  // A question may stand on its first line alone; a suggestion replaces all of its lines or none.
  const range = [lines, ...(suggestion ? [] : [{ start: lines.start, end: lines.start }])].find(isInDiff);
  if (range === undefined) return undefined;
  const body = [
    `**${severityWords[severity]}**: ${escapeMessage(finding.message)}${renderName(finding, placeOf(facts))}`,
    renderDetails([finding], placeOf(facts))
      .map(detail => `- ${detail}`)
      .join('\n'),
    suggestion ? fence(suggestion.replacement, 'suggestion') : '',
    inlineMarker(fingerprint),
  ]
    .filter(part => part !== '')
    .join('\n\n');
  if (byteLength(body) > MAX_COMMENT) return undefined;
  return { fingerprint, severity, path: location.path, lines: range, body };

  function isInDiff({ start, end }: LineRange): boolean {
    return start <= end && (file?.diffLines ?? []).some(hunk => hunk.start <= start && end <= hunk.end);
  }
}

/** A suggestion must be, to the byte, what people see before they press the button: otherwise there is none. */
function applicable(suggestion: Suggestion): Suggestion | undefined {
  const replacement = suggestion.replacement.replace(/\n$/, '');
  return plainLines(replacement) === replacement ? { ...suggestion, replacement } : undefined;
}
