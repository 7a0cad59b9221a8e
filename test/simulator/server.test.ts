import { Octokit } from '@octokit/rest';
import { expect, test } from 'vitest';
import { inRepository, openPullRequest, quiet, refused, repository, simulate } from './simulation.ts';

test('an unknown request and one that GitHub does not know are noted, and fail the test that made them', async () => {
  await using world = await simulate();
  const { github, octokit } = world;
  expect(await refused(octokit.request('GET /repos/{owner}/{repo}/nonsense', inRepository))).toMatchObject({
    status: 501,
  });
  expect(() => github.assertClean()).toThrow('not served');
  github.violations.length = 0;
  const wrong = octokit.request('POST /repos/{owner}/{repo}/check-runs', {
    ...inRepository,
    name: 'no commit',
  } as never);
  expect(await refused(wrong)).toMatchObject({ status: 422 });
  expect(() => github.assertClean()).toThrow('head_sha');
  github.violations.length = 0;
  await refused(octokit.request('GET /repos/{owner}/{repo}/pulls', { ...inRepository, colour: 'red' }));
  expect(() => github.assertClean()).toThrow('unknown query parameter colour');
});

test('every request is in the log, with what it was and what came of it', async () => {
  await using world = await simulate();
  const { github, octokit } = world;
  const { issue } = await openPullRequest(github);
  await octokit.rest.issues.createComment({ ...issue, body: 'hi' });
  await refused(octokit.rest.issues.getComment({ ...inRepository, comment_id: 1 }));
  expect(github.exchanges.map(({ index, operation, status, isWrite }) => [index, operation, status, isWrite])).toEqual([
    [1, 'POST /app/installations/{installation_id}/access_tokens', 201, false],
    [2, 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments', 201, true],
    [3, 'GET /repos/{owner}/{repo}/issues/comments/{comment_id}', 404, false],
  ]);
});

test('a reader that has the same already gets 304, free of charge', async () => {
  await using world = await simulate();
  const { octokit } = world;
  const first = await octokit.rest.repos.get(inRepository);
  const left = first.headers['x-ratelimit-remaining'];
  const again = octokit.rest.repos.get({ ...inRepository, headers: { 'if-none-match': first.headers.etag } });
  expect(await refused(again)).toMatchObject({ status: 304 });
  const { data } = await octokit.rest.rateLimit.get();
  expect(String(data.rate.remaining)).toBe(left);
});

test('the primary limit: 403, the headers say when, and an hour later it goes on', async () => {
  let now = Date.now();
  await using world = await simulate({ now: () => now, rateLimit: { primary: 3 }, tokenLifetime: 1e9 });
  const { octokit } = world;
  for (let index = 0; index < 3; index++) await octokit.rest.repos.get(inRepository);
  const error: unknown = await octokit.rest.repos.get(inRepository).catch((reason: unknown) => reason);
  expect(error).toMatchObject({
    status: 403,
    response: { headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-limit': '3' } },
  });
  now += 3_600_001;
  await octokit.rest.repos.get(inRepository);
});

test('the secondary limit: 80 new contents a minute, then 403 with retry-after', async () => {
  let now = Date.now();
  await using world = await simulate({ now: () => now, rateLimit: { secondary: true, retryAfter: 30 } });
  const { github, octokit } = world;
  const { issue } = await openPullRequest(github);
  const comment = () => octokit.rest.issues.createComment({ ...issue, body: 'again' });
  for (let index = 0; index < 80; index++) await comment();
  const error: unknown = await comment().catch((reason: unknown) => reason);
  expect(error).toMatchObject({ status: 403, response: { headers: { 'retry-after': '30' } } });
  now += 60_001;
  await comment();
});

test('trouble on order', async () => {
  await using world = await simulate();
  const { github } = world;
  const { token } = (await world.octokit.auth({ type: 'installation' })) as { token: string };
  const octokit = new Octokit({ baseUrl: github.apiUrl, auth: token, log: quiet });
  const { issue } = await openPullRequest(github);
  const comments = '/repos/{owner}/{repo}/issues/{issue_number}/comments';
  const comment = () => octokit.rest.issues.createComment({ ...issue, body: 'x' });
  const count = () => github.pullRequest(repository, issue.issue_number).comments.length;

  github.fault({ path: comments, times: 2, respond: { status: 502 } });
  expect([await refused(comment()), await refused(comment()), count()]).toMatchObject([
    { status: 502 },
    { status: 502 },
    0,
  ]);
  await comment();
  github.fault({ method: 'POST', path: comments, after: 1, respond: { status: 429, headers: { 'retry-after': '1' } } });
  await comment();
  expect(await refused(comment())).toMatchObject({ status: 429 });
  expect(count()).toBe(2);
  // The write took effect, but the answer is lost: the client cannot know.
  github.fault({ path: /\/comments$/, afterEffect: true, dropConnection: true });
  expect(await refused(comment())).toMatchObject({ status: 500 });
  expect(count()).toBe(3);
  github.fault({ path: /\/comments$/, afterEffect: true, respond: { status: 502 } });
  expect([await refused(comment()), count()]).toMatchObject([{ status: 502 }, 4]);
  github.fault({ path: comments, delay: 50 });
  const started = performance.now();
  await comment();
  expect(performance.now() - started).toBeGreaterThan(45);
  github.assertClean();
});

test('a listener may cut the connection at any request, before or after its effect', async () => {
  await using world = await simulate();
  const { github, octokit } = world;
  const { issue } = await openPullRequest(github);
  await octokit.rest.repos.get(inRepository);
  const comment = () => octokit.rest.issues.createComment({ ...issue, body: 'x' });
  const count = () => github.pullRequest(repository, issue.issue_number).comments.length;
  const stops = [github.on('before', ({ isWrite }) => (isWrite ? 'drop' : undefined))];
  await refused(comment());
  expect(count()).toBe(0);
  stops.pop()?.();
  stops.push(github.on('after', ({ isWrite }) => (isWrite ? 'drop' : undefined)));
  await refused(comment());
  expect(count()).toBe(1);
  stops.pop()?.();
  await comment();
  expect(count()).toBe(2);
});

test('two runs of one story look alike, whatever their ids and hours', async () => {
  const tell = async (now: () => number) => {
    await using world = await simulate({ now });
    const { github, octokit } = world;
    if (now() > 1e12 + 1) github.createRepository({ name: 'instruct/unrelated' });
    const { issue, head, name } = await openPullRequest(github);
    await octokit.rest.checks.create({
      ...inRepository,
      name: 'assay/rules',
      head_sha: head(),
      conclusion: 'failure',
      output: { title: `At ${head()}`, summary: `Again at ${new Date(now()).toISOString()}` },
    });
    await octokit.rest.issues.createComment({
      ...issue,
      body: `Commit ${head().slice(0, 7)}, see ${github.url}/instruct/taxonomy/runs/77`,
    });
    await github.people.comment({ ...name, by: 'mara', body: 'thanks' });
    github.assertClean();
    return github.view(repository, issue.issue_number);
  };
  const [one, two] = [await tell(() => 1e12), await tell(() => Date.now())];
  expect(two).toEqual(one);
  expect(one.checks).toMatchObject([
    { name: 'assay/rules', conclusion: 'failure', title: 'At <commit 2>', summary: 'Again at <time>' },
  ]);
  expect(one.comments.map(({ body }) => body)).toEqual([
    'Commit <commit 2>, see https://github.test/instruct/taxonomy/runs/<id>',
    'thanks',
  ]);
});

test('the page of a pull request can be looked at as text', async () => {
  await using world = await simulate();
  const { github, octokit } = world;
  const { issue } = await openPullRequest(github);
  await octokit.rest.issues.createComment({ ...issue, body: 'Welcome' });
  const response = await fetch(`${github.url}/${repository}/pull/1`);
  expect(await response.text()).toBe(github.print(repository, 1));
  expect((await fetch(`${github.url}/nothing`)).status).toBe(404);
});
