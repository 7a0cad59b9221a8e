import type { Case } from './case.ts';
import type { Facets } from './facets.ts';
import { tally } from './tally.ts';
import { castVote } from './vote.ts';
import type { Opinion, Vote, Voting } from './vote.ts';

/** What the judge makes of a case in one to three votes. The other types are those of the vote that ended it. */
export type CaseVerdict =
  | {
      readonly type: 'judged';
      readonly opinions: ReadonlyMap<string, Opinion>;
      /** As the first vote has them. */
      readonly facets?: Facets;
      /** Absent where there was nothing to ask. */
      readonly model?: string;
      readonly isAsked: boolean;
    }
  | Exclude<Vote, { readonly type: 'cast' }>;

/** The first vote, and two more where it has anything but a yes. */
const VOTES = 3;

/**
 * Asks once; if anything is not a plain yes, twice more in other words and orders. One vote that is void, useless or lost ends it:
 * what is left could not be unanimous.
 */
export async function judgeCase(about: Case, voting: Voting): Promise<CaseVerdict> {
  if (about.criteria.length === 0) return { type: 'judged', opinions: new Map(), isAsked: false };
  const first = await castVote(about, 0, voting);
  if (first.type !== 'cast') return first;
  const votes = [first];
  const isPlain = [...first.opinions.values()].every(({ verdict }) => verdict === 'yes');
  let isAsked = first.isAsked;
  for (let vote = 1; vote < (isPlain ? 1 : VOTES); vote += 1) {
    const next = await castVote(about, vote, voting);
    isAsked ||= next.isAsked;
    if (next.type !== 'cast') return { ...next, isAsked };
    votes.push(next);
  }
  const { facets, model } = first;
  return { type: 'judged', opinions: tally(about.criteria, votes), ...(facets && { facets }), model, isAsked };
}
