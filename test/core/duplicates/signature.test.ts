import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lettersOf } from '../../../src/core/duplicates/letters.ts';
import { bandsOf } from '../../../src/core/duplicates/signature.ts';

const BANDS = 21;
const bands = (text: string): readonly number[] => bandsOf(lettersOf(text));
const shared = (a: string, b: string): number => bands(a).filter((band, index) => band === bands(b)[index]).length;

describe('a signature', () => {
  test.each([
    ['case and punctuation', 'How many petals has a buttercup?', 'how many -- petals, has a BUTTERCUP'],
    ['line breaks', 'How many petals\nhas a buttercup?', 'How many petals has a buttercup?'],
    ['look-alike letters', 'How many petals has a buttercup?', 'Ноw mаny реtаls hаs а buttеrсuр?'],
    ['invisible characters', 'How many petals has a buttercup?', 'How ma\u200bny petals has a butter\u00adcup?'],
  ])('%s make no difference', (_, one, other) => {
    expect(bands(one)).toEqual(bands(other));
    expect(bands(one)).toHaveLength(BANDS);
  });

  test('texts without letters have none', () => {
    expect([bands(''), bands(' ... --- ... ')]).toEqual([[], []]);
    expect(bands('x')).toHaveLength(BANDS);
  });

  test('a word changed in a short question leaves some, too', () => {
    expect(shared('What is a heat engine?', 'What is a steam engine?')).toBeGreaterThan(0);
  });

  test('a word changed in ten leaves bands in common, and nothing in common leaves none', () => {
    const words = 'the lighthouse keeper rings a heavy bell whenever fog arrives early'.split(' ');
    for (let at = 0; at < words.length; at++)
      expect(shared(words.join(' '), words.with(at, 'zyx').join(' '))).toBeGreaterThan(0);
    expect(shared(words.join(' '), '0123 4567 8901 2345')).toBe(0);
  });

  test('the share of equal values is the similarity of the sets: bands of three agree as J³', () => {
    // Two texts of 100 words of four letters, of which every fourth differs: some four in nine of all their pieces are common.
    const word = (index: number): string => index.toString(36).padStart(4, 'q');
    let agreed = 0;
    const rounds = 200;
    for (let round = 0; round < rounds; round++) {
      const one = Array.from({ length: 100 }, (_, index) => word(round * 5000 + index * 37));
      const other = one.map((same, index) => (index % 4 === 0 ? word(round * 5000 + 4000 + index) : same));
      agreed += shared(one.join(''), other.join(''));
    }
    const share = agreed / (rounds * BANDS);
    expect(share).toBeGreaterThan(0.06);
    expect(share).toBeLessThan(0.15);
  });

  test('is the same for the same letters, whatever they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        expect(bands(text)).toEqual(bands(` ${text} `));
        expect([0, BANDS]).toContain(bands(text).length);
      }),
      { numRuns: 200 },
    );
  });
});
