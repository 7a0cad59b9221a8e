import { expect, test } from 'vitest';
import { scoreLabels } from '../../src/cli/backtest-labels.ts';
import type { Finding, Severity } from '../../src/core/finding.ts';

const path = 'knowledge/b/qna.yaml';
const finding = (rule: string, severity: Severity, pullRequest: number, line = 4): Finding => ({
  rule,
  severity,
  message: 'm',
  location: { path, line, column: 1 },
  yamlPath: '.',
  fingerprint: 'f',
  related: [{ label: 'l', path: 'knowledge/a/qna.yaml', line: 9, sha: 's', pullRequest }],
});
const review = (...findings: readonly Finding[]) => ({ findings, questionLines: new Map([[path, [4, 14]]]) });
const contribution = (label: string, earlier: number, later: number) => ({
  kind: 'contribution' as const,
  label,
  earlier: { pr: earlier, path: 'knowledge/a/qna.yaml' },
  later: { pr: later, path },
});

test('a pair is named by a duplicate finding of the later review, and asked about unless that is a note', () => {
  const reviews = new Map([
    [1, review()],
    [2, review(finding('duplicate/same-topic', 'question', 1), finding('schema/required', 'error', 9))],
    [3, review(finding('duplicate/also-in', 'note', 1))],
  ]);
  const pairs = [
    contribution('yes', 1, 2),
    contribution('yes', 1, 3),
    contribution('no', 2, 3),
    contribution('no', 2, 8),
  ];
  expect(scoreLabels(pairs, reviews)).toEqual([
    { kind: 'contribution', label: 'yes', pairs: 2, named: 2, questioned: 1, withFile: 0 },
    { kind: 'contribution', label: 'no', pairs: 1, named: 0, questioned: 0, withFile: 0 },
  ]);
});

test('a pair of examples must be named on the line of its question', () => {
  const reviews = new Map([
    [1, review()],
    [2, review(finding('duplicate/possible', 'question', 1, 14))],
  ]);
  const pair = (example: number) => ({
    ...contribution('same', 1, 2),
    kind: 'example' as const,
    later: { pr: 2, path, example },
  });
  const named = (example: number) => scoreLabels([pair(example)], reviews)[0]?.named;
  expect([named(0), named(1), named(2)]).toEqual([0, 1, 0]);
  expect(scoreLabels([pair(0)], reviews)[0]?.withFile).toBe(1);
});
