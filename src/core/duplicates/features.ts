import type { ExampleProfile, TextProfile } from './profile.ts';
import { cosine, totalOf } from './similarity.ts';
import { slotDifference } from './slots.ts';
import { isFunctionWord } from './words.ts';

/** What two examples have in common, from 0 to 1 each. a and b may be exchanged. */
export type PairFeatures = {
  /** How far they ask the same: pieces of the questions' words, less what differs in their slots. */
  readonly asked: number;
  /**
   * How far what belongs to the question is the same: the answer, or, where both have a context, that one. An answer out of a
   * shared context proves nothing: it is in the context.
   */
  readonly said: number;
};

/** From so many words that mean something, an answer that agrees is no accident. "Yes" counts little more than half. */
const TELLING_WORDS = 4;

/**
 * The features of a pair. The fourth power keeps questions of one frame ("Tell me a pun about …") apart from the same question:
 * those reach a cosine of 0.7 (0.24 after it), these 0.95 and more.
 */
export function featuresOf(a: ExampleProfile, b: ExampleProfile): PairFeatures {
  const asked =
    cosine(a.question.pieces, b.question.pieces) ** 4 * (1 - slotDifference(a.question.slots, b.question.slots));
  if (a.context !== undefined && b.context !== undefined) {
    const said = areSwapped(a.question, b.question) ? 0 : asked * cosine(a.context.bag, b.context.bag);
    return { asked, said };
  }
  const words = Math.min(totalOf(a.answer.bag), totalOf(b.answer.bag));
  const trust = 0.5 + 0.5 * Math.min(1, words / TELLING_WORDS);
  return { asked, said: cosine(a.answer.pieces, b.answer.pieces) * trust };
}

/** Whether each text has a word that means something and that the other lacks: "in CSV format" and "as a Markdown table". */
export const areSwapped = (a: TextProfile, b: TextProfile): boolean => hasOwnWord(a, b) && hasOwnWord(b, a);

const hasOwnWord = ({ bag }: TextProfile, other: TextProfile): boolean =>
  bag.keys().some(word => !isFunctionWord(word) && !other.bag.has(word));
