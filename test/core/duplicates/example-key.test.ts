import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exampleKey, wholeKey } from '../../../src/core/duplicates/example-key.ts';
import { exampleOf, keyOf } from '../rules/leaf-of.ts';

describe('the key of an example', () => {
  test.each([
    ['white space', 'Why  is\n it so?', ' Why is it so? '],
    ['composed letters', 'caf\u00e9', 'cafe\u0301'],
  ])('%s makes no difference', (_, a, b) => {
    expect(keyOf(a)).toBe(keyOf(b));
  });

  test.each([
    ['case', 'Why?', 'why?'],
    ['punctuation', '... --- ...', '... --- ... .'],
    ['order', 'a b', 'b a'],
  ])('%s does', (_, a, b) => {
    expect(keyOf(a)).not.toBe(keyOf(b));
  });

  test('a long context is read once, however many questions are asked about it', () => {
    const context = exampleOf(0, 'Why?', 'word '.repeat(160_000)).context;
    const started = performance.now();
    const keys = Array.from({ length: 2000 }, (_, index) =>
      exampleKey({ ...exampleOf(index, `Why ${index}?`), ...(context && { context }) }),
    );
    expect(new Set(keys).size).toBe(2000);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  test('the answer belongs to the whole key alone', () => {
    const [first, again] = [exampleOf(0, 'Why?'), exampleOf(0, 'Why? ')].map(example => ({
      ...example,
      answer: { ...example.answer, value: 'So.' },
    }));
    const other = exampleOf(1, 'Why?');
    expect([first, again, other].map(example => example && exampleKey(example))).toEqual(Array(3).fill(keyOf('Why?')));
    expect(first && again && wholeKey(first) === wholeKey(again)).toBe(true);
    expect(first && wholeKey(first) === wholeKey(other)).toBe(false);
  });

  test('any white space around and between words', () => {
    const blank = fc.stringMatching(/^[ \t\n\r\u00a0\u2003]{1,3}$/);
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z?]{1,5}$/), { minLength: 1 }), blank, (words, between) => {
        expect(keyOf(between + words.join(between) + between)).toBe(keyOf(words.join(' ')));
      }),
    );
  });
});
