import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { agreement, kappa, linear, quadratic, weightedKappa } from '../../../../src/core/judge/agreement/kappa.ts';

const ratings = fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })), { minLength: 1 });

describe('kappa', () => {
  test('of a table worked by hand: 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no', () => {
    const table = [
      [20, 'yes', 'yes'],
      [5, 'yes', 'no'],
      [10, 'no', 'yes'],
      [15, 'no', 'no'],
    ] as const;
    const pairs = table.flatMap(([times, one, other]) => Array.from({ length: times }, () => [one, other] as const));
    expect(agreement(pairs)).toBeCloseTo(0.7);
    // Chance: 0.5 × 0.6 + 0.5 × 0.4 = 0.5.
    expect(kappa(pairs)).toBeCloseTo(0.4);
  });

  test('is not defined where there is nothing to explain', () => {
    expect(agreement([])).toBeUndefined();
    expect(kappa([])).toBeUndefined();
    expect(kappa([['yes', 'yes']])).toBeUndefined();
  });

  test('weighs by how far apart two grades are', () => {
    const near = [
      [1, 2],
      [2, 1],
      [3, 3],
      [1, 1],
    ] as const;
    const far = [
      [1, 3],
      [3, 1],
      [2, 2],
      [1, 1],
    ] as const;
    for (const distance of [linear, quadratic]) {
      expect(weightedKappa(near, distance)).toBeGreaterThan(weightedKappa(far, distance) ?? 1);
    }
  });

  test('is at most 1, the same both ways, and 1 only for equals', () => {
    fc.assert(
      fc.property(ratings, pairs => {
        const turned = pairs.map(([one, other]) => [other, one] as const);
        const value = weightedKappa(pairs, quadratic);
        if (value === undefined) return;
        expect(value).toBeLessThanOrEqual(1);
        expect(weightedKappa(turned, quadratic)).toBeCloseTo(value);
        expect(value === 1).toBe(agreement(pairs) === 1);
      }),
    );
  });
});
