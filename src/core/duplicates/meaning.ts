import type { ExampleText } from './near-example.ts';

/** What a text means, as a model of embeddings sees it: a direction. All vectors of one model have the same length. */
export type Vector = Float32Array;

/** So much of a context is read, in UTF-16 code units: models of embeddings cut long texts off, and every token is paid for. */
const MAX_CONTEXT = 1_500;
const MAX_QUESTION = 1_500;

/** What of an example is asked about: the question, and what it is about. Equal for examples whose `exampleKey` is equal. */
export const meaningText = ({ question, context }: Pick<ExampleText, 'question' | 'context'>): string =>
  context === undefined
    ? tidy(question).slice(0, MAX_QUESTION)
    : `${tidy(question).slice(0, MAX_QUESTION)}\n${tidy(context).slice(0, MAX_CONTEXT)}`;

const tidy = (text: string): string => text.normalize('NFC').trim().replaceAll(/\s+/gu, ' ').toWellFormed();

/** The cosine of the angle between two vectors: −1 to 1. 0 where one has no direction, or another length. */
export function cosineOf(a: Vector, b: Vector): number {
  if (a.length !== b.length) return 0;
  let [dot, ofA, ofB] = [0, 0, 0];
  for (let at = 0; at < a.length; at++) {
    const [one = 0, other = 0] = [a[at], b[at]];
    dot += one * other;
    ofA += one * one;
    ofB += other * other;
  }
  return ofA === 0 || ofB === 0 ? 0 : dot / Math.sqrt(ofA * ofB);
}

/**
 * One bit for each number: whether it is above zero. The share of bits in which two vectors differ grows with the angle between
 * them (Charikar, Similarity estimation techniques from rounding algorithms, STOC 2002), so few bits find those worth a second look.
 */
export function signsOf(vector: Vector): Int32Array {
  const signs = new Int32Array(Math.ceil(vector.length / 32));
  for (let at = 0; at < vector.length; at++) {
    if ((vector[at] ?? 0) > 0) signs[at >>> 5] = (signs[at >>> 5] ?? 0) | (1 << (at & 31));
  }
  return signs;
}

/**
 * Which of many have the signs nearest to these, nearest first: at most `limit` positions. `all` holds the signs of one after the
 * other. Looks at each once; a tie is decided by position.
 */
export function nearestSigns(signs: Int32Array, all: Int32Array, limit: number): readonly number[] {
  const width = signs.length;
  if (width === 0) return [];
  const total = Math.floor(all.length / width);
  const distances = new Uint16Array(total);
  const counts = new Uint32Array(32 * width + 1);
  for (let position = 0; position < total; position++) {
    let distance = 0;
    for (let word = 0, at = position * width; word < width; word++, at++) {
      distance += bitsIn((all[at] ?? 0) ^ (signs[word] ?? 0));
    }
    distances[position] = distance;
    counts[distance] = (counts[distance] ?? 0) + 1;
  }
  // The distance within which there are enough: then one more pass finds them without a sort of all.
  let within = 0;
  for (let found = counts[0] ?? 0; found < limit && within < counts.length - 1; found += counts[within] ?? 0) within++;
  const near: number[] = [];
  for (let position = 0; position < total; position++) if ((distances[position] ?? 0) <= within) near.push(position);
  return near.sort((a, b) => (distances[a] ?? 0) - (distances[b] ?? 0) || a - b).slice(0, limit);
}

/** Bits that are set in 32, counted in parallel within the word (Warren, Hacker's Delight, §5-1). */
function bitsIn(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
