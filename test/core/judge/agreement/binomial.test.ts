import { describe, expect, test } from 'vitest';
import { exactInterval, lowerBound, trialsNeeded, upperBound } from '../../../../src/core/judge/agreement/binomial.ts';
import { incompleteBeta } from '../../../../src/core/judge/agreement/incomplete-beta.ts';

describe('exact bounds of a share', () => {
  // Values of SciPy 1.17.
  test.each([
    [0.3, 2, 5, 0.5798250000000003],
    [0.9, 50, 3, 0.09663328513725222],
    [0.01, 0.5, 30, 0.560665631094749],
    [0.5, 400, 380, 0.23682993735606603],
    [0.999, 1000, 2, 0.7353908495419277],
  ])('incomplete beta at %d of (%d, %d)', (x, a, b, expected) => {
    expect(incompleteBeta(x, a, b)).toBeCloseTo(expected, 9);
  });

  test.each([
    [41, 43, 0.8418885416913023, 0.9943167430212608],
    [4, 5, 0.28358206388191054, 0.9949492366205319],
    [5, 5, 0.47817624989501856, 1],
    [0, 5, 0, 0.5218237501049814],
    [60, 61, 0.9120118770771849, 0.9995850400870324],
    [0, 0, 0, 1],
  ])('%d of %d lies between', (hits, trials, low, high) => {
    const interval = exactInterval(hits, trials);
    expect(interval.low).toBeCloseTo(low, 8);
    expect(interval.high).toBeCloseTo(high, 8);
  });

  test('one-sided: 41 of 43 is at least 0.86', () => {
    expect(lowerBound(41, 43)).toBeCloseTo(0.8607313850988256, 8);
    expect(upperBound(2, 43)).toBeCloseTo(1 - 0.8607313850988256, 8);
  });

  /** Labels that it takes, with no, one and two errors. */
  test.each([
    [0.8, [14, 22, 30]],
    [0.9, [29, 46, 61]],
    [0.95, [59, 93, 124]],
    [0.98, [149, 236, 313]],
  ])('to hold %d it takes %j', (share, needed) => {
    expect([0, 1, 2].map(misses => trialsNeeded(share, misses))).toEqual(needed);
  });

  test('covers the true share at least as often as it says', () => {
    // Every outcome of 20 trials with its chance: no simulation.
    for (const share of [0.05, 0.3, 0.62, 0.9]) {
      let covered = 0;
      let chance = (1 - share) ** 20;
      for (let hits = 0; hits <= 20; hits += 1) {
        const { low, high } = exactInterval(hits, 20);
        if (low <= share && share <= high) covered += chance;
        chance *= ((20 - hits) / (hits + 1)) * (share / (1 - share));
      }
      expect(covered).toBeGreaterThanOrEqual(0.95);
    }
  });
});
