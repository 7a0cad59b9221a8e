import { foldText } from './fold.ts';
import type { Bag } from './similarity.ts';
import { wordsOf } from './words.ts';

/**
 * What a template is filled with where words look alike: numbers (in digits or as words), letters that stand alone, and signs that
 * stand alone, such as Morse code, once there are three of them. Two questions with other slots are two questions.
 */
export function slotsOf(text: string): Bag {
  const slots = new Map<string, number>();
  const add = (slot: string): unknown => slots.set(slot, (slots.get(slot) ?? 0) + 1);
  const folded = foldText(text);
  for (const word of wordsOf(folded)) {
    const number = numbers.get(word);
    if (number !== undefined) add(number);
    else if (/^\p{N}/u.test(word) || loneLetter.test(word)) add(word);
  }
  const signs = folded
    .split(/\s+/)
    .map(piece => piece.replaceAll(/["'“”‘’`]/g, ''))
    .filter(piece => /^[^\p{L}\p{N}]+$/u.test(piece) && !/^(?:[|*#>=_]+|-{3,}|[,;:?!]|\.{3})$/.test(piece));
  if (signs.length >= 3) for (const sign of signs) add(sign);
  return slots;
}

/** Share of the slots that the two do not have in common, 0 to 1; 0 when neither has any. */
export function slotDifference(a: Bag, b: Bag): number {
  let [shared, total] = [0, 0];
  for (const slot of new Set([...a.keys(), ...b.keys()])) {
    const [inA, inB] = [a.get(slot) ?? 0, b.get(slot) ?? 0];
    shared += Math.min(inA, inB);
    total += Math.max(inA, inB);
  }
  return total === 0 ? 0 : 1 - shared / total;
}

/** `a` and `i` are words. */
const loneLetter = /^[b-hj-z]$/;

const names = `zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
  eighteen nineteen twenty`;
const ordinals = 'zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth';
const numbers: ReadonlyMap<string, string> = new Map(
  [names, ordinals].flatMap(list =>
    list.split(/\s+/).map((name, value) => [wordsOf(name).join(' '), String(value)] as const),
  ),
);
