import { letterReader } from './letters.ts';
import type { ExampleText } from './near-example.ts';
import type { Candidate } from './nominate.ts';
import { piecesOf } from './signature.ts';

/** So much of each text is compared, in UTF-16 code units: this only orders candidates. */
const MAX_COMPARED = 400;

/** A candidate with its texts. */
export type ReadCandidate = { readonly candidate: Candidate; readonly text: ExampleText };

/** Orders candidates by how close they are to an example. */
export type Ranking = <Read extends ReadCandidate>(
  example: ExampleText,
  candidates: readonly Read[],
) => readonly Read[];

/**
 * The candidates, likeliest first: in turns one that is closest, by question (with context, where both have one) or by answer, one
 * with most bands in common in one field, the next as they were nominated, by all fields together, and one with the rarest words. So
 * neither a copy of one field nor a rewording hangs on what the others hold, and a copy of a long text not on its beginning: at
 * 300,000 examples, by closeness and words alone, two in a hundred copies by context or answer were not among the first ten. One
 * ranking is for a few examples of one contribution: texts that come again, such as a common context, are taken apart once.
 */
export function createRanking(): Ranking {
  const close = createComparison();
  return (example, candidates) => {
    const compared = candidates.map(read => ({ read, closeness: close(example, read.text) }));
    const best = (value: (one: (typeof compared)[number]) => number) =>
      compared
        .toSorted((a, b) => value(b) - value(a) || a.read.candidate.id - b.read.candidate.id)
        .map(({ read }) => read);
    const orders = [
      best(({ closeness }) => closeness),
      // Below one band closeness decides.
      best(({ read, closeness }) => read.candidate.sharedBands + closeness / 2),
      candidates,
      best(({ read }) => read.candidate.weight),
    ];
    return [...new Set(compared.flatMap((_, turn) => orders.flatMap(order => order.slice(turn, turn + 1))))];
  };
}

/** Pieces of an answer from which on its being equal says as much as an equal question. */
const FULL_ANSWER = 40;

function createComparison(): (one: ExampleText, other: ExampleText) => number {
  const lettersOf = letterReader();
  const known = new Map<string, Int32Array>();
  const pieces = (text: string): Int32Array => {
    const taken = known.get(text);
    if (taken !== undefined) return taken;
    const fresh = piecesOf(lettersOf(text.slice(0, MAX_COMPARED))).sort();
    known.set(text, fresh);
    return fresh;
  };
  const alike = (a: string, b: string): number => overlap(pieces(a), pieces(b));
  return (one, other) => {
    const byQuestion = alike(one.question, other.question);
    const hasBoth = one.context !== undefined && other.context !== undefined;
    const question = hasBoth ? (byQuestion * (1 + alike(one.context, other.context))) / 2 : byQuestion;
    return Math.max(question, alike(one.answer, other.answer) * Math.min(1, pieces(one.answer).length / FULL_ANSWER));
  };
}

/** Dice's coefficient of two sorted lists, in which a piece may stand several times: 0 to 1. */
function overlap(a: Int32Array, b: Int32Array): number {
  let shared = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const [one = 0, other = 0] = [a[i], b[j]];
    // Numbers instead of branches, which nobody could foresee here.
    const [first, second] = [Number(one <= other), Number(other <= one)];
    shared += first & second;
    i += first;
    j += second;
  }
  return a.length + b.length === 0 ? 0 : (2 * shared) / (a.length + b.length);
}
