import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCommands } from '../../../src/core/commands/parse.ts';
import { MAX_CHECK_TEXT, MAX_COMMENT, MAX_TITLE, byteLength } from '../../../src/core/limits.ts';
import { hasStickyMarker, readInlineMarker, readReviewMarker } from '../../../src/core/markers.ts';
import { planMergeGroup, planNothing, planReview, planStart, planTrouble } from '../../../src/core/plan-review.ts';
import type { CheckPlan, ReviewPlan } from '../../../src/core/plan.ts';
import { defaultPolicy, policySchema } from '../../../src/core/policy.ts';

import { hostileText } from '../hostile-text.ts';
import { parseMarkdown, walk } from '../markdown.ts';
import { arbitraryFacts } from './arbitrary-facts.ts';
import {
  both,
  concern,
  contribution,
  factsOf,
  headSha,
  unsure,
  limericks,
  mixedConcerns,
  pullRequest,
  tides,
} from './sample-facts.ts';

const conclusions = ({ checks }: ReviewPlan) =>
  Object.fromEntries(checks.map(({ name, conclusion }) => [name, conclusion]));
const rulesOf = ({ checks }: ReviewPlan): CheckPlan => checks.find(({ name }) => name === 'assay/rules')!;

const question = concern({ rule: 'duplicate/in-pull-request', severity: 'question' });
const remark = concern({ rule: 'judge/answer-correct', severity: 'question' });

describe('the checks', () => {
  test.each([
    ['nothing is wrong', factsOf([]), 'success', 'success'],
    ['something must change', factsOf([concern()]), 'failure', 'success'],
    ['there is a question', factsOf([question]), 'success', 'success'],
    ['the judge has a remark', factsOf([remark]), 'success', 'neutral'],
    [
      'a remark of the judge is certified to block',
      factsOf([{ ...remark, severity: 'error' }, remark]),
      'success',
      'failure',
    ],
    [
      'a remark of the judge is certified to block, and the repository observes',
      factsOf([{ ...remark, severity: 'error' }], { policy: policySchema.parse({ mode: 'observe' }) }),
      'neutral',
      'neutral',
    ],
    ['the judge is not sure', factsOf([], { judge: unsure }), 'success', 'neutral'],
    ['the judge reads', factsOf([], { judge: { type: 'pending' } }), 'success', undefined],
    ['there is no model', factsOf([], { judge: { type: 'not-configured' } }), 'success', 'neutral'],
    ['the judge is off', factsOf([], { judge: { type: 'switched-off' } }), 'success', 'neutral'],
    [
      'the judge gave up',
      factsOf([], { judge: { type: 'gave-up', reason: 'x', judged: 1, examples: 2 } }),
      'success',
      'neutral',
    ],
    [
      'the list of files is not whole',
      factsOf([], { pullRequest: pullRequest({ incomplete: 'Too many files.' }) }),
      'action_required',
      'success',
    ],
    [
      'we only observe',
      factsOf([concern()], { policy: policySchema.parse({ mode: 'observe' }) }),
      'neutral',
      'neutral',
    ],
  ])('when %s', (_, facts, rules, judge) =>
    expect(conclusions(planReview(facts))).toEqual({ 'assay/rules': rules, 'assay/judge': judge }),
  );

  test('are never green while a changed file was not read, whatever the verdict says', () => {
    const read = contribution({ account: [{ path: limericks, role: 'qna', state: 'unread' }] });
    const facts = { ...factsOf([]), contribution: read };
    expect(facts.verdict.outcome).toBe('pass');
    expect(rulesOf(planReview(facts)).conclusion).toBe('action_required');
    expect(planReview(facts).labels).toBeUndefined();
  });

  test('begin in progress, for both', () => {
    const plan = planStart(pullRequest());
    expect(conclusions(plan)).toEqual({ 'assay/rules': undefined, 'assay/judge': undefined });
    expect(Object.keys(plan)).toEqual(['headSha', 'checks']);
  });

  test('name the pull request and what they show', () => {
    const id = (facts = factsOf([concern()])) => rulesOf(planReview(facts)).externalId;
    expect(id()).toMatch(/^#42:[0-9a-f]{40}$/);
    expect(id()).toBe(id());
    expect(id(factsOf([concern({ message: 'Other words.' })]))).not.toBe(id());
    expect(id(factsOf([concern()], { pullRequest: pullRequest({ number: 43 }) }))).toMatch(/^#43:/);
  });

  test('give columns only to marks on one line, and the gravest marks first', () => {
    const { annotations } = rulesOf(
      planReview(factsOf([question, concern({ location: { path: limericks, line: 9, column: 3, endLine: 11 } })])),
    );
    expect(annotations).toEqual([
      expect.objectContaining({ level: 'failure', startLine: 9, endLine: 11 }),
      expect.objectContaining({ level: 'warning', startLine: 4, endLine: 4, startColumn: 1 }),
    ]);
    expect(annotations[0]).not.toHaveProperty('startColumn');
  });

  test('answer a merge queue with yes or no', () => {
    const answer = (outcome: 'pass' | 'incomplete', concerns = [question]) =>
      planMergeGroup(headSha, { outcome, findings: factsOf(concerns).verdict.findings })[0]?.conclusion;
    expect([answer('pass'), answer('pass', [concern()]), answer('incomplete')]).toEqual([
      'success',
      'failure',
      'failure',
    ]);
  });
});

describe('what else is said', () => {
  const full = (facts: Parameters<typeof factsOf>[1]) =>
    planReview(factsOf(mixedConcerns, { contribution: both, ...facts }));
  const parts = ({ comment, review, labels }: ReviewPlan) => [
    comment !== undefined,
    review !== undefined,
    labels !== undefined,
  ];

  test.each([
    ['an open pull request', {}, [true, true, true]],
    ['while the judge reads', { judge: { type: 'pending' } }, [true, false, true]],
    ['a draft', { pullRequest: pullRequest({ isDraft: true }) }, [true, false, false]],
    ['a closed one', { pullRequest: pullRequest({ state: 'closed' }) }, [false, false, false]],
    ['observe mode', { policy: policySchema.parse({ mode: 'observe' }) }, [false, false, false]],
    ['labels switched off', { policy: policySchema.parse({ labels: { enabled: false } }) }, [true, true, false]],
  ] as const)('%s', (_, facts, expected) => expect(parts(full(facts))).toEqual(expected));

  test('nothing, where nothing of the taxonomy is touched', () => {
    const plan = planNothing(pullRequest(), defaultPolicy);
    expect(conclusions(plan)).toEqual({ 'assay/rules': 'success' });
    expect(plan.comment).toBeUndefined();
    expect(plan.labels?.present).toEqual([]);
  });

  test('but neutral checks in observe mode, also where there is nothing to review, or trouble, and something stands', () => {
    const observe = policySchema.parse({ mode: 'observe' });
    const nothing = planNothing(pullRequest(), observe);
    const trouble = planTrouble({ pullRequest: pullRequest(), reason: 'GitHub did not answer.', isObserved: true });
    for (const plan of [nothing, trouble]) {
      expect(new Set(Object.values(conclusions(plan)))).toEqual(new Set(['neutral']));
      expect([plan.comment, plan.review, plan.labels, plan.ifPosted?.comment]).toEqual(Array(4).fill(undefined));
    }
  });
});

describe('labels', () => {
  const labels = (concerns = mixedConcerns, read = both) =>
    planReview(factsOf(concerns, { contribution: read })).labels;

  test('follow the kinds of leaves and the outcome', () => {
    expect(labels()?.present).toEqual(['skill', 'knowledge', 'triage-requested-changes']);
    expect(labels([question])?.present).toEqual(['skill', 'knowledge', 'triage-uncertain']);
    expect(labels([], contribution())?.present).toEqual(['skill', 'triage-needed']);
  });

  test('of triage wait for the judge where the rules find no error: none is put on or taken off for a moment', () => {
    const pending = (concerns: Parameters<typeof factsOf>[0]) =>
      planReview(factsOf(concerns, { contribution: contribution(), judge: { type: 'pending' } })).labels;
    const none = { present: ['skill'], absent: ['knowledge', 'precheck-generate-ready'], exclusive: [] };
    expect(pending([question])).toMatchObject(none);
    expect(pending([])).toMatchObject(none);
    expect(pending(mixedConcerns)?.present).toEqual(['skill', 'triage-requested-changes']);
  });

  test('know the kind of a file that could not be parsed by its folder', () => {
    const broken = contribution({ leaves: [], account: [{ path: tides, role: 'qna', state: 'reviewed' }] });
    expect(labels([concern({ rule: 'yaml/syntax' })], broken)?.present).toEqual([
      'knowledge',
      'triage-requested-changes',
    ]);
  });

  test('with the same name twice never contradict each other', () => {
    const policy = policySchema.parse({ labels: { pass: 'review me', escalate: 'Review Me' } });
    const plan = planReview(factsOf([], { policy })).labels;
    expect(plan?.present).toContain('review me');
    expect(plan?.absent).not.toContain('Review Me');
  });
});

describe('remarks on lines', () => {
  const inline = (...concerns: readonly ReturnType<typeof concern>[]) =>
    planReview(factsOf(concerns)).review?.comments ?? [];
  const suggestion = { startLine: 10, endLine: 11, replacement: 'a: 1\nb: 2\n' };

  test('are made for suggestions and for what the judge asks, and for nothing else', () => {
    expect(inline(concern(), question, concern({ rule: 'judge/clear-english', severity: 'note' }))).toEqual([]);
    expect(inline(concern({ suggestion }), remark).map(({ lines }) => lines)).toEqual([
      { start: 10, end: 11 },
      { start: 4, end: 4 },
    ]);
  });

  test('are made for what the judge has certified to block', () => {
    expect(inline({ ...remark, severity: 'error' })[0]?.body).toMatch(/^\*\*Must change\*\*/);
  });

  test('stay off what is not in one piece of the diff', () => {
    const at = (line: number, endLine = line) => ({ path: tides, line, column: 1, endLine });
    expect(inline({ ...remark, location: at(9) })).toEqual([]);
    expect(inline({ ...remark, location: at(21) })).toEqual([]);
    expect(inline({ ...remark, location: { ...at(5), path: 'elsewhere.yaml' } })).toEqual([]);
    expect(inline({ ...remark, location: at(19, 25) })[0]?.lines).toEqual({ start: 19, end: 19 });
    expect(inline(concern({ location: at(20), suggestion: { ...suggestion, startLine: 20, endLine: 21 } }))).toEqual(
      [],
    );
  });

  test('offer a suggestion only when it is, to the byte, what people see', () => {
    expect(inline(concern({ suggestion: { ...suggestion, replacement: 'a: "x\u202E"\n' } }))).toEqual([]);
    const [fenced] = inline(concern({ suggestion: { ...suggestion, replacement: 'a: |\n  ```\n  x\n' } }));
    expect(fenced?.body).toContain('````suggestion\na: |\n  ```\n  x\n````\n');
  });

  test('are twenty at most, the gravest first, and none twice', () => {
    const many = Array.from({ length: 30 }, (_, index) => ({
      ...remark,
      flagged: String(index),
      location: { path: limericks, line: 60 - index, column: 1 },
    }));
    const comments = inline(...many, concern({ suggestion }));
    expect(comments).toHaveLength(20);
    expect(comments[0]?.severity).toBe('error');
    expect(new Set(comments.map(({ fingerprint }) => fingerprint)).size).toBe(20);
  });
});

describe('limits', () => {
  test('of GitHub hold for a review of 500 leaf nodes with 3,000 long findings', () => {
    const paths = Array.from(
      { length: 500 },
      (_, index) => `compositional_skills/${'deep/'.repeat(40)}${index}/qna.yaml`,
    );
    const read = contribution({ leaves: [], account: paths.map(path => ({ path, role: 'qna', state: 'reviewed' })) });
    const concerns = Array.from({ length: 3_000 }, (_, index) =>
      concern({
        message: `${index}${'🙂[@x] '.repeat(500)}`,
        location: { path: paths[index % 500]!, line: 1 + index, column: 1 },
      }),
    );
    const start = performance.now();
    const plan = planReview(factsOf(concerns, { contribution: read }));
    expect(performance.now() - start).toBeLessThan(6_000);
    expect(byteLength(plan.comment!)).toBeLessThanOrEqual(MAX_COMMENT);
    expect(/… and [\d,]+ more: see the checks/.test(plan.comment!)).toBe(true);
    expect(hasStickyMarker(plan.comment!)).toBe(true);
    for (const check of plan.checks) expect(byteLength(check.text ?? '')).toBeLessThanOrEqual(MAX_CHECK_TEXT);
    expect(/… and [\d,]+ more lines left out\.$/.test(rulesOf(plan).text!)).toBe(true);
  });
});

describe('whatever contributors and models write', () => {
  const said = (plan: ReviewPlan): readonly string[] => [
    ...(plan.comment === undefined ? [] : [plan.comment]),
    ...(plan.ifPosted?.comment === undefined ? [] : [plan.ifPosted.comment]),
    ...(plan.review ? [plan.review.body, ...plan.review.comments.map(({ body }) => body)] : []),
    ...[...plan.checks, ...(plan.ifPosted?.checks ?? [])].flatMap(({ summary, text = '' }) => [summary, text]),
  ];
  const plans: fc.Arbitrary<ReviewPlan> = fc.oneof(
    { weight: 4, arbitrary: arbitraryFacts.map(planReview) },
    hostileText.map(reason => planTrouble({ pullRequest: pullRequest(), reason })),
    hostileText.map(reason => planTrouble({ pullRequest: pullRequest(), reason, nextTry: new Date(0) })),
    fc.constantFrom(planStart(pullRequest()), planNothing(pullRequest(), defaultPolicy)),
  );

  test('nothing that we say is a command', () => {
    fc.assert(
      fc.property(plans, plan => {
        for (const text of said(plan)) expect(parseCommands(text, 'assay')).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test('links lead to the configured host, there are no pictures, and HTML is ours alone', () => {
    const ourHtml =
      /^(?:<!-- assay:[a-z]+(?: [0-9a-f]+)? -->|<\/?sub>|<\/?details>|<details><summary>How to ask again<\/summary>)$/;
    fc.assert(
      fc.property(plans, plan => {
        const nodes = said(plan).flatMap(text => walk(parseMarkdown(text)));
        const types = nodes.map(({ type }) => type);
        const foreign = new Set(['image', 'imageReference', 'linkReference', 'definition', 'footnoteReference']);
        expect(types.filter(type => foreign.has(type))).toEqual([]);
        for (const link of nodes.filter(node => node.type === 'link')) {
          expect(link.url).toMatch(/^https:\/\/github\.com\/(?:instructlab\/taxonomy|jo-doe\/taxonomy\/new|apps)\//);
        }
        for (const html of nodes.filter(node => node.type === 'html')) expect(html.value).toMatch(ourHtml);
      }),
      { numRuns: 60 },
    );
  });

  test('the limits hold and the markers can be read back', () => {
    fc.assert(
      fc.property(arbitraryFacts, facts => {
        const plan = planReview(facts);
        for (const comment of [plan.comment].filter(body => body !== undefined)) {
          expect(byteLength(comment)).toBeLessThanOrEqual(MAX_COMMENT);
          expect(hasStickyMarker(comment)).toBe(true);
        }
        for (const { body, fingerprint } of plan.review?.comments ?? [])
          expect(readInlineMarker(body)).toBe(fingerprint);
        expect(plan.review === undefined ? headSha : readReviewMarker(plan.review.body)).toBe(headSha);
        for (const { title, summary, text = '', annotations } of plan.checks) {
          expect(byteLength(title)).toBeLessThanOrEqual(MAX_TITLE);
          expect(title.length).toBeGreaterThan(0);
          expect(byteLength(summary)).toBeLessThanOrEqual(MAX_CHECK_TEXT);
          expect(byteLength(text)).toBeLessThanOrEqual(MAX_CHECK_TEXT);
          for (const mark of annotations) {
            expect(mark.endLine).toBeGreaterThanOrEqual(mark.startLine);
            expect(mark.message.length).toBeGreaterThan(0);
            expect(byteLength(mark.title)).toBeLessThanOrEqual(MAX_TITLE);
          }
        }
        expect(planReview(facts)).toEqual(plan);
      }),
      { numRuns: 60 },
    );
  });

  test('green means that every changed file was looked at and no rule asks for a change', () => {
    fc.assert(
      fc.property(arbitraryFacts, facts => {
        const { conclusion } = rulesOf(planReview(facts));
        expect(conclusion === 'neutral').toBe(facts.policy.mode === 'observe');
        const isSound =
          facts.contribution.account.every(({ state }) => state !== 'unread') &&
          facts.verdict.findings.every(({ rule, severity }) => severity !== 'error' || rule.startsWith('judge/')) &&
          facts.pullRequest.incomplete === undefined;
        expect(conclusion === 'success' && !isSound).toBe(false);
      }),
      { numRuns: 60 },
    );
  });
});
