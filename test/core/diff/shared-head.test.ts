import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffChecks } from '../../../src/core/diff.ts';
import type { CheckPlan, Conclusion, PostedCheck } from '../../../src/core/plan.ts';
import { baseTag, forBase } from '../../../src/core/plan/base.ts';
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

const at = (plan: CheckPlan, baseRef: string, mode: 'active' | 'observe' = 'active'): CheckPlan => {
  const tag = baseTag({ baseRef, isToDefault: baseRef === 'main' }, mode);
  return forBase({ headSha, checks: [plan] }, tag).checks[0] ?? plan;
};

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

describe('a verdict holds for the base that it was given for', () => {
  test.each([
    ['another branch', at(check(1, 'success'), 'old')],
    ['a policy that only observes', at(check(1, 'neutral'), 'main', 'observe')],
  ])('after that of %s the check is in progress at once', (_, before) => {
    const { runs } = publish([], before);
    const begun = publish(runs, at(check(1, undefined), 'main'));
    expect(shown(begun.runs)?.status).toBe('in_progress');
  });

  test('for the same base, or from before bases were noted, it stands until there is another', () => {
    for (const before of [at(check(1, 'success'), 'main'), check(1, 'success')])
      expect(publish(publish([], before).runs, at(check(1, undefined), 'main')).actions).toEqual([]);
  });
});

describe('two pull requests with one head and different bases', () => {
  const victim = at(check(5, 'success'), 'main');

  test('nobody makes another’s red by asking for a base where it fails', () => {
    for (const attack of [at(check(9, 'failure'), 'old'), at(check(3, 'failure'), 'old')]) {
      const first = publish(publish([], victim).runs, attack);
      expect(first.actions).toEqual([]);
      const second = publish(publish([], attack).runs, victim);
      expect(shown(second.runs)?.conclusion).toBe('success');
      expect(publish(second.runs, attack).actions).toEqual([]);
    }
  });

  test('nor gets a pass for the default branch by asking for a base where it passes', () => {
    const lax = publish([], at(check(1, 'success'), 'old')).runs;
    expect(shown(publish(lax, at(check(2, 'failure'), 'main')).runs)?.conclusion).toBe('failure');
  });

  test('of bases that are not the default branch, that of the oldest counts', () => {
    const one = publish([], at(check(1, 'success'), 'old')).runs;
    expect(publish(one, at(check(2, 'failure'), 'older')).actions).toEqual([]);
    expect(publish(one, at(check(2, 'failure'), 'older'), []).actions).toHaveLength(1);
  });

  test('each told as often as you like, it comes to rest, and the gravest for the base that counts stands', () => {
    const conclusion = fc.constantFrom(
      'success' as const,
      'neutral' as const,
      'action_required' as const,
      'failure' as const,
    );
    const bases = fc.array(fc.constantFrom('main', 'old', 'older'), { minLength: 3, maxLength: 3 });
    const step = fc.tuple(fc.nat(2), fc.option(conclusion, { nil: undefined }), fc.nat(1));
    const finals = fc.tuple(conclusion, conclusion, conclusion);
    fc.assert(
      fc.property(bases, fc.array(step, { maxLength: 8 }), finals, (bases, history, finals) => {
        const plan = (index: number, conclusion: Conclusion | undefined, marks = 0) =>
          at(check(index + 1, conclusion, 'x', marks), bases[index] ?? '');
        let runs: readonly PostedCheck[] = [];
        for (const [index, conclusion, marks] of history) runs = publish(runs, plan(index, conclusion, marks)).runs;
        const plans = finals.map((conclusion, index) => plan(index, conclusion));
        for (let round = 0; round < 3; round++) for (const each of plans) runs = publish(runs, each).runs;
        for (const each of plans) expect(publish(runs, each).actions).toEqual([]);
        const counts = bases.includes('main') ? 'main' : bases[0];
        expect(shown(runs)?.conclusion).toBe(gravest(...finals.filter((_, index) => bases[index] === counts)));
      }),
      { numRuns: 300 },
    );
  });
});
