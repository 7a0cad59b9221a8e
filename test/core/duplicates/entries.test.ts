import { array, assert, constant, integer, oneof, property, tuple, uniqueArray } from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  MAX_BITS,
  MAX_UNDER_TERM,
  entriesOn,
  mergeEntries,
  packShelves,
  readEntries,
  shelfOf,
  sortEntries,
  textsUnder,
} from '../../../src/core/duplicates/entries.ts';
import type { Entries } from '../../../src/core/duplicates/entries.ts';

type Pair = readonly [term: number, id: number];

const entriesOf = (pairs: readonly Pair[]): Entries => ({
  terms: Uint32Array.from(pairs, ([term]) => term),
  ids: Int32Array.from(pairs, ([, id]) => id),
});
const pairsOf = ({ terms, ids }: Entries): readonly Pair[] => [...terms].map((term, at) => [term, ids[at] ?? 0]);
const inOrder = (pairs: readonly Pair[]): readonly Pair[] => pairs.toSorted(([a, x], [b, y]) => a - b || x - y);

/** Terms of few kinds and of many, to the ends of what 32 bits hold; no pair twice. */
const pairs = uniqueArray(
  tuple(
    oneof(integer({ min: 0, max: 3 }), integer({ min: 0, max: 0xffffffff }), constant(0xffffffff)),
    integer({ min: 1, max: 0x7fffffff }),
  ),
  { selector: String, maxLength: 60 },
);
const bits = integer({ min: 0, max: MAX_BITS });

describe('entries of the index', () => {
  test('they are put in order, each once', () => {
    assert(
      property(pairs, given => {
        expect(pairsOf(sortEntries(entriesOf([...given, ...given.slice(0, 20)])))).toEqual(inOrder(given));
      }),
    );
  });

  test('what was packed is read, on shelves of any size', () => {
    assert(
      property(pairs, bits, (given, size) => {
        const shelves = packShelves(entriesOf(inOrder(given)), size);
        expect(pairsOf(readEntries(shelves))).toEqual(inOrder(given));
        expect(shelves.lengths.reduce((sum, length) => sum + length, 0)).toBe(shelves.packed.length);
        expect([...shelves.numbers]).toEqual([...new Set(inOrder(given).map(([term]) => shelfOf(term, size)))]);
      }),
    );
  });

  test('each term finds its texts, and none of another', () => {
    assert(
      property(pairs, bits, integer({ min: 0, max: 0xffffffff }), (given, size, stranger) => {
        const shelves = packShelves(entriesOf(inOrder(given)), size);
        for (const term of [...given.map(([known]) => known), stranger]) {
          const index = shelves.numbers.indexOf(shelfOf(term, size));
          const start = shelves.lengths.slice(0, Math.max(0, index)).reduce((sum, length) => sum + length, 0);
          const shelf = shelves.packed.subarray(start, start + (shelves.lengths[index] ?? 0));
          const expected = inOrder(given).filter(([known]) => known === term);
          expect(textsUnder(term, shelfOf(term, size), shelf)).toEqual(expected.map(([, id]) => id));
        }
      }),
    );
  });

  test('merging keeps each entry once, however they were divided', () => {
    assert(
      property(pairs, array(integer({ min: 0, max: 4 }), { minLength: 60, maxLength: 60 }), (given, parts) => {
        const divided = [0, 1, 2, 3, 4].map(part =>
          // What is in part 0 is in part 1 as well.
          entriesOf(inOrder(given.filter((_, at) => parts[at] === part || (parts[at] === 0 && part === 1)))),
        );
        expect(pairsOf(mergeEntries(divided))).toEqual(inOrder(given));
      }),
    );
  });

  test('slices by the first bits of the terms are all entries, each once', () => {
    assert(
      property(pairs, integer({ min: 0, max: 6 }), (given, size) => {
        const all = entriesOf(inOrder(given));
        const slices = Array.from({ length: 2 ** size }, (_, slice) => entriesOn(2 ** size + slice, all));
        expect(slices.flatMap(pairsOf)).toEqual(inOrder(given));
      }),
    );
  });

  test('of a term that everybody files, the oldest texts stay', () => {
    const many = Array.from({ length: MAX_UNDER_TERM + 100 }, (_, at): Pair => [7, at + 1]);
    const read = pairsOf(readEntries(packShelves(entriesOf([...many, [8, 3]]), 4)));
    expect(read).toHaveLength(MAX_UNDER_TERM + 1);
    expect(read.at(-2)).toEqual([7, MAX_UNDER_TERM]);
    expect(read.at(-1)).toEqual([8, 3]);
  });

  test('an entry takes less than five bytes', () => {
    const count = 50_000;
    const spread = Array.from({ length: count }, (_, at): Pair => [
      Math.imul(at + 1, 0x9e3779b1) >>> 0,
      5_000 + at / 50,
    ]);
    const { packed } = packShelves(entriesOf(inOrder(spread)), 8);
    expect(packed.length / count).toBeLessThan(5);
  });
});
