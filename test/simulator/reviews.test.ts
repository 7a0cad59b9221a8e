import { expect, test } from 'vitest';
import { openPullRequest, refused, repository, simulate, inRepository } from './simulation.ts';

const path = 'skills/b/qna.yaml';

test('a review with comments on lines of the diff', async () => {
  await using world = await simulate();
  const { github, octokit } = world;
  const { pull, head } = await openPullRequest(github);
  const review = await octokit.rest.pulls.createReview({
    ...pull,
    event: 'COMMENT',
    body: 'Please see below.',
    commit_id: head(),
    comments: [
      { path, line: 2, body: 'here' },
      { path, start_line: 1, line: 3, side: 'RIGHT', body: '```suggestion\nx\n```' },
    ],
  });
  expect(review.data).toMatchObject({ state: 'COMMENTED', user: { login: github.app.bot.login, type: 'Bot' } });
  const { data } = await octokit.rest.pulls.listReviewComments(pull);
  expect(data.map(({ line, start_line: start, body }) => [start ?? null, line, body])).toEqual([
    [null, 2, 'here'],
    [1, 3, '```suggestion\nx\n```'],
  ]);
  expect((await octokit.rest.pulls.listReviews(pull)).data).toHaveLength(1);
  github.assertClean();
});

test('one comment off the diff refuses the whole review', async () => {
  await using world = await simulate();
  const { github, octokit } = world;
  const { pull, head } = await openPullRequest(github, {
    files: { 'skills/a/qna.yaml': 'one\n2\nthree\n', [path]: 'a\n' },
  });
  const review = (...comments: { path: string; line?: number; start_line?: number; side?: string; body: string }[]) =>
    octokit.rest.pulls.createReview({ ...pull, event: 'COMMENT', commit_id: head(), comments });
  const good = { path, line: 1, body: 'ok' };
  for (const bad of [
    { path, line: 2, body: 'behind the end' },
    { path: 'README.md', line: 1, body: 'not in the diff' },
    { path: 'skills/a/qna.yaml', line: 2, start_line: 2, body: 'not before' },
    { path: 'skills/a/qna.yaml', line: 4, side: 'LEFT', body: 'not in the old file' },
    { path, line: 1, body: 'x'.repeat(65_537) },
  ])
    expect(await refused(review(good, bad))).toMatchObject({ status: 422 });
  expect((await octokit.rest.pulls.listReviews(pull)).data).toEqual([]);
  expect((await octokit.rest.pulls.listReviewComments(pull)).data).toEqual([]);
  await review(good, { path: 'skills/a/qna.yaml', line: 2, side: 'LEFT', body: 'the old line' });
  github.assertClean();
});

test('without an event a review is pending, and nobody else sees it', async () => {
  await using world = await simulate();
  const { github, octokit } = world;
  const { pull, number } = await openPullRequest(github);
  const { data } = await octokit.rest.pulls.createReview({ ...pull, comments: [{ path, line: 1, body: 'draft' }] });
  expect(data.state).toBe('PENDING');
  expect(github.view(repository, number).reviews).toEqual([]);
  expect((await octokit.rest.pulls.listReviewComments(pull)).data).toEqual([]);
  const submitted = await octokit.rest.pulls.submitReview({
    ...pull,
    review_id: data.id,
    event: 'COMMENT',
    body: 'now',
  });
  expect(submitted.data.state).toBe('COMMENTED');
  expect(github.view(repository, number).reviews).toHaveLength(1);
  github.assertClean();
});

test('a comment needs a body or comments; a commit must be part of the pull request', async () => {
  await using world = await simulate();
  const { github, octokit } = world;
  const { pull, name, head } = await openPullRequest(github);
  expect(await refused(octokit.rest.pulls.createReview({ ...pull, event: 'COMMENT' }))).toMatchObject({ status: 422 });
  const old = head();
  await github.people.forcePush({ ...name, files: { [path]: 'new\n' } });
  const stale = octokit.rest.pulls.createReview({ ...pull, event: 'COMMENT', body: 'x', commit_id: old });
  expect(await refused(stale)).toMatchObject({ status: 422 });
});

test('people answer below a comment; ours can be edited and deleted, theirs cannot', async () => {
  await using world = await simulate();
  const { github, octokit } = world;
  const { pull, name } = await openPullRequest(github);
  await octokit.rest.pulls.createReview({ ...pull, event: 'COMMENT', comments: [{ path, line: 1, body: 'why?' }] });
  const [ours] = (await octokit.rest.pulls.listReviewComments(pull)).data;
  const reply = github.people.reply({ ...name, by: 'ann', to: ours?.id ?? 0, body: 'because' });
  const { data } = await octokit.rest.pulls.listReviewComments(pull);
  expect(data[1]).toMatchObject({ id: reply, in_reply_to_id: ours?.id, user: { login: 'ann' } });
  expect(await refused(octokit.rest.pulls.deleteReviewComment({ ...inRepository, comment_id: reply }))).toMatchObject({
    status: 403,
  });
  await octokit.rest.pulls.updateReviewComment({ ...inRepository, comment_id: ours?.id ?? 0, body: 'why so?' });
  await octokit.rest.pulls.deleteReviewComment({ ...inRepository, comment_id: ours?.id ?? 0 });
  expect((await octokit.rest.pulls.listReviewComments(pull)).data.map(({ body }) => body)).toEqual(['because']);
  github.assertClean();
});

test('a push that changes the line makes a comment outdated', async () => {
  await using world = await simulate();
  const { github, octokit } = world;
  const { pull, name, head } = await openPullRequest(github);
  const comments = [
    { path, line: 3, body: 'on gamma' },
    { path, subject_type: 'file', body: 'on the file' },
  ];
  await octokit.rest.pulls.createReview({ ...pull, event: 'COMMENT', comments });
  const before = head();
  await github.people.push({ ...name, files: { [path]: 'alpha\n' } });
  const { data } = await octokit.rest.pulls.listReviewComments(pull);
  expect(data[0]).toMatchObject({ line: null, position: null, original_line: 3, original_commit_id: before });
  github.assertClean();
});
