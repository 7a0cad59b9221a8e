import { expect, test } from 'vitest';
import { identify } from '../../src/core/finding.ts';
import { drawSample, hitsIn } from '../../scripts/measure/sample.ts';

const concern = (rule: string, line: number) => ({
  rule,
  severity: 'note' as const,
  message: '',
  location: { path: 'a/qna.yaml', line, column: 1 },
  yamlPath: '.',
});
const findings = identify([
  ...Array.from({ length: 50 }, (_, index) => concern('a/frequent', index + 1)),
  concern('b/rare', 1),
  concern('c/rare', 1),
]);
const hits = hitsIn([{ number: 1, title: '', files: [], findings }]);

test('rare rules come up in a sample, nothing twice, and the same seed draws the same', () => {
  const drawn = drawSample(hits, 10, 7);
  expect(drawn).toHaveLength(10);
  expect(new Set(drawn).size).toBe(10);
  expect(drawn.map(({ finding }) => finding.rule)).toEqual(expect.arrayContaining(['b/rare', 'c/rare']));
  expect(drawSample(hits, 10, 7)).toEqual(drawn);
  expect(drawSample(hits, 10, 8)).not.toEqual(drawn);
  expect(drawSample(hits, 1000, 7)).toHaveLength(52);
});
