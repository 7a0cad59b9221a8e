import { differentPairs, samePairs } from '../../../src/core/judge/pairs/known-pairs.ts';
import type { SeenExample } from './read-prompt.ts';
import { fieldOf } from './read-prompt.ts';
import { message } from './scripts.ts';
import type { ModelCall, Script } from './start-model.ts';

/** What is said of a pair, with the words that are to prove it. */
export type SaidOfPair = { readonly verdict: string; readonly one: string; readonly other: string };

/** A pair as a model would make it out in a prompt. */
export type SeenPair = { readonly id: string; readonly one: SeenExample; readonly other: SeenExample };

/** The pairs that a call asks about; none unless it asks about pairs. */
export function pairsIn({ user, examples }: Pick<ModelCall, 'user' | 'examples'>): readonly SeenPair[] {
  const byId = new Map(examples.map(example => [example.id, example]));
  return [...user.matchAll(/^PAIR ([0-9a-f]{12}): one is ([0-9a-f]{12}), other is ([0-9a-f]{12})$/gm)].flatMap(
    ([, id = '', oneId = '', otherId = '']) => {
      const [one, other] = [byId.get(oneId), byId.get(otherId)];
      return one === undefined || other === undefined ? [] : [{ id, one, other }];
    },
  );
}

const question = (example: SeenExample): string => fieldOf(example, 'question');

/** Right about Assay's own pairs, each proved by the whole questions. */
function rightly({ one, other }: SeenPair): SaidOfPair | undefined {
  const asked = new Set([question(one), question(other)]);
  const isOf = (pairs: typeof samePairs): boolean =>
    pairs.some(pair => asked.has(pair.one.question) && asked.has(pair.other.question));
  const verdict = isOf(samePairs) ? 'same' : isOf(differentPairs) ? 'different' : undefined;
  return verdict && { verdict, one: question(one), other: question(other) };
}

/** Answers about pairs, right about Assay's own; whatever else is asked goes to another script. */
export const comparing =
  (say: (pair: SeenPair) => SaidOfPair, otherwise: Script): Script =>
  call => {
    const pairs = pairsIn(call);
    if (pairs.length === 0) return otherwise(call);
    return message(JSON.stringify({ pairs: pairs.map(pair => ({ id: pair.id, ...(rightly(pair) ?? say(pair)) })) }));
  };

/** The same of every pair but Assay's own, proved by the whole questions. */
export const alwaysSaying =
  (verdict: string) =>
  ({ one, other }: SeenPair): SaidOfPair => ({ verdict, one: question(one), other: question(other) });
