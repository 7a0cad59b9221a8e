import { plainText } from '../escape.ts';
import { hashTexts, shortId } from '../finding.ts';
import type { Finding, Severity } from '../finding.ts';
import { gravestFirst } from '../finding-order.ts';
import { MAX_ANNOTATION_MESSAGE, MAX_CHECK_TEXT, MAX_TITLE, cutText, thousands } from '../limits.ts';
import type { Annotation, CheckPlan } from '../plan.ts';
import { linesOf } from '../render/place.ts';
import { withoutOtherCommits } from '../render/record.ts';
import { severityWords } from '../render/words.ts';

/**
 * Gives the check its external id: the pull request it speaks for (0 in a merge queue), and a hash of all that is shown, but
 * for the commits at which neighbours stand. `record` is added to the summary and not hashed: what was true when it was written is no reason to write again.
 */
export function identifyCheck(number: number, check: Omit<CheckPlan, 'externalId'>, record = ''): CheckPlan {
  const { name, headSha, conclusion, text, annotations } = check;
  const title = cutText(check.title, MAX_TITLE);
  const summary = cutText(check.summary, MAX_CHECK_TEXT / 2);
  const shown = text === undefined ? null : withoutOtherCommits(text, headSha);
  return {
    name,
    headSha,
    externalId: `#${number}:${hashTexts(shownOf([name, conclusion ?? null, title, summary, shown], annotations))}`,
    ...(conclusion && { conclusion }),
    title,
    summary: record === '' ? summary : `${summary}\n\n${record}`,
    ...(text !== undefined && { text }),
    annotations,
  };
}

/** All that is shown, as JSON in pieces: messages of many megabytes never become one string. */
function* shownOf(head: readonly (string | null)[], annotations: readonly Annotation[]): Generator<string> {
  yield `${JSON.stringify(head).slice(0, -1)},[`;
  for (const [index, annotation] of annotations.entries())
    yield `${index === 0 ? '' : ','}${JSON.stringify(annotation)}`;
  yield ']]';
}

/** The pull request that a check run speaks for, by its external id; undefined when it is not one of ours. */
export function speaksFor(externalId: string): number | undefined {
  const [, digits] = /^#(\d{1,15}):/.exec(externalId) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

const levels = {
  error: 'failure',
  question: 'warning',
  note: 'notice',
} as const satisfies Record<Severity, Annotation['level']>;

/**
 * Marks of one check run. GitHub takes 50 a request and a request a second, so the hundred thousand that three thousand small
 * files can hold would keep everybody else waiting for an hour and a half; four requests keep nobody.
 */
const MAX_ANNOTATIONS = 200;

/** What the marks leave out, in words for people; empty if every finding has its mark. */
export const tellUnmarked = (findings: number): string =>
  findings <= MAX_ANNOTATIONS
    ? ''
    : `The ${MAX_ANNOTATIONS} gravest are marked on their lines, and ${thousands(findings - MAX_ANNOTATIONS)} more are not.`;

/** One mark a finding, the gravest first, `MAX_ANNOTATIONS` at most: GitHub shows them in this order. */
export const annotate = (findings: readonly Finding[]): readonly Annotation[] =>
  gravestFirst(findings.filter(({ location }) => location.path !== ''))
    .slice(0, MAX_ANNOTATIONS)
    .map(finding => {
      const { path, column } = finding.location;
      const { start, end } = linesOf(finding.location);
      return {
        path,
        startLine: start,
        endLine: end,
        ...(start === end && { startColumn: column }),
        level: levels[finding.severity],
        title: cutText(
          plainText(`${severityWords[finding.severity]}: ${finding.rule} (${shortId(finding)})`),
          MAX_TITLE,
        ),
        message: cutText(plainText(finding.message) || finding.rule, MAX_ANNOTATION_MESSAGE),
      };
    });
