import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diff } from '../../../src/core/diff.ts';
import { planNothing, planReview, planStart, planTrouble } from '../../../src/core/plan-review.ts';
import type { Action, Posted, ReviewPlan } from '../../../src/core/plan.ts';
import { ownedLabels } from '../../../src/core/plan/labels.ts';
import { defaultPolicy } from '../../../src/core/policy.ts';
import { arbitraryFacts } from '../plan/arbitrary-facts.ts';
import { both, concern, factsOf, headSha, mixedConcerns, pullRequest } from '../plan/sample-facts.ts';
import { carryOut, nothingPosted, takeActions } from './take-actions.ts';

const types = (actions: readonly Action[]): readonly string[] => actions.map(({ type }) => type);

describe('the life of a pull request', () => {
  const start = planStart(pullRequest());
  const mistakes = planReview(factsOf(mixedConcerns, { contribution: both }));

  test('a first look makes two checks, then completes them, comments, reviews and labels, in this order', () => {
    const begun = carryOut(start, nothingPosted);
    expect(types(begun.actions)).toEqual(['create_check', 'create_check']);
    const done = carryOut(mistakes, begun.posted);
    expect(types(done.actions)).toEqual([
      'update_check',
      'update_check',
      'create_comment',
      'submit_review',
      'add_labels',
    ]);
    expect(diff(mistakes, done.posted)).toEqual([]);
    expect(diff(start, done.posted)).toEqual([]);
  });

  test('while the judge reads, checks and comment are there, and no review', () => {
    const pending = planReview(factsOf(mixedConcerns.slice(0, 4), { contribution: both, judge: { type: 'pending' } }));
    const begun = carryOut(pending, carryOut(start, nothingPosted).posted);
    expect(types(begun.actions)).toEqual(['update_check', 'update_check', 'create_comment', 'add_labels']);
    expect(types(carryOut(mistakes, begun.posted).actions)).toEqual([
      'update_check',
      'update_comment',
      'submit_review',
    ]);
  });

  test('a fix takes the remarks away, updates the comment and swaps the label', () => {
    const before = carryOut(mistakes, nothingPosted).posted;
    const fixedHead = 'f'.repeat(40);
    const fixed = planReview(factsOf([], { pullRequest: pullRequest({ headSha: fixedHead }) }));
    const pushed: Posted = { ...before, checks: [] };
    const after = carryOut(fixed, pushed);
    expect(types(after.actions)).toEqual([
      'create_check',
      'create_check',
      'update_comment',
      'delete_review_comment',
      'delete_review_comment',
      'remove_label',
      'remove_label',
      'add_labels',
    ]);
    expect(after.posted.labels).toEqual(['skill', 'triage-needed']);
    expect(diff(fixed, after.posted)).toEqual([]);
  });

  test('a remark that was answered is folded away, once', () => {
    const before = carryOut(mistakes, nothingPosted).posted;
    const answered = { ...before, inlineComments: before.inlineComments.map(one => ({ ...one, isAnswered: true })) };
    const fixed = planReview(factsOf([]));
    const after = carryOut(fixed, answered);
    expect(types(after.actions).filter(type => type.endsWith('review_comment'))).toEqual([
      'minimize_review_comment',
      'minimize_review_comment',
    ]);
    expect(diff(fixed, after.posted)).toEqual([]);
  });

  test('a remark that still stands is not sent again with the next head', () => {
    const before = carryOut(mistakes, nothingPosted).posted;
    const next = planReview(
      factsOf(mixedConcerns, { contribution: both, pullRequest: pullRequest({ headSha: 'e'.repeat(40) }) }),
    );
    expect(types(diff(next, { ...before, checks: [] }))).toEqual(['create_check', 'create_check', 'update_comment']);
  });

  test('a remark whose line was taken by a push and given back by another goes to its line with the next review', () => {
    const { posted: before } = carryOut(mistakes, nothingPosted);
    const next = planReview(
      factsOf(mixedConcerns, { contribution: both, pullRequest: pullRequest({ headSha: 'e'.repeat(40) }) }),
    );
    const [first, ...others] = before.inlineComments;
    if (first === undefined) throw new Error('There is a remark.');
    const stranded = { ...before, inlineComments: [{ ...first, isOutdated: true }, ...others] };
    expect(diff(next, stranded).filter(({ type }) => type.includes('review'))).toMatchObject([
      { type: 'delete_review_comment', id: first.id },
      { type: 'submit_review', comments: [{ fingerprint: first.fingerprint }] },
    ]);
    expect(types(diff(mistakes, stranded))).toEqual([]);
    const answered = { ...before, inlineComments: [{ ...first, isOutdated: true, isAnswered: true }, ...others] };
    expect(types(diff(next, answered)).filter(type => type.includes('review'))).toEqual([]);
  });

  test('a head gets one review, whatever is noticed later', () => {
    const before = carryOut(
      planReview(factsOf(mixedConcerns.slice(0, 3), { contribution: both })),
      nothingPosted,
    ).posted;
    expect(before.reviewedHeads).toEqual([headSha]);
    expect(types(diff(mistakes, before))).not.toContain('submit_review');
  });

  test('other annotations need another run: those of a run can only become more', () => {
    const before = carryOut(mistakes, nothingPosted).posted;
    const fewer = planReview(factsOf(mixedConcerns.slice(0, 1), { contribution: both }));
    expect(types(diff(fewer, before)).slice(0, 2)).toEqual(['create_check', 'create_check']);
  });

  test('a base branch that moved on is no reason to write', () => {
    const before = carryOut(mistakes, nothingPosted).posted;
    const later = factsOf(mixedConcerns, {
      contribution: both,
      pullRequest: pullRequest({ baseSha: '7'.repeat(40) }),
      spent: { tokens: 12 },
    });
    expect(diff(planReview(later), before)).toEqual([]);
  });

  test('a run that was reopened from the page gets its conclusion back', () => {
    const before = carryOut(planReview(factsOf([])), nothingPosted).posted;
    const reopened = before.checks.map(({ id, name, externalId, annotations }) => ({
      id,
      name,
      externalId,
      annotations,
      status: 'queued' as const,
    }));
    const again = carryOut(planReview(factsOf([])), { ...before, checks: reopened });
    expect(types(again.actions)).toEqual(['update_check', 'update_check']);
  });

  test('a re-run is seen to begin and to end, also when it ends the same', () => {
    const before = carryOut(mistakes, nothingPosted).posted;
    const again = carryOut(planStart(pullRequest(), true), before);
    expect(types(again.actions)).toEqual(['create_check', 'create_check']);
    expect(types(carryOut(mistakes, again.posted).actions)).toEqual(['update_check', 'update_check']);
  });

  test('our trouble says when it tries again, and does not take back what was said of this head', () => {
    const trouble = planTrouble({
      pullRequest: pullRequest(),
      reason: 'GitHub asked us to slow down.',
      nextTry: new Date('2026-03-01T10:00:00Z'),
    });
    const begun = carryOut(trouble, carryOut(start, nothingPosted).posted);
    expect(types(begun.actions)).toEqual(['update_check', 'update_check']);
    expect(trouble.checks.map(check => [check.conclusion, check.title])).toEqual([
      [undefined, 'Not finished; next try at 2026-03-01 10:00 UTC'],
      [undefined, 'Not finished; next try at 2026-03-01 10:00 UTC'],
    ]);
    expect(diff(trouble, carryOut(mistakes, begun.posted).posted)).toEqual([]);
  });

  test('the last try ends in a check that a person must look at, never in green', () => {
    const final = planTrouble({ pullRequest: pullRequest(), reason: 'GitHub did not answer.' });
    expect(final.checks.map(({ name, conclusion }) => [name, conclusion])).toEqual([
      ['assay/rules', 'action_required'],
      ['assay/judge', 'neutral'],
    ]);
    expect(types(diff(final, nothingPosted))).toEqual(['create_check', 'create_check']);
  });

  test('a pull request that leaves the taxonomy gets one green check; what stood before is corrected', () => {
    const nothing = planNothing(pullRequest(), defaultPolicy);
    expect(types(diff(nothing, nothingPosted))).toEqual(['create_check']);
    const before = carryOut(mistakes, carryOut(start, nothingPosted).posted).posted;
    const after = carryOut(nothing, { ...before, checks: carryOut(start, nothingPosted).posted.checks });
    expect(types(after.actions)).toEqual([
      'update_check',
      'update_check',
      'update_comment',
      'delete_review_comment',
      'delete_review_comment',
      'remove_label',
      'remove_label',
      'remove_label',
    ]);
    expect(diff(nothing, after.posted)).toEqual([]);
  });
});

describe('whatever is planned and whatever stands', () => {
  const label = fc.constantFrom(
    'skill',
    'triage-needed',
    'TRIAGE-NEEDED',
    'triage-uncertain',
    'triage-requested-changes',
    'bug',
    'mine',
  );
  const time = fc.nat(9).map(hour => `2026-03-01T0${hour}:00:00Z`);
  const posted: fc.Arbitrary<Posted> = fc.record(
    {
      checks: fc.uniqueArray(
        fc.record(
          {
            id: fc.integer({ min: 1, max: 900 }),
            name: fc.constantFrom('assay/rules', 'assay/judge', 'other'),
            externalId: fc.constantFrom('#42:old', '#7:theirs', '#99:theirs', 'odd', ''),
            status: fc.constantFrom('queued', 'in_progress', 'completed'),
            conclusion: fc.constantFrom('success', 'failure', 'neutral', 'action_required', 'stale', 'cancelled'),
            annotations: fc.nat(2),
          },
          { requiredKeys: ['id', 'name', 'externalId', 'status', 'annotations'] },
        ),
        { selector: ({ id }) => id, maxLength: 5 },
      ),
      sharedWith: fc.subarray([7, 99]),
      headSince: time,
      comment: fc.record({ id: fc.constant(1), body: fc.string() }),
      reviewedHeads: fc.subarray([headSha, 'd'.repeat(40)]),
      inlineComments: fc.array(
        fc.record({
          id: fc.nat(),
          nodeId: fc.uuid(),
          fingerprint: fc.constantFrom('0'.repeat(40), '1'.repeat(40)),
          isAnswered: fc.boolean(),
          isMinimized: fc.boolean(),
          isOutdated: fc.boolean(),
        }),
        { maxLength: 3 },
      ),
      labels: fc.uniqueArray(label, { selector: name => name.toLowerCase() }),
      labelEvents: fc.array(
        fc.record(
          { label, type: fc.constantFrom('labeled', 'unlabeled'), byUs: fc.boolean(), byBot: fc.boolean(), at: time },
          { requiredKeys: ['label', 'type', 'byUs', 'at'] },
        ),
      ),
    },
    { requiredKeys: ['checks', 'reviewedHeads', 'inlineComments', 'labels', 'labelEvents'] },
  );
  const plan: fc.Arbitrary<{ readonly plan: ReviewPlan; readonly owned: readonly string[] }> = arbitraryFacts.chain(
    facts =>
      fc
        .constantFrom(
          planReview(facts),
          planReview(facts),
          planStart(facts.pullRequest),
          planStart(facts.pullRequest, true),
          planNothing(facts.pullRequest, facts.policy),
          planTrouble({ pullRequest: facts.pullRequest, reason: 'x' }),
          planTrouble({ pullRequest: facts.pullRequest, reason: 'x', nextTry: new Date(0) }),
        )
        .map(plan => ({ plan, owned: ownedLabels(facts.policy.labels) })),
  );

  test('a second run writes nothing', () => {
    fc.assert(
      fc.property(plan, posted, ({ plan }, before) => {
        const after = carryOut(plan, before);
        expect(diff(plan, after.posted)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test('there is never a second comment or review, and no label is touched that is not ours', () => {
    fc.assert(
      fc.property(plan, posted, ({ plan, owned }, before) => {
        const actions = diff(plan, before);
        const all = types(actions);
        expect(all.filter(type => type === 'create_comment').length).toBeLessThanOrEqual(before.comment ? 0 : 1);
        expect(all.filter(type => type === 'submit_review').length).toBeLessThanOrEqual(
          before.reviewedHeads.includes(plan.headSha) ? 0 : 1,
        );
        const touched = actions.flatMap(action =>
          action.type === 'add_labels' ? action.labels : action.type === 'remove_label' ? [action.label] : [],
        );
        for (const name of touched) expect(owned).toContain(name);
        expect(new Set(touched).size).toBe(touched.length);
      }),
      { numRuns: 200 },
    );
  });

  test('one at a time or all at once, the steps lead to the same', () => {
    fc.assert(
      fc.property(plan, posted, ({ plan }, before) => {
        let world = before;
        for (let step = 0; step < 20; step++) {
          const [first] = diff(plan, world);
          if (first === undefined) break;
          world = takeActions(world, [first]);
        }
        expect(diff(plan, world)).toEqual([]);
        const atOnce = carryOut(plan, before).posted;
        expect(world.labels.toSorted()).toEqual(atOnce.labels.toSorted());
        expect(world.comment?.body).toBe(atOnce.comment?.body);
      }),
      { numRuns: 200 },
    );
  });
});

test('the second look at the same mistakes writes nothing, also with other words around the base', () => {
  const plan = planReview(factsOf([concern()]));
  expect(diff(plan, carryOut(plan, nothingPosted).posted)).toEqual([]);
});
