import { exampleKey } from '../duplicates/example-key.ts';
import type { Match } from '../duplicates/overlap.ts';
import type { Likeness } from '../duplicates/pair-verdict.ts';
import { compareSights } from '../duplicates/same-topic.ts';
import { sightOf } from '../duplicates/rivals.ts';
import type { SeedExample } from '../contribution.ts';
import type { Concern, Related } from '../finding.ts';
import { isSameAccount } from '../same-account.ts';
import type { Facts } from './rule.ts';

/** How alike two examples are, in words for people. */
export const likenessWords = {
  'same-question': 'the same question, written differently, and the same answer',
  'same-question-other-answer': 'the same question, with another answer',
  reworded: 'the same in other words',
  'same-answer': 'a question with other words, and the same answer',
  alike: 'much the same words in question and answer',
} as const satisfies Record<Likeness, string>;

/** How to say that it is no duplicate. */
export const HOW_TO_DISPUTE = 'write `/assay dispute` with the id of this finding and say how they differ';

/** `#960 by sam-roe`, or that it is the contributor's own. */
export function namePullRequest(
  {
    number,
    authorId,
    authorLogin,
  }: { readonly number: number; readonly authorId: number; readonly authorLogin: string },
  { pullRequest }: Pick<Facts, 'pullRequest'>,
): string {
  return isSameAccount(authorId, pullRequest.author?.id)
    ? `your own open pull request #${number}`
    : `#${number} by ${authorLogin}`;
}

/** `2024-05-07`; empty for a date that cannot be read. */
export const dayOf = (seenAt: string | undefined): string =>
  Number.isFinite(sightOf(seenAt)) ? new Date(sightOf(seenAt)).toISOString().slice(0, 10) : '';

/** Whether the other pull request had the text first. What is in the taxonomy always was. */
export function wasFirst({ near, example }: Match, { pullRequest, neighbourhood }: Facts): boolean {
  if (near.pullRequest === undefined) return true;
  const own = { seenAt: neighbourhood.seenAt.get(exampleKey(example)), number: pullRequest.number };
  return compareSights(near.pullRequest, own) < 0;
}

/** The other example, with both questions to lay side by side. */
export const relatedTo = ({ example, near: { path, line, sha, question, pullRequest } }: Match): Related => ({
  label: pullRequest === undefined ? 'the one in the taxonomy' : `#${pullRequest.number}`,
  path,
  line,
  sha,
  ...(pullRequest && { pullRequest: pullRequest.number }),
  compared: { here: example.question.value, there: question },
});

/** Fewer examples that are alike are told by nobody: skills are templates to some degree. */
export const MIN_ALIKE = 4;

/** Share of a leaf's examples that are alike, from which on it is told. */
export const MIN_SHARE = 0.75;

/** A note about most examples of a leaf, at the first of them. */
export const noteAt = (rule: string, path: string, { question }: SeedExample, message: string): Concern => ({
  rule,
  severity: 'note',
  message,
  location: { path, line: question.line, column: question.column, endLine: question.endLine },
  yamlPath: '.seed_examples',
  flagged: rule,
});
