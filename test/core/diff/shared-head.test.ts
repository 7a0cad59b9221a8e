import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffChecks } from '../../../src/core/diff.ts';
import type { CheckPlan, Conclusion, PostedCheck } from '../../../src/core/plan.ts';
import { identifyCheck, speaksFor } from '../../../src/core/plan/check.ts';
import { headSha } from '../plan/sample-facts.ts';
import { nothingPosted, takeActions } from './take-actions.ts';

const check = (number: number, conclusion: Conclusion | undefined, title = 'x', annotations = 0): CheckPlan =>
  identifyCheck(number, {
    name: 'assay/rules',
    headSha,
    ...(conclusion && { conclusion }),
    title,
    summary: '',
    annotations: Array.from({ length: annotations }, (_, index) => ({
      path: 'a',
      startLine: index + 1,
      endLine: index + 1,
      level: 'failure' as const,
      title: '',
      message: '',
    })),
  });

/** What GitHub shows: the newest run. And what each pull request reads: its newest of each. */
const shown = (runs: readonly PostedCheck[]): PostedCheck | undefined => runs.toSorted((a, b) => b.id - a.id)[0];
const read = (runs: readonly PostedCheck[]): readonly PostedCheck[] =>
  runs.filter(run =>
    runs.every(other => speaksFor(other.externalId) !== speaksFor(run.externalId) || other.id <= run.id),
  );

function publish(runs: readonly PostedCheck[], plan: CheckPlan, sharedWith?: readonly number[]) {
  const actions = diffChecks([plan], read(runs), sharedWith);
  return { actions, runs: takeActions({ ...nothingPosted, checks: runs }, actions).checks };
}

const gravity = ['success', 'neutral', undefined, 'action_required', 'failure'] as const;
const gravest = (...all: readonly (Conclusion | undefined)[]) =>
  all.toSorted((a, b) => gravity.indexOf(b) - gravity.indexOf(a))[0];

describe('two pull requests with one head', () => {
  test('a green one does not hide a red one', () => {
    const { runs } = publish([], check(1, 'failure'));
    expect(publish(runs, check(2, 'success')).actions).toEqual([]);
  });

  test('a red one is shown over a green one, and the green one leaves it there', () => {
    const one = publish([], check(1, 'success')).runs;
    const two = publish(one, check(2, 'failure')).runs;
    expect(shown(two)?.conclusion).toBe('failure');
    expect(publish(two, check(1, 'success')).actions).toEqual([]);
  });

  test('the one that is looked at later is not green meanwhile, and is green when it is done', () => {
    const one = publish([], check(1, 'success')).runs;
    const begun = publish(one, check(2, undefined)).runs;
    expect(shown(begun)?.status).toBe('in_progress');
    const done = publish(begun, check(2, 'success')).runs;
    expect(shown(done)?.conclusion).toBe('success');
  });

  test('a closed one does not keep the other red', () => {
    const two = publish(publish([], check(1, 'success')).runs, check(2, 'failure')).runs;
    expect(shown(publish(two, check(1, 'success'), [2]).runs)?.conclusion).toBe('failure');
    expect(shown(publish(two, check(1, 'success'), []).runs)?.conclusion).toBe('success');
  });

  test('each told as often as you like, it comes to rest, and the gravest stands', () => {
    const conclusion = fc.constantFrom(...gravity);
    const step = fc.record({
      number: fc.constantFrom(1, 2, 3),
      conclusion,
      title: fc.constantFrom('x', 'y'),
      marks: fc.nat(1),
    });
    const final = fc.record({
      conclusion: fc.constantFrom('success', 'neutral', 'action_required', 'failure'),
      title: fc.constantFrom('x', 'y'),
      marks: fc.nat(1),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), fc.tuple(final, final, final), (history, finals) => {
        let runs: readonly PostedCheck[] = [];
        for (const { number, conclusion, title, marks } of history) {
          runs = publish(runs, check(number, conclusion, title, marks)).runs;
        }
        const plans = finals.map(({ conclusion, title, marks }, index) => check(index + 1, conclusion, title, marks));
        for (let round = 0; round < 3; round++) {
          for (const plan of plans) runs = publish(runs, plan).runs;
        }
        for (const plan of plans) expect(publish(runs, plan).actions).toEqual([]);
        expect(shown(runs)?.conclusion).toBe(gravest(...finals.map(({ conclusion }) => conclusion)));
      }),
      { numRuns: 500 },
    );
  });
});

test('alone, a run is created once, completed in place, and replaced only when it has annotations', () => {
  const begun = publish([], check(1, undefined));
  expect(begun.actions.map(({ type }) => type)).toEqual(['create_check']);
  const done = publish(begun.runs, check(1, 'failure', 'x', 1));
  expect(done.actions.map(({ type }) => type)).toEqual(['update_check']);
  const other = publish(done.runs, check(1, 'success'));
  expect(other.actions.map(({ type }) => type)).toEqual(['create_check']);
  expect(publish(other.runs, check(1, 'success')).actions).toEqual([]);
});

test('a run that GitHub has called stale is begun again', () => {
  const stale: PostedCheck = {
    ...shown(publish([], check(1, undefined)).runs)!,
    status: 'completed',
    conclusion: 'stale',
  };
  expect(publish([stale], check(1, undefined)).actions).toHaveLength(1);
});
