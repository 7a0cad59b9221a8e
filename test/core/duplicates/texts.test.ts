import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { align, rougeL } from '../../../src/core/duplicates/align.ts';
import { foldText } from '../../../src/core/duplicates/fold.ts';
import { containment, cosine } from '../../../src/core/duplicates/similarity.ts';
import { slotDifference, slotsOf } from '../../../src/core/duplicates/slots.ts';
import { wordsOf } from '../../../src/core/duplicates/words.ts';

const words = (text: string): readonly string[] => wordsOf(foldText(text));

describe('words to compare', () => {
  test.each([
    ['case', 'WHY is the Sky blue?', 'why is the sky blue'],
    ['accents', 'naïve café', 'naive cafe'],
    ['letters that look alike', 'Whаt is thе сapital', 'what is the capital'],
    ['full-width forms', 'ｗｈａｔ is it', 'what is it'],
    ['what nobody sees', 'wh\u200Bat is\u2060 it', 'what is it'],
    ['endings', 'planting trees, walked', 'plant tree walk'],
    ['apostrophes', 'What’s this', "what's this"],
    ['separators in numbers', '13,579.50 m', '13579.5 m'],
  ])('%s make no difference', (_, a, b) => {
    expect(words(a)).toEqual(words(b));
  });

  test('a script without spaces has a word for each character', () => {
    expect(words('勞工保險')).toHaveLength(4);
  });

  test('a million of one letter, or of digits, is read at once and by its beginning', () => {
    expect(words('a'.repeat(1_000_000))).toEqual(['a'.repeat(40)]);
    expect(words(`0.${'0'.repeat(1_000_000)}1`)).toHaveLength(1);
    expect(words('word '.repeat(200_000)).length).toBeLessThanOrEqual(1_600);
  });

  test('any text can be read', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), text => {
        expect(words(text).every(word => word.isWellFormed())).toBe(true);
      }),
    );
  });
});

describe('slots', () => {
  const differ = (a: string, b: string): number => slotDifference(slotsOf(a), slotsOf(b));

  test.each([
    ['numbers', 'Convert 14 km into miles', 'Convert 2 km into miles', 1],
    ['a number in words is the number', 'Two brothers', '2 brothers', 0],
    ['ordinals', 'the first move', 'the third move', 1],
    ['single letters', 'The code for letter k', 'The code for letter y', 1],
    ['Morse code', "What is '. .- .-. - ....'?", "What is '--. --- --- -..'?", 1],
    ['a table is no Morse code', '| a | b |\n|---|---|', '| a | b |', 0],
    ['nothing to fill in', 'What is lapis?', 'Who was Lapis?', 0],
  ])('%s', (_, a, b, share) => {
    expect(differ(a, b)).toBeCloseTo(share);
  });
});

describe('similarity', () => {
  const bag = fc
    .array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.integer({ min: 1, max: 9 })))
    .map(items => new Map(items));

  test('is symmetric, from 0 to 1, and 1 for equal bags', () => {
    fc.assert(
      fc.property(bag, bag, (a, b) => {
        for (const measure of [cosine, containment]) {
          expect(measure(a, b)).toBeCloseTo(measure(b, a));
          expect(measure(a, b)).toBeGreaterThanOrEqual(0);
          expect(measure(a, b)).toBeLessThanOrEqual(1);
          expect(measure(a, a)).toBeCloseTo(a.size === 0 ? 0 : 1);
        }
      }),
    );
  });
});

describe('alignment', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 });

  test('the gaps and the common words make up both texts', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        const { common, gaps } = align(a, b);
        expect(gaps.flatMap(gap => gap.a)).toHaveLength(a.length - common);
        expect(gaps.flatMap(gap => gap.b)).toHaveLength(b.length - common);
        expect(align(b, a).common).toBe(common);
      }),
    );
  });

  test('shows where they differ', () => {
    expect(align(['the', 'red', 'rose'], ['the', 'white', 'rose', 'now']).gaps).toEqual([
      { a: ['red'], b: ['white'], fromA: 1, fromB: 1 },
      { a: [], b: ['now'], fromA: 3, fromB: 3 },
    ]);
    const same = ['a', 'b'];
    expect(rougeL(align(same, same), same, same)).toBe(1);
    expect(rougeL(align([], []), [], [])).toBe(0);
  });
});
