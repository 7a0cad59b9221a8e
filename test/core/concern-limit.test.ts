import { describe, expect, test } from 'vitest';
import { limitConcerns } from '../../src/core/concern-limit.ts';
import { identify } from '../../src/core/finding.ts';
import type { Concern, Severity } from '../../src/core/finding.ts';

const file = (path: string, ...parts: readonly (readonly [Severity, number])[]): readonly Concern[] =>
  parts.flatMap(([severity, count]) =>
    Array.from({ length: count }, (_, index) => ({
      rule: 'style/line-length',
      severity,
      message: 'Long.',
      location: { path, line: index + 1, column: 1 },
      yamlPath: '.',
    })),
  );

describe('concerns of one pull request', () => {
  test('are all told up to 5,000', () => {
    const concerns = file('a', ['note', 4_999], ['error', 1]);
    expect(limitConcerns(concerns)).toBe(concerns);
  });

  test('are told once a file beyond that, by the gravest', () => {
    const first = file('a', ['note', 4_999]);
    const told = limitConcerns([...first, ...file('b', ['note', 3], ['error', 2]), ...file('c', ['question', 1])]);
    expect(told.slice(0, first.length)).toEqual(first);
    expect(
      told.slice(first.length).map(({ location, severity, message }) => [location.path, severity, message]),
    ).toEqual([
      ['b', 'error', 'Long. (And 4 more in this file.)'],
      ['c', 'question', 'Long.'],
    ]);
  });

  test('of 2,900 bad files with a hundred each take no time to speak of', () => {
    const many = Array.from({ length: 2_900 }, (_, index) =>
      file(`knowledge/f${index}/qna.yaml`, ['note', 99], ['error', 1]),
    );
    const told = limitConcerns(many.flat());
    expect(told).toHaveLength(5_000 + 2_850);
    expect(new Set(identify(told).map(({ location }) => location.path)).size).toBe(2_900);
  });
});
