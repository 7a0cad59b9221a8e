import { describe, expect, test } from 'vitest';
import { planNothing, planReview, planTrouble } from '../../../src/core/plan-review.ts';
import { defaultPolicy } from '../../../src/core/policy.ts';
import type { ReviewFacts } from '../../../src/core/plan/facts.ts';
import { renderComment } from '../../../src/core/render/comment.ts';
import {
  both,
  concern,
  contribution,
  factsOf,
  judged,
  limericks,
  mixedConcerns,
  pullRequest,
  unsure,
} from '../plan/sample-facts.ts';

const pages: Readonly<Record<string, ReviewFacts>> = {
  pass: factsOf([]),
  'pass-with-notes': factsOf([mixedConcerns[5]!], { contribution: both }),
  'changes-needed': factsOf(mixedConcerns, { contribution: both, spent: { tokens: 48_210, dollars: 0.0241 } }),
  'one-change': factsOf([concern()], {
    judge: { type: 'nothing-to-judge', reason: 'It reads only files in which the rules found no errors.' },
  }),
  'questions-only': factsOf(mixedConcerns.slice(3, 5), { contribution: both }),
  'judge-unsure': factsOf([mixedConcerns[4]!], { contribution: both, judge: unsure }),
  'judge-pending': factsOf([], { judge: { type: 'pending' } }),
  'judge-gave-up': factsOf([], {
    judge: { type: 'gave-up', reason: 'the model did not answer in time', judged: 2, examples: 5 },
  }),
  'judge-over-the-cap': factsOf([], {
    judge: {
      type: 'gave-up',
      reason: 'The 200,000 tokens that this pull request may use for the judge are spent.',
      judged: 39,
      examples: 40,
      isBudget: true,
    },
  }),
  'judged-again': factsOf([], {
    judge: { type: 'judged', examples: 40, asked: 1, unclear: 0, unsettled: [], model: 'granite-3.3-8b' },
  }),
  'no-model': factsOf([], { judge: { type: 'not-configured' } }),
  'sample-replies': factsOf([], { settings: { host: 'https://github.com', appSlug: 'assay', hasSampleJudge: true } }),
  'not-all-read': factsOf([], {
    contribution: contribution({
      leaves: [],
      account: [{ path: limericks, role: 'qna', state: 'unread', reason: 'it is a symbolic link' }],
    }),
    judge: { type: 'nothing-to-judge', reason: 'No file could be read.' },
  }),
  draft: factsOf([concern()], {
    pullRequest: pullRequest({ isDraft: true }),
    judge: { type: 'nothing-to-judge', reason: 'Drafts are not judged; it happens when the pull request is ready.' },
  }),
  'broken-policy': factsOf([], {
    policyProblem: 'Line 2 of .github/assay.yml: there is no key `judgee`; did you mean `judge`?',
    judge: judged,
  }),
};

describe('the comment, as it stands on the pull request', () => {
  test.each(Object.entries(pages))('%s', async (name, facts) => {
    await expect(renderComment(facts)).toMatchFileSnapshot(`../../fixtures/comments/${name}.md`);
  });

  test('nothing left to review', async () => {
    await expect(planNothing(pullRequest(), defaultPolicy).ifPosted?.comment).toMatchFileSnapshot(
      '../../fixtures/comments/nothing-left.md',
    );
  });

  test('given up for good', async () => {
    const plan = planTrouble({ pullRequest: pullRequest(), reason: 'GitHub did not answer.' });
    await expect(plan.ifPosted?.comment).toMatchFileSnapshot('../../fixtures/comments/given-up.md');
  });

  test('the details of what the judge left open', () => {
    const plan = planReview(factsOf([], { judge: unsure }));
    const text = plan.checks.find(({ name }) => name === 'assay/judge')?.text ?? '';
    expect(text.replaceAll(/\(https:[^)]*\)/g, '')).toBe(
      [
        '**Left open by the judge**, so read these yourself:',
        '',
        '- limericks/qna.yaml, [line 8] (`answer-correct` and `agrees-with-reference`); its no to `answer-correct` quoted words that stand nowhere in the file',
        '- limericks/qna.yaml, [line 12]: In the same reply the model was wrong about an example whose answers are known.',
        '- limericks/qna.yaml as a whole (`right-place`)',
      ].join('\n'),
    );
  });

  test('the checks and the remarks on lines beside it', async () => {
    const plan = planReview(factsOf(mixedConcerns, { contribution: both }));
    const shown = [
      ...plan.checks.map(
        check =>
          `# ${check.name}: ${check.conclusion ?? 'in progress'}\n\n## ${check.title}\n\n${check.summary}\n\n---\n\n${check.text ?? ''}\n\n---\n\n${check.annotations
            .map(
              ({ level, path, startLine, title, message }) => `- ${level} ${path}:${startLine} [${title}] ${message}`,
            )
            .join('\n')}`,
      ),
      `# review\n\n${plan.review?.body ?? ''}`,
      ...(plan.review?.comments ?? []).map(
        ({ path, lines, body }) => `# ${path}, lines ${lines.start} to ${lines.end}\n\n${body}`,
      ),
      `# labels\n\n${JSON.stringify(plan.labels)}`,
    ];
    await expect(`${shown.join('\n\n')}\n`).toMatchFileSnapshot('../../fixtures/comments/checks-and-remarks.md');
  });
});

test('what says the same of several lines of a file is said once, with all the lines', () => {
  const twin = { label: 'the first of the two', path: limericks, line: 5, sha: 'c'.repeat(40) };
  const lines = Array.from({ length: 10 }, (_, index) =>
    concern({ location: { path: limericks, line: 10 + index, column: 1 }, related: [twin] }),
  );
  const comment = renderComment(factsOf(lines));
  expect(comment).toContain('### Assay: 10 things to change');
  expect(comment.match(/\*\*Must change\*\*/g)).toHaveLength(1);
  expect(comment.match(/\[line \d+\]/g)).toHaveLength(8);
  expect(comment).toContain(', 2 more places: A skill needs');
  expect(comment.match(/Compare the first of the two/g)).toHaveLength(1);
});

test('a finding about a whole file points at its first line', () => {
  const comment = renderComment(factsOf([concern({ location: { path: limericks, line: 1, column: 1, endLine: 80 } })]));
  expect(comment).toContain('[line 1]');
});

test('a missing file is offered on the contributor’s branch, and not when the fork is gone', () => {
  const newFile = { path: limericks.replace('qna.yaml', 'attribution.txt'), text: 'Title of work: \n' };
  const missing = [concern({ newFile })];
  const head = { repository: { owner: 'jo-doe', name: 'taxonomy' }, branch: 'add/limericks' };
  expect(renderComment(factsOf(missing, { pullRequest: pullRequest({ head }) }))).toContain(
    '- [Add `attribution.txt` to your branch](https://github.com/jo-doe/taxonomy/new/add/limericks/compositional_skills/writing/poetry/limericks?filename=attribution.txt&value=Title%20of%20work%3A%20%0A)',
  );
  expect(renderComment(factsOf(missing))).not.toContain('to your branch');
});
