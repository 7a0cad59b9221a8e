import { codeSpan, escapeMessage } from '../escape.ts';
import { byFile, isByJudge } from '../finding-order.ts';
import { MAX_COMMENT, byteLength, fitLines, thousands } from '../limits.ts';
import { STICKY_MARKER } from '../markers.ts';
import { placeOf } from '../plan/facts.ts';
import type { ReviewFacts } from '../plan/facts.ts';
import { sealLine } from '../decisions/content.ts';
import { renderDecisions } from './decisions.ts';
import { renderFiles } from './files.ts';
import { groupAlike, renderFinding } from './finding.ts';
import { renderEscalation, renderWelcome } from './greeting.ts';
import { headlineOf } from './headline.ts';
import { renderJudgeSection } from './judge-section.ts';
import { precheckSentence } from './precheck.ts';
import { linkFile } from './place.ts';
import { renderRecord } from './record.ts';

/** More than these are in the checks. */
const MAX_ITEMS = 50;

/** The one comment on a pull request, whole, with its marker; at most `MAX_COMMENT` bytes. */
export function renderComment(facts: ReviewFacts): string {
  const { contribution, verdict } = facts;
  const place = placeOf(facts);
  const { title, turn, isBrief = false } = headlineOf(facts);
  const files = isBrief ? '' : renderFiles(contribution, verdict.findings, place);
  const before = [`### Assay: ${title}`, turn, renderWelcome(facts), draftNote(facts), renderDecisions(facts), files];
  const after = [
    renderJudgeSection(facts, verdict.findings.filter(isByJudge), place),
    precheckSentence(facts.precheck),
    policyNote(facts),
    renderEscalation(facts),
    howToAskAgain,
    renderRecord(facts),
    sealLine(facts.decisions.seals),
  ];
  const rest = joinBlocks([...before, ...after, STICKY_MARKER]);
  const findings = renderFindings(facts, MAX_COMMENT - byteLength(rest) - 8);
  return joinBlocks([...before, findings, ...after, STICKY_MARKER]);
}

/** The comment of a pull request that no longer touches the taxonomy. */
export const renderNothingLeft = (): string =>
  joinBlocks([
    '### Assay: nothing to review',
    'This pull request does not touch the taxonomy any more. What was said here before does not apply.',
    STICKY_MARKER,
  ]);

/** The comment after a review that failed for good. */
export const renderTrouble = (headSha: string, reason: string): string =>
  joinBlocks([
    '### Assay: this commit could not be reviewed',
    `${escapeMessage(reason, 600)} It was tried several times for ${codeSpan(headSha.slice(0, 7))}. **It is a maintainer’s turn**: ${codeSpan('/assay review')} tries again.`,
    howToAskAgain,
    STICKY_MARKER,
  ]);

function renderFindings(facts: ReviewFacts, maxBytes: number): string {
  const place = placeOf(facts);
  const byRules = facts.verdict.findings.filter(finding => !isByJudge(finding));
  const files = [...byFile(byRules)].map(([path, findings]) => ({ path, items: groupAlike(findings) }));
  function* lines(): Generator<string> {
    for (const { path, items } of files) {
      for (const [index, alike] of items.entries()) {
        const title = index === 0 ? `\n**${path === '' ? 'The pull request itself' : linkFile(place, path)}**\n\n` : '';
        yield `${title}${renderFinding(alike, place)}`;
      }
    }
  }
  const total = files.reduce((sum, { items }) => sum + items.length, 0);
  const tellMore = (left: number) => `\n… and ${thousands(left)} more: see the checks of this pull request.`;
  return fitLines(lines(), total, { maxBytes, maxLines: MAX_ITEMS }, tellMore).trim();
}

const draftNote = ({ pullRequest }: ReviewFacts): string =>
  pullRequest.isDraft ? 'This is a draft: labels wait until it is ready for review.' : '';

const policyNote = ({ policyProblem }: ReviewFacts): string =>
  policyProblem === undefined ? '' : `For maintainers: ${escapeMessage(policyProblem, 600)}`;

const howToAskAgain = `<details><summary>How to ask again</summary>

Push a commit, press *Re-run* on one of the checks, or write a comment that begins with a command:

- ${codeSpan('/assay review')} looks at everything again
- ${codeSpan('/assay explain ID')} says more about a finding; its id stands at its end
- ${codeSpan('/assay dispute ID why')} asks a triager to look at a finding that is wrong
- ${codeSpan('/assay help')} lists all commands

</details>`;

const joinBlocks = (blocks: readonly string[]): string => blocks.filter(block => block !== '').join('\n\n');
