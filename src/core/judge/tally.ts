import type { Criterion } from './criterion.ts';
import type { Opinion, Vote } from './vote.ts';

type CastVote = Extract<Vote, { readonly type: 'cast' }>;

/**
 * What all votes together say to each criterion: what they all say, or that nobody can tell. Of three voters that disagree none is
 * believed (judge.md: unanimity is right in 90 to 100 %, a majority is not better than one). Evidence is the first vote's.
 */
export function tally(criteria: readonly Criterion[], votes: readonly CastVote[]): ReadonlyMap<string, Opinion> {
  return new Map(
    criteria.map(({ id }): [string, Opinion] => {
      const opinions = votes.flatMap(vote => vote.opinions.get(id) ?? []);
      const [first] = opinions;
      const isUnanimous = first !== undefined && opinions.every(({ verdict }) => verdict === first.verdict);
      if (isUnanimous && first.verdict !== 'cannot_tell') return [id, first];
      const isUnfounded = opinions.some(opinion => opinion.verdict === 'cannot_tell' && opinion.isUnfounded);
      return [id, { verdict: 'cannot_tell', isUnfounded }];
    }),
  );
}
