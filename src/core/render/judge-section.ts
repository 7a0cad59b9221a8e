import { codeSpan, escapeMessage, escapeText } from '../escape.ts';
import { shortId } from '../finding.ts';
import type { Finding } from '../finding.ts';
import { gravestFirst } from '../finding-order.ts';
import { amendRubric } from '../judge/rubric-amendments.ts';
import { fitLines } from '../limits.ts';
import type { ReviewFacts } from '../plan/facts.ts';
import type { JudgeState, Unsettled } from '../verdict.ts';
import { groupAlike, renderFinding } from './finding.ts';
import { judgeSentence } from './judge.ts';
import { linkLines } from './place.ts';
import type { Place } from './place.ts';
import { count, enumerate } from './words.ts';

/** The rest is in the details of the check. */
const ROOM = { maxLines: 25, maxBytes: 16_000 };
const MAX_OPEN = 5;
const MAX_CRITERIA = 3;

/**
 * What the judge has to say, for somebody who has never heard of it: each remark with its place, what was asked and how to mend
 * it, what was left open, and what one can do about it.
 */
export function renderJudgeSection(facts: ReviewFacts, remarks: readonly Finding[], place: Place): string {
  const { judge, policy, settings } = facts;
  const blocking = remarks.filter(({ severity }) => severity === 'error').length;
  const sentence = judgeSentence(judge, { noticed: remarks.length, blocking, isSample: settings.hasSampleJudge });
  const unsettled = judge.type === 'judged' ? judge.unsettled : [];
  if (remarks.length === 0 && unsettled.length === 0) return sentence;
  const items = groupAlike(gravestFirst(remarks));
  const [first] = gravestFirst(remarks);
  const list = fitLines(
    renderRemarks(items, policy, place),
    items.length,
    ROOM,
    left => `\n… and ${count(left, 'more remark')}: see the check ${codeSpan('assay/judge')}.`,
  );
  return [
    `**What the judge says**\n\n${sentence}`,
    list,
    renderOpen(unsettled.slice(0, MAX_OPEN), unsettled.length, place),
    first === undefined ? '' : whatToDo(blocking, first),
  ]
    .filter(part => part !== '')
    .join('\n\n');
}

/** The long text of `assay/judge`: its remarks, the gravest first, with the question of each, and all that it left open. */
export function judgeLines(
  { policy, judge }: { readonly policy: ReviewFacts['policy']; readonly judge: JudgeState },
  remarks: readonly Finding[],
  place: Place,
): { readonly lines: Iterable<string>; readonly total: number } {
  const items = groupAlike(gravestFirst(remarks));
  const unsettled = judge.type === 'judged' ? judge.unsettled : [];
  const title = unsettled.length > 0 ? [`\n**Left open by the judge**, so read these yourself:\n`] : [];
  function* lines(): Generator<string> {
    yield* renderRemarks(items, policy, place);
    yield* title;
    for (const each of unsettled) yield `- ${describeOpen(each, place, true)}`;
  }
  return { lines: lines(), total: items.length + title.length + unsettled.length };
}

type Alike = Parameters<typeof renderFinding>[0];

/** Each remark; with the first of a rule stands what was asked. */
function* renderRemarks(remarks: readonly Alike[], policy: ReviewFacts['policy'], place: Place): Generator<string> {
  const questions = new Map(questionsOf(policy));
  for (const alike of remarks) {
    const { rule } = alike[0];
    const question = questions.get(rule);
    questions.delete(rule);
    const asked = question === undefined ? '' : `\n  - Asked: “${escapeMessage(question, 600)}” The model says no.`;
    yield `${renderFinding(alike, place, { inFile: true })}${asked}`;
  }
}

/** By rule, the question as it stands in the rubric of this repository. */
function questionsOf({ judge: { rubric } }: ReviewFacts['policy']): ReadonlyMap<string, string> {
  const criteria = Object.values(amendRubric(rubric).criteria).flat();
  return new Map(criteria.map(({ id, question }) => [`judge/${id}`, question]));
}

function renderOpen(named: readonly Unsettled[], total: number, place: Place): string {
  if (total === 0) return '';
  const more = total > named.length ? `; ${total - named.length} more in the check ${codeSpan('assay/judge')}` : '';
  return `Left open by the judge, so that a triager reads it: ${named.map(each => describeOpen(each, place)).join('; ')}${more}.`;
}

function describeOpen(unsettled: Unsettled, place: Place, isWhole = false): string {
  const { path, line, isFile, criteria, unfounded = [], reason } = unsettled;
  const file = escapeText(path.split('/').slice(-2).join('/'), 200);
  const where = isFile ? `${file} as a whole` : `${file}, ${linkLines(place, { path, line, column: 1 })}`;
  if (reason !== undefined) return isWhole ? `${where}: ${escapeText(reason, 200)}` : `${where} (no usable reply)`;
  const forged =
    isWhole && unfounded.length > 0
      ? `; its no to ${enumerate(unfounded.map(codeSpan))} quoted words that stand nowhere in the file`
      : '';
  const which =
    isWhole || criteria.length <= MAX_CRITERIA ? enumerate(criteria.map(codeSpan)) : count(criteria.length, 'question');
  return `${where} (${which})${forged}`;
}

function whatToDo(blocking: number, { fingerprint }: Pick<Finding, 'fingerprint'>): string {
  const dispute = codeSpan(`/assay dispute ${shortId({ fingerprint })} why it is right`);
  return `${blocking === 0 ? 'You need not change anything here. ' : ''}If a remark is right, mend it and push. If it is wrong, leave the example as it is and say why in a comment, by the last code of the remark: ${dispute}. A triager decides.`;
}
