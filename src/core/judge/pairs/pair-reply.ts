import { z } from 'zod';
import { evidenceIn } from '../evidence.ts';
import type { Field } from '../fields.ts';
import { onlyObject } from '../only-object.ts';
import type { PairQuestion } from './pair-question.ts';

/** What one call says of a pair, once its quotes were looked for. Without proof it says nothing. */
export type PairOpinion =
  | { readonly verdict: 'same' }
  | { readonly verdict: 'different'; readonly here: string; readonly there: string };

const answer = z.strictObject({
  id: z.string(),
  one: z.string(),
  other: z.string(),
  verdict: z.enum(['same', 'different', 'cannot_tell']),
});
const reply = z.strictObject({ pairs: z.array(answer).max(3) });

/**
 * Reads a reply. It counts only if it has every pair once and is right, with proof, about both of ours. A "different" must quote of
 * each words that the other lacks; a "same", words of each. Takes anything; never throws. Undefined: it says nothing.
 */
export function readPairReply(question: PairQuestion, written: string): PairOpinion | undefined {
  const parsed = reply.safeParse(onlyObject(written));
  if (!parsed.success) return undefined;
  const answers = new Map(parsed.data.pairs.map(each => [each.id, each]));
  if (answers.size !== question.sides.size || parsed.data.pairs.length !== answers.size) return undefined;
  const opinions = new Map([...question.sides].map(([id, sides]) => [id, opinionOf(answers.get(id), sides)] as const));
  const isRight = [...question.known].every(([id, is]) => opinions.get(id)?.verdict === is);
  return isRight ? opinions.get(question.pairId) : undefined;
}

type Sides = { readonly one: readonly Field[]; readonly other: readonly Field[] };

function opinionOf(said: z.output<typeof answer> | undefined, sides: Sides): PairOpinion | undefined {
  if (said === undefined || said.verdict === 'cannot_tell') return undefined;
  const [ofOne, ofOther] = [evidenceIn(sides.one), evidenceIn(sides.other)];
  const here = ofOne(said.one, 'question');
  const there = ofOther(said.other, 'question');
  if (here === undefined || there === undefined) return undefined;
  if (said.verdict === 'same') return { verdict: 'same' };
  // Words that stand in both show no difference.
  if (ofOther(here.quote, 'question') !== undefined || ofOne(there.quote, 'question') !== undefined) return undefined;
  return { verdict: 'different', here: here.quote, there: there.quote };
}
