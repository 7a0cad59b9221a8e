import * as fc from 'fast-check';
import { noDecisions } from '../../../src/core/decisions/decisions.ts';
import type { Contribution, FileAccount } from '../../../src/core/contribution.ts';
import { identify } from '../../../src/core/finding.ts';
import type { Concern } from '../../../src/core/finding.ts';
import type { ReviewFacts } from '../../../src/core/plan/facts.ts';
import { policySchema } from '../../../src/core/policy.ts';
import { decide } from '../../../src/core/verdict.ts';
import type { JudgeState } from '../../../src/core/verdict.ts';
import { hostileText } from '../hostile-text.ts';
import { headSha, leaf, limericks, pullRequest, tides } from './sample-facts.ts';

const path = fc.oneof(fc.constantFrom(limericks, tides, 'README.md'), hostileText);
const line = fc.integer({ min: 1, max: 70 });

const concern: fc.Arbitrary<Concern> = fc.record(
  {
    rule: fc.constantFrom(
      'schema/required',
      'yaml/syntax',
      'duplicate/in-pull-request',
      'judge/answer-correct',
      'screen/secret',
    ),
    severity: fc.constantFrom('error', 'question', 'note'),
    message: hostileText,
    location: fc
      .record({ path, line, column: line, length: fc.integer({ min: 0, max: 5 }) })
      .map(({ path, line, column, length }) => ({ path, line, column, endLine: line + length })),
    yamlPath: fc.constantFrom('.', '.seed_examples[0].answer'),
    suggestion: fc
      .record({ startLine: line, length: fc.integer({ min: 0, max: 3 }), replacement: hostileText })
      .map(({ startLine, length, replacement }) => ({ startLine, endLine: startLine + length, replacement })),
    related: fc.array(
      fc.record(
        {
          label: hostileText,
          path,
          line,
          sha: fc.constant('c'.repeat(40)),
          pullRequest: fc.integer({ min: 1, max: 99 }),
        },
        { requiredKeys: ['label', 'path', 'line', 'sha'] },
      ),
      { maxLength: 3 },
    ),
    newFile: fc.record({ path, text: hostileText }),
    evidence: fc.array(fc.record({ field: fc.constant('.answer'), quote: hostileText }), { maxLength: 3 }),
  },
  { requiredKeys: ['rule', 'severity', 'message', 'location', 'yamlPath'] },
);

const judge: fc.Arbitrary<JudgeState> = fc.oneof(
  fc.record(
    {
      type: fc.constant('judged' as const),
      examples: fc.nat(50),
      asked: fc.nat(50),
      unclear: fc.nat(3),
      unsettled: fc.array(
        fc.record(
          {
            path: fc.constantFrom(limericks, tides),
            line: fc.integer({ min: 1, max: 60 }),
            isFile: fc.boolean(),
            criteria: fc.subarray(['answer-correct', 'reasoning-shown', 'own-question']),
            reason: hostileText,
          },
          { requiredKeys: ['path', 'line', 'isFile', 'criteria'] },
        ),
        { maxLength: 3 },
      ),
      model: hostileText,
    },
    { requiredKeys: ['type', 'examples', 'asked', 'unclear', 'unsettled'] },
  ),
  fc.constantFrom({ type: 'not-configured' as const }, { type: 'switched-off' as const }, { type: 'pending' as const }),
  fc.record({ type: fc.constant('nothing-to-judge' as const), reason: hostileText }),
  fc.record({ type: fc.constant('gave-up' as const), reason: hostileText, judged: fc.nat(9), examples: fc.nat(9) }),
);

const account: fc.Arbitrary<FileAccount> = fc.record(
  {
    path,
    role: fc.constantFrom('qna', 'attribution', 'misplaced', 'other'),
    state: fc.constantFrom('reviewed', 'reviewed', 'reviewed', 'irrelevant', 'removed', 'unread'),
    reason: hostileText,
  },
  { requiredKeys: ['path', 'role', 'state'] },
);

const contribution: fc.Arbitrary<Contribution> = fc
  .record({
    paths: fc.uniqueArray(path, { maxLength: 3 }),
    others: fc.array(account, { maxLength: 4 }),
    examples: fc.nat(6),
  })
  .map(({ paths, others, examples }) => ({
    leaves: paths.map(path => leaf(path, examples)),
    attributions: [],
    account: [...paths.map(path => ({ path, role: 'qna' as const, state: 'reviewed' as const })), ...others],
    concerns: [],
  }));

const label = fc.constantFrom('skill', 'knowledge', 'triage-needed', 'Triage-Needed', 'triage-uncertain', 'mine');

const policy = fc
  .record({
    mode: fc.constantFrom('active', 'active', 'active', 'observe'),
    labels: fc.oneof(
      fc.constant({}),
      fc.record({ enabled: fc.boolean() }),
      fc.record({ skill: label, pass: label, escalate: label, request_changes: label }),
    ),
  })
  .map(value => policySchema.parse(value));

/** Reviews of all sorts, with hostile text wherever a contributor or a model could put some. */
export const arbitraryFacts: fc.Arbitrary<ReviewFacts> = fc
  .record({
    concerns: fc.array(concern, { maxLength: 6 }),
    contribution,
    judge,
    policy,
    isDraft: fc.nat(9).map(number => number === 0),
    state: fc.nat(9).map(number => (number === 0 ? ('closed' as const) : ('open' as const))),
    number: fc.constant(42),
    incomplete: fc.option(hostileText, { nil: undefined, freq: 8 }),
    baseRef: hostileText,
    policyProblem: fc.option(hostileText, { nil: undefined }),
    spent: fc.record({ tokens: fc.nat(100_000), dollars: fc.double({ min: 0, max: 1_000, noNaN: true }) }),
  })
  .map(
    ({ concerns, contribution, judge, policy, isDraft, state, number, incomplete, baseRef, policyProblem, spent }) => ({
      pullRequest: pullRequest({
        number,
        isDraft,
        state,
        baseRef,
        headSha,
        // With every second one the fork is gone.
        ...(number % 2 === 0 && {
          head: { repository: { owner: 'jo-doe', name: 'taxonomy' }, branch: `${baseRef}/rain` },
        }),
        ...(incomplete !== undefined && { incomplete }),
      }),
      contribution,
      verdict: decide(identify(concerns), contribution, incomplete),
      decisions: noDecisions,
      judge,
      policy,
      policyProblem,
      spent,
      settings: { host: 'https://github.com', appSlug: 'assay-taxonomy' },
    }),
  );
