import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cosineOf, meaningText, nearestSigns, signsOf } from '../../../src/core/duplicates/meaning.ts';
import { exampleKeyOf } from '../../../src/core/duplicates/example-key.ts';

const numbers = fc.array(fc.float({ noNaN: true, noDefaultInfinity: true, min: -8, max: 8 }), {
  minLength: 1,
  maxLength: 70,
});

describe('vectors', () => {
  test('the cosine is 1 with itself, −1 with its opposite, and the same both ways', () => {
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        const [one, other] = [Float32Array.from(a), Float32Array.from(b)];
        expect(cosineOf(one, other)).toBe(cosineOf(other, one));
        if (a.every(number => Math.abs(number) < 1e-3)) return;
        expect(cosineOf(one, one)).toBeCloseTo(1, 5);
        expect(
          cosineOf(
            one,
            one.map(number => -number),
          ),
        ).toBeCloseTo(-1, 5);
      }),
    );
    expect(cosineOf(Float32Array.of(1), Float32Array.of(1, 2))).toBe(0);
    expect(cosineOf(Float32Array.of(0), Float32Array.of(0))).toBe(0);
  });

  test('nearest signs are those of a sort by the number of bits that differ', () => {
    const words = fc.array(fc.array(fc.integer({ min: 0, max: 0xffffffff }), { minLength: 2, maxLength: 2 }), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(
        words,
        fc.tuple(fc.nat(0xffffffff), fc.nat(0xffffffff)),
        fc.integer({ min: 1, max: 12 }),
        (all, signs, limit) => {
          const own = Int32Array.from(signs);
          const distance = (each: readonly number[]): number =>
            each.reduce(
              (sum, word, at) => sum + ((word ^ (own[at] ?? 0)) >>> 0).toString(2).replaceAll('0', '').length,
              0,
            );
          const expected = all
            .map((each, position) => ({ position, distance: distance(each) }))
            .sort((a, b) => a.distance - b.distance || a.position - b.position)
            .slice(0, limit)
            .map(({ position }) => position);
          expect(nearestSigns(own, Int32Array.from(all.flat()), limit)).toEqual(expected);
        },
      ),
    );
  });

  test('among 5,000 directions, one that was turned a little has its own among the 50 whose signs are nearest', () => {
    // A linear congruential generator (Numerical Recipes' numbers): always the same, and quick.
    let state = 7;
    const next = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 31 - 1;
    const vector = () => Float32Array.from({ length: 256 }, next);
    const many = Array.from({ length: 5_000 }, vector);
    const all = new Int32Array(8 * many.length);
    for (const [position, each] of many.entries()) all.set(signsOf(each), 8 * position);
    for (let position = 0; position < many.length; position += 500) {
      const original = many[position] ?? new Float32Array();
      const noise = vector();
      const turned = original.map((number, at) => number + 0.7 * (noise[at] ?? 0));
      expect(nearestSigns(signsOf(turned), all, 50)).toContain(position);
    }
  });
});

describe('the text that is embedded', () => {
  test('is equal for examples that are equal but for white space, and has an end', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.option(fc.string({ unit: 'grapheme' }), { nil: undefined }),
        (question, context) => {
          const text = { question, ...(context !== undefined && { context }) };
          const spaced = { question: `  ${question}\n`, ...(context !== undefined && { context: `\t${context} ` }) };
          expect(exampleKeyOf(text)).toBe(exampleKeyOf(spaced));
          expect(meaningText(text)).toBe(meaningText(spaced));
        },
      ),
    );
    expect(meaningText({ question: 'why '.repeat(100_000), context: 'so '.repeat(100_000) }).length).toBeLessThan(
      3_010,
    );
  });
});
