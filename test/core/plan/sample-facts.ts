import { noDecisions } from '../../../src/core/decisions/decisions.ts';
import type { Contribution, FileAccount, Leaf } from '../../../src/core/contribution.ts';
import { identify } from '../../../src/core/finding.ts';
import type { Concern, Finding } from '../../../src/core/finding.ts';
import type { ReviewFacts } from '../../../src/core/plan/facts.ts';
import { defaultPolicy } from '../../../src/core/policy.ts';
import type { PullRequest } from '../../../src/core/pull-request.ts';
import { decide } from '../../../src/core/verdict.ts';
import type { JudgeState } from '../../../src/core/verdict.ts';

export const headSha = '1f0c3a9be2d4c5f60718293a4b5c6d7e8f901234';
export const baseSha = '9e8d7c6b5a49382716051423f2e1d0c9b8a79685';

export const limericks = 'compositional_skills/writing/poetry/limericks/qna.yaml';
export const tides = 'knowledge/science/oceans/tides/qna.yaml';

/** A pull request that adds a skill and a knowledge leaf; all of the first file is in the diff, of the second lines 10 to 20. */
export const pullRequest = (changes: Partial<PullRequest> = {}): PullRequest => ({
  repository: { id: 1, owner: 'instructlab', name: 'taxonomy' },
  number: 42,
  title: 'Add limericks and tides',
  author: { login: 'jo-doe', id: 7, isBot: false },
  state: 'open',
  isDraft: false,
  createdAt: '2026-03-01T09:00:00Z',
  headSha,
  baseRef: 'main',
  baseSha,
  mergeBaseSha: baseSha,
  files: [
    { path: limericks, status: 'added', blobSha: 'a'.repeat(40), diffLines: [{ start: 1, end: 60 }] },
    { path: tides, status: 'modified', blobSha: 'b'.repeat(40), diffLines: [{ start: 10, end: 20 }] },
  ],
  ...changes,
});

const text = (value: string, line: number) => ({ value, yamlPath: '.', line, column: 1, endLine: line });

export const leaf = (path: string, examples: number): Leaf => ({
  kind: path.startsWith('knowledge/') ? 'knowledge' : 'skill',
  path,
  blobSha: 'a'.repeat(40),
  version: 3,
  examples: Array.from({ length: examples }, (_, index) => ({
    yamlPath: `.seed_examples[${index}]`,
    line: 4 + 4 * index,
    column: 5,
    endLine: 6 + 4 * index,
    question: text('Why?', 5),
    answer: text('Because.', 6),
  })),
});

export const contribution = (changes: Partial<Contribution> = {}): Contribution => ({
  leaves: [leaf(limericks, 5)],
  attributions: [],
  account: [
    { path: limericks, role: 'qna', state: 'reviewed' },
    { path: limericks.replace('qna.yaml', 'attribution.txt'), role: 'attribution', state: 'reviewed' },
  ] satisfies FileAccount[],
  concerns: [],
  ...changes,
});

export const concern = (changes: Partial<Concern> = {}): Concern => ({
  rule: 'schema/too-few-items',
  severity: 'error',
  message: 'A skill needs at least 5 seed examples; this one has 3. Please add 2 more under `seed_examples`.',
  location: { path: limericks, line: 4, column: 1 },
  yamlPath: '.seed_examples',
  ...changes,
});

export const judged: JudgeState = {
  type: 'judged',
  examples: 5,
  asked: 5,
  unclear: 0,
  unsettled: [],
  model: 'granite-3.3-8b',
};

/** The judge as it is when it leaves some things open. */
export const unsure: JudgeState = {
  type: 'judged',
  examples: 5,
  asked: 5,
  unclear: 2,
  unsettled: [
    {
      path: limericks,
      line: 8,
      isFile: false,
      criteria: ['answer-correct', 'agrees-with-reference'],
      unfounded: ['answer-correct'],
    },
    {
      path: limericks,
      line: 12,
      isFile: false,
      criteria: [],
      reason: 'In the same reply the model was wrong about an example whose answers are known.',
    },
    { path: limericks, line: 1, isFile: true, criteria: ['right-place'] },
  ],
  model: 'granite-3.3-8b',
};

/** Facts of a review in which these things were noticed. */
export function factsOf(concerns: readonly Concern[], changes: Partial<ReviewFacts> = {}): ReviewFacts {
  const read = changes.contribution ?? contribution();
  const findings: readonly Finding[] = identify(concerns);
  return {
    pullRequest: pullRequest(),
    contribution: read,
    verdict: decide(findings, read, changes.pullRequest?.incomplete),
    decisions: noDecisions,
    judge: judged,
    policy: defaultPolicy,
    settings: { host: 'https://github.com', appSlug: 'assay-taxonomy' },
    ...changes,
  };
}

export const both = contribution({
  leaves: [leaf(limericks, 3), leaf(tides, 15)],
  account: [
    { path: limericks, role: 'qna', state: 'reviewed' },
    { path: tides, role: 'qna', state: 'reviewed' },
    { path: 'README.md', role: 'other', state: 'irrelevant' },
  ],
});

/** One of each kind of thing that can be noticed. */
export const mixedConcerns: readonly Concern[] = [
  concern(),
  concern({
    rule: 'attribution/missing',
    message:
      'There is no `attribution.txt` beside this file. Please add one that names title, link, licence and creator of the source.',
    location: { path: limericks, line: 1, column: 1 },
    yamlPath: '.',
  }),
  concern({
    rule: 'schema/version',
    message: 'New contributions follow version 3 of the schema; this file says 2.',
    location: { path: tides, line: 10, column: 1 },
    yamlPath: '.version',
    suggestion: { startLine: 10, endLine: 10, replacement: 'version: 3\n' },
  }),
  concern({
    rule: 'duplicate/in-pull-request',
    severity: 'question',
    message:
      'The question “Write a limerick about rain.” is also in #37 by sam-poe. It was first seen in #37, on 2026-02-27. A triager decides which one is taken.',
    location: { path: limericks, line: 5, column: 15 },
    yamlPath: '.seed_examples[0].question',
    related: [
      {
        label: '#37',
        path: 'compositional_skills/writing/limericks/qna.yaml',
        line: 8,
        sha: 'c'.repeat(40),
        pullRequest: 37,
      },
    ],
  }),
  concern({
    rule: 'judge/answer-supported-by-context',
    severity: 'question',
    message:
      'The context may not support the quoted part of the answer. Please take it out, or add to the context what it rests on.',
    location: { path: tides, line: 14, column: 9, endLine: 15 },
    yamlPath: '.seed_examples[2].answer',
    evidence: [{ field: '.seed_examples[2].answer', quote: 'Tides are caused by the wind alone.' }],
  }),
  concern({
    rule: 'judge/clear-english',
    severity: 'note',
    message: 'The question is hard to follow. Please reword it so that it can be read in one way only.',
    location: { path: tides, line: 40, column: 9 },
    yamlPath: '.seed_examples[4].question',
    evidence: [{ field: '.seed_examples[4].question', quote: 'Which when the moon it is do?' }],
  }),
];
