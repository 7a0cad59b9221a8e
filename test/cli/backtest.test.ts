import { describe, expect, test } from 'vitest';
import { writeSmallRecording } from '../recorded/small-recording.ts';
import { runAssay } from './run-assay.ts';

const folder = writeSmallRecording();
const rulesOf = (line: { findings: readonly { rule: string }[] }) => [
  ...new Set(line.findings.map(({ rule }) => rule)),
];

describe('assay backtest', () => {
  test('json: a line a pull request, then the totals, and nothing else', async () => {
    const { out, err, code } = await runAssay(['backtest', folder, '--json'], { cwd: folder });
    expect({ code, err }).toEqual({ code: 1, err: '' });
    const lines = out
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(lines.map(line => Object.keys(line))).toEqual([
      ...Array.from({ length: 4 }, () => [
        'number',
        'outcome',
        'checks',
        'labels',
        'findings',
        'like',
        'writes',
        'milliseconds',
      ]),
      ['totals'],
    ]);
    const [first, copy, third, other, { totals }] = lines;
    expect(first).toMatchObject({
      number: 1,
      outcome: 'pass',
      checks: { 'assay/rules': 'success', 'assay/judge': 'neutral' },
    });
    expect([copy.outcome, rulesOf(copy)]).toEqual([
      'escalate',
      ['duplicate/in-pull-request', 'duplicate/same-topic', 'contribution/created-by'],
    ]);
    expect(copy.findings[0].message).toBe(
      'This question is also in #1 by jo. Seen first in #1 (2024-05-01), then in #2, this one.',
    );
    expect([third.outcome, rulesOf(third)]).toEqual([
      'request_changes',
      // #2 has the leaf node already, and a ballad about a cat is asked for as a limerick about one was.
      [
        'attribution/missing',
        'duplicate/in-taxonomy',
        'duplicate/same-topic',
        'duplicate/same-template',
        'contribution/created-by',
      ],
    ]);
    expect(third.labels).toContain('triage-requested-changes');
    expect(other).toMatchObject({ outcome: 'pass', findings: [] });
    expect(totals).toMatchObject({
      pullRequests: 4,
      outcomes: { pass: 2, escalate: 1, request_changes: 1 },
      findings: { 'duplicate/in-pull-request': 5 },
      pullRequestsByRule: { 'duplicate/in-pull-request': 1 },
      writes: lines.slice(0, 4).reduce((sum, { writes }) => sum + writes, 0),
    });
  });

  test('one of them knows the earlier ones, for people, with its comment', async () => {
    const { out, code } = await runAssay(['backtest', folder, '--pr', '2', '--comment'], { cwd: folder });
    expect(code).toBe(0);
    expect(out).toMatch(
      /^#2 escalate: duplicate\/in-pull-request ×5, duplicate\/same-topic, contribution\/created-by; like #1; labels .*triage-uncertain.*; \d+ writes; [\d.]+ ms\nAssay: /,
    );
    expect(out).toContain('Outcomes\n  1  escalate\n');
    expect(out).not.toContain('#3');
  });

  test('one that was not recorded', async () => {
    expect(await runAssay(['backtest', folder, '--pr', '77'], { cwd: folder })).toMatchObject({
      code: 2,
      err: 'assay: Pull request 77 is not among the 4 that were recorded.\n',
    });
  });
});
