import { foldText } from './fold.ts';
import type { Bag } from './similarity.ts';
import { slotsOf } from './slots.ts';
import { weightOf, wordsOf } from './words.ts';

/** One text, made ready to be compared with many others. */
export type TextProfile = {
  readonly words: readonly string[];
  /** Words by weight, repetition damped. */
  readonly bag: Bag;
};

/** The same of a short one, of which every letter matters. */
export type CloseProfile = TextProfile & {
  /** Pieces of 3 to 5 letters of each word, its edges included, by the word's weight: they forgive typing errors and endings. */
  readonly pieces: Bag;
  /** See `slotsOf`. */
  readonly slots: Bag;
};

/** One example, made ready. */
export type ExampleProfile = {
  readonly question: CloseProfile;
  readonly answer: CloseProfile;
  readonly context?: TextProfile;
};

/** Linear in the length of the text, of which the beginning is read: see `foldText`. */
export function profileText(text: string): TextProfile {
  const words = wordsOf(foldText(text));
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return { words, bag: new Map([...counts].map(([word, count]) => [word, (1 + Math.log(count)) * weightOf(word)])) };
}

export function profileClosely(text: string): CloseProfile {
  const profile = profileText(text);
  const pieces = new Map<string, number>();
  for (const [word, weight] of profile.bag)
    for (const piece of piecesOf(word)) pieces.set(piece, (pieces.get(piece) ?? 0) + weight);
  return { ...profile, pieces, slots: slotsOf(text) };
}

function* piecesOf(word: string): Generator<string> {
  const edged = ` ${word} `;
  for (let size = 3; size <= 5; size++)
    for (let at = 0; at + size <= edged.length; at++) yield edged.slice(at, at + size);
}
