import { MAX_ALIGNED, align, rougeL } from './align.ts';
import type { Comparable } from './comparable.ts';
import { areSwapped, featuresOf } from './features.ts';
import type { PairFeatures } from './features.ts';
import type { CloseProfile, ExampleProfile, TextProfile } from './profile.ts';
import { cosine } from './similarity.ts';
import { slotDifference } from './slots.ts';

/** What is alike about two examples that may be the same one. */
export type Likeness = 'same-question' | 'same-question-other-answer' | 'reworded' | 'same-answer' | 'alike';

/**
 * What two examples are to each other. `duplicate`: question and context are equal. `possible-duplicate`: they look like the same
 * example to the model, so a person should compare them. `template-sibling`: one frame, filled differently.
 */
export type PairVerdict =
  | { readonly type: 'duplicate' | 'possible-duplicate'; readonly likeness: Likeness }
  | { readonly type: 'template-sibling' };

/**
 * Weights of the logistic model over `PairFeatures`, fitted to the 80 labelled example pairs of the development part (ridge 0.3).
 * `npm run eval:duplicates` fits them again, cross-validates them and says when they differ: docs/duplicates-measured.md.
 */
export const possibleModel = { bias: -3.77, asked: 3.55, said: 3.72 } as const;

/** The model's probability that both are one example in other words, or one question with another answer; 0 to 1. */
export const probabilityOf = ({ asked, said }: PairFeatures): number =>
  1 / (1 + Math.exp(-(possibleModel.bias + possibleModel.asked * asked + possibleModel.said * said)));

/** From here on a pair is a `possible-duplicate`. */
const MIN_PROBABILITY = 0.5;

/** ROUGE-L of two questions from which on they count as one frame: the threshold at which Self-Instruct drops an instruction. */
const MIN_FRAME = 0.7;

/** What the pair is; undefined when they have no more in common than any two. */
export function comparePair(a: Comparable, b: Comparable): PairVerdict | undefined {
  if (a.key === b.key) return { type: 'duplicate', likeness: likenessOf(a.profile, b.profile) };
  const isPossible =
    areWrittenDifferently(a.profile, b.profile) || probabilityOf(featuresOf(a.profile, b.profile)) >= MIN_PROBABILITY;
  if (isPossible) return { type: 'possible-duplicate', likeness: likenessOf(a.profile, b.profile) };
  return areSiblings(a.profile, b.profile) ? { type: 'template-sibling' } : undefined;
}

/** The same words in the same order, but for case, spaces, punctuation and letters that look alike. */
function areWrittenDifferently(a: ExampleProfile, b: ExampleProfile): boolean {
  if ((a.context === undefined) !== (b.context === undefined)) return false;
  const isContextEqual = a.context === undefined || b.context === undefined || haveSameWords(a.context, b.context);
  return isContextEqual && areSameQuestion(a.question, b.question);
}

const areSameQuestion = (a: CloseProfile, b: CloseProfile): boolean =>
  haveSameWords(a, b) && slotDifference(a.slots, b.slots) === 0;

const haveSameWords = ({ words }: TextProfile, other: TextProfile): boolean =>
  words.length > 0 && words.length === other.words.length && words.every((word, index) => word === other.words[index]);

/** Answers count as the same from this cosine on. */
const SAME_ANSWER = 0.6;

function likenessOf(a: ExampleProfile, b: ExampleProfile): Likeness {
  const isAnswerSame = cosine(a.answer.pieces, b.answer.pieces) >= SAME_ANSWER;
  if (areSameQuestion(a.question, b.question)) return isAnswerSame ? 'same-question' : 'same-question-other-answer';
  if (!areSwapped(a.question, b.question)) return 'reworded';
  return isAnswerSame ? 'same-answer' : 'alike';
}

function areSiblings({ question: a }: ExampleProfile, { question: b }: ExampleProfile): boolean {
  const isFilledDifferently = areSwapped(a, b) || slotDifference(a.slots, b.slots) > 0;
  return (
    isFilledDifferently && canReach(MIN_FRAME, a, b) && rougeL(align(a.words, b.words), a.words, b.words) >= MIN_FRAME
  );
}

/** Whether as many words are common, in whatever order, as that ROUGE-L takes: far cheaper to tell than to align the two. */
function canReach(likeness: number, a: TextProfile, b: TextProfile): boolean {
  const [one, other] = [a.words.slice(0, MAX_ALIGNED), b.words.slice(0, MAX_ALIGNED)];
  const common = Math.min(one.filter(word => b.bag.has(word)).length, other.filter(word => a.bag.has(word)).length);
  return (2 * common) / (one.length + other.length) >= likeness;
}
