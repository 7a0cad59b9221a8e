import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { measurePairs } from '../scripts/eval-duplicates/example-pairs.ts';
import { share, wilson } from '../scripts/eval-duplicates/interval.ts';
import { readLabelled } from '../scripts/eval-duplicates/labelled.ts';
import { averagePrecision, fit, probability } from '../scripts/eval-duplicates/logistic.ts';
import { possibleModel } from '../src/core/duplicates/pair-verdict.ts';

const recorded = join(import.meta.dirname, '../../shared/taxonomy-prs');

describe('the tools of the measurement', () => {
  test('Wilson intervals are those of the tables', () => {
    // Newcombe 1998, table I: 81 of 263 and 15 of 148.
    expect(wilson(81, 263).low).toBeCloseTo(0.2553, 4);
    expect(wilson(81, 263).high).toBeCloseTo(0.3662, 4);
    expect(wilson(15, 148).low).toBeCloseTo(0.0624, 4);
    expect(share(0, 20)).toBe('0 of 20 (0 %, 0–16.1 %)');
    expect(share(0, 0)).toBe('none');
  });

  test('a fitted model ranks what can be ranked, and says half where nothing can be told', () => {
    const cases = [0, 0.1, 0.2, 0.8, 0.9, 1].map(value => ({ features: [1, value], isPositive: value > 0.5 }));
    const weights = fit(cases);
    expect(probability(weights, [1, 0.5])).toBeCloseTo(0.5);
    expect(averagePrecision(cases.map(({ features, isPositive }) => ({ score: features[1] ?? 0, isPositive })))).toBe(
      1,
    );
  });

  test('average precision is from 0 to 1, and of a ranking that is upside down the smallest', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ score: fc.integer(), isPositive: fc.boolean() }), { minLength: 1 }), ranked => {
        const precision = averagePrecision(ranked);
        expect(precision).toBeGreaterThanOrEqual(0);
        expect(precision).toBeLessThanOrEqual(1);
      }),
    );
  });
});

/** Skipped where the labelled pairs are not at hand. */
test.skipIf(!existsSync(recorded))('the model that ships is the one that the labelled pairs give', async () => {
  const { examplePairs } = await readLabelled(recorded, 'dev');
  const [bias, asked, said] = fit(measurePairs(examplePairs));
  expect(bias).toBeCloseTo(possibleModel.bias, 1);
  expect(asked).toBeCloseTo(possibleModel.asked, 1);
  expect(said).toBeCloseTo(possibleModel.said, 1);
});
