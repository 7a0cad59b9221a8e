import { describe, expect, test } from 'vitest';
import { testAlternative } from '../../../../src/core/judge/agreement/alternative-annotator.ts';
import type { Annotated } from '../../../../src/core/judge/agreement/alternative-annotator.ts';
import { calibrationError } from '../../../../src/core/judge/agreement/calibration.ts';
import type { Claim } from '../../../../src/core/judge/agreement/calibration.ts';
import { trustFrom } from '../../../../src/core/judge/agreement/fixed-sequence.ts';

const claims = (times: number, confidence: number, right: number): readonly Claim[] =>
  Array.from({ length: times }, (_, index) => ({ confidence, isRight: index < right }));

describe('expected calibration error', () => {
  test('is the distance between saying and being right, weighted', () => {
    expect(calibrationError(claims(10, 0.8, 8))).toBeCloseTo(0);
    // 30 claims off by 0.2, 10 claims off by 0.45.
    expect(calibrationError([...claims(30, 0.9, 21), ...claims(10, 0.55, 1)])).toBeCloseTo((30 * 0.2 + 10 * 0.45) / 40);
    expect(calibrationError(claims(5, 1, 5))).toBe(0);
    expect(calibrationError([])).toBeUndefined();
  });
});

describe('fixed-sequence test', () => {
  test('trusts down to where errors become too many', () => {
    const given = [...claims(60, 0.95, 60), ...claims(60, 0.8, 57), ...claims(60, 0.6, 35)];
    expect(trustFrom(given, 0.1)).toEqual({ threshold: 0.8, coverage: 120 / 180 });
    expect(trustFrom(given, 0.05)).toEqual({ threshold: 0.95, coverage: 60 / 180 });
    expect(trustFrom(given, 0.01)).toBeUndefined();
  });

  test('does not look behind the first failure', () => {
    const given = [...claims(40, 0.9, 30), ...claims(1_000, 0.5, 1_000)];
    expect(trustFrom(given, 0.1)).toBeUndefined();
  });

  test('is not stopped by the very sure ones being few', () => {
    expect(trustFrom([...claims(3, 0.99, 3), ...claims(80, 0.9, 79)], 0.1)).toMatchObject({ threshold: 0.9 });
  });
});

describe('alternative annotator test', () => {
  /** Deterministic noise: person and model are off in their own rhythm. */
  const things = (modelIsOff: number): readonly Annotated<string>[] =>
    Array.from({ length: 200 }, (_, index) => {
      const truth = index % 2 === 0 ? 'yes' : 'no';
      const other = truth === 'yes' ? 'no' : 'yes';
      const off = (every: number, shift: number) => ((index * 7 + shift) % every === 0 ? other : truth);
      return {
        people: new Map([
          ['ana', off(10, 0)],
          ['ben', off(10, 3)],
          ['cho', off(10, 6)],
        ]),
        model: modelIsOff === 0 ? truth : off(modelIsOff, 1),
      };
    });

  test('passes a model that is as good as the people', () => {
    expect(testAlternative(things(10), 0.1)).toMatchObject({ winningRate: 1, isPassed: true });
    expect(testAlternative(things(0), 0)).toMatchObject({ isPassed: true });
  });

  test('fails one that is off every second time, and gives it the chance that epsilon is', () => {
    expect(testAlternative(things(2), 0.1)).toMatchObject({ winningRate: 0, isPassed: false });
    expect(testAlternative(things(5), 0)).toMatchObject({ isPassed: false });
    expect(testAlternative(things(5), 0.2)).toMatchObject({ isPassed: true });
  });

  test('says nothing about few things or one person', () => {
    expect(testAlternative(things(10).slice(0, 29), 0.1)).toBeUndefined();
    const alone = things(10).map(({ model }) => ({ model, people: new Map([['ana', 'yes']]) }));
    expect(testAlternative(alone, 0.1)).toBeUndefined();
  });
});
