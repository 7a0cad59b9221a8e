import { expect, test } from 'vitest';
import { inRepository, openPullRequest, refused, repository, simulate } from './simulation.ts';

const path = 'skills/b/qna.yaml';
const annotation = (message: string) => ({
  path,
  start_line: 1,
  end_line: 1,
  annotation_level: 'warning' as const,
  message,
});
const many = (count: number) => Array.from({ length: count }, (_, index) => annotation(`n${index}`));

test('annotations come in batches of 50 and only grow', async () => {
  await using world = await simulate();
  const { github, octokit } = world;
  const { head } = await openPullRequest(github);
  const draft = { ...inRepository, name: 'assay/rules', head_sha: head(), external_id: '#1:abc' };
  const output = { title: '120 findings', summary: 's', annotations: many(50) };
  const { data: run } = await octokit.rest.checks.create({ ...draft, status: 'in_progress', output });
  expect(run).toMatchObject({
    status: 'in_progress',
    conclusion: null,
    external_id: '#1:abc',
    output: { annotations_count: 50 },
  });
  const update = { ...inRepository, check_run_id: run.id, conclusion: 'failure' as const };
  await octokit.rest.checks.update({ ...update, output: { ...output, annotations: many(50) } });
  const { data: last } = await octokit.rest.checks.update({ ...update, output: { ...output, annotations: many(20) } });
  expect(last).toMatchObject({ status: 'completed', conclusion: 'failure', output: { annotations_count: 120 } });
  const all = await octokit.paginate(octokit.rest.checks.listAnnotations, {
    ...inRepository,
    check_run_id: run.id,
    per_page: 100,
  });
  expect(all).toHaveLength(120);
  github.assertClean();
});

test("GitHub's limits on a check are kept, and one broken refuses all of it", async () => {
  await using world = await simulate();
  const { github, octokit } = world;
  const { head } = await openPullRequest(github);
  const create = (more: object) =>
    octokit.rest.checks.create({
      ...inRepository,
      name: 'x',
      head_sha: head(),
      status: 'completed',
      conclusion: 'success',
      ...more,
    });
  const output = { title: 't', summary: 's' };
  const action = { label: 'Re-review', description: 'Look again', identifier: 'review' };
  await create({
    output: { ...output, summary: 'x'.repeat(65_535), annotations: many(50) },
    actions: [action, action, action],
  });
  const inTwoLines = { ...annotation('m'), end_line: 2, start_column: 1 };
  for (const bad of [
    { output: { ...output, annotations: many(51) } },
    { output: { ...output, summary: 'x'.repeat(65_536) } },
    { output: { ...output, text: 'x'.repeat(65_536) } },
    { output: { ...output, annotations: [inTwoLines] } },
    { output: { ...output, annotations: [{ ...annotation('m'), end_line: 0 }] } },
    { output: { ...output, annotations: [{ ...annotation('m'), title: 'x'.repeat(256) }] } },
    { output: { ...output, annotations: [annotation('x'.repeat(65_537))] } },
    { actions: [action, action, action, action] },
    { actions: [{ ...action, label: 'x'.repeat(21) }] },
    { actions: [{ ...action, description: 'x'.repeat(41) }] },
    { actions: [{ ...action, identifier: 'x'.repeat(21) }] },
    { head_sha: 'f'.repeat(40) },
    { conclusion: undefined },
  ])
    expect({ bad, ...(await refused(create(bad))) }).toMatchObject({ status: 422 });
  expect(github.repository(repository).checkRuns).toHaveLength(1);
});

test('the newest run of a name counts; `filter=all` shows the others', async () => {
  await using world = await simulate();
  const { github, octokit } = world;
  const { head } = await openPullRequest(github);
  const create = (conclusion: 'failure' | 'success', name = 'assay/rules') =>
    octokit.rest.checks.create({ ...inRepository, name, head_sha: head(), conclusion });
  await create('failure');
  await create('success');
  await create('success', 'assay/judge');
  await github.people.reportCheck({
    repository,
    app: 'ci',
    name: 'assay/rules',
    head_sha: head(),
    conclusion: 'failure',
  });
  const list = async (more: object) => {
    const { data } = await octokit.rest.checks.listForRef({ ...inRepository, ref: head(), ...more });
    return data.check_runs.map(({ name, conclusion, app }) => `${app?.slug} ${name} ${conclusion}`).sort();
  };
  const { slug } = github.app;
  expect(await list({ check_name: 'assay/rules', app_id: github.app.id })).toEqual([`${slug} assay/rules success`]);
  expect(await list({ check_name: 'assay/rules' })).toEqual([`${slug} assay/rules success`, 'ci assay/rules failure']);
  expect(await list({ filter: 'all' })).toHaveLength(4);
  expect((await octokit.rest.checks.listSuitesForRef({ ...inRepository, ref: head() })).data.total_count).toBe(2);
  github.assertClean();
});

test("another App's run cannot be changed", async () => {
  await using world = await simulate();
  const { github, octokit } = world;
  const { head } = await openPullRequest(github);
  await github.people.reportCheck({ repository, app: 'ci', name: 'lint', head_sha: head(), conclusion: 'failure' });
  const check_run_id = github.repository(repository).checkRuns[0]?.id ?? 0;
  const update = octokit.rest.checks.update({ ...inRepository, check_run_id, conclusion: 'success' });
  expect(await refused(update)).toMatchObject({ status: 403 });
});

test('a run names the pull requests of its own repository, never those of forks', async () => {
  await using world = await simulate();
  const { github, octokit } = world;
  const inside = await openPullRequest(github);
  const outside = await openPullRequest(github, { fork: true, author: 'bob' });
  const create = async (head_sha: string) =>
    (await octokit.rest.checks.create({ ...inRepository, name: 'x', head_sha })).data;
  expect((await create(inside.head())).pull_requests.map(({ number }) => number)).toEqual([inside.number]);
  const run = await create(outside.head());
  expect(run.pull_requests).toEqual([]);
  const { data: suite } = await octokit.rest.checks.getSuite({
    ...inRepository,
    check_suite_id: run.check_suite?.id ?? 0,
  });
  expect(suite.head_branch).toBeNull();
  github.assertClean();
});

test('a required check: success, neutral and skipped pass; a missing one is expected; a red one blocks', async () => {
  await using world = await simulate();
  const { github } = world;
  const { number, head } = await openPullRequest(github);
  github.requireChecks(repository, ['assay/rules']);
  const now = () => {
    const { isMergeable, state, requiredChecks } = github.mergeability(repository, number);
    return [isMergeable, state, requiredChecks[0]?.state];
  };
  const report = (more: object) =>
    github.people.reportCheck({
      repository,
      app: 'assay-simulated-twin',
      name: 'assay/rules',
      head_sha: head(),
      ...more,
    });
  expect(now()).toEqual([false, 'blocked', 'expected']);
  await report({ status: 'in_progress' });
  expect(now()).toEqual([false, 'blocked', 'pending']);
  for (const conclusion of ['failure', 'action_required', 'timed_out', 'cancelled']) {
    await report({ conclusion });
    expect(now()).toEqual([false, 'blocked', 'failure']);
  }
  for (const conclusion of ['success', 'neutral', 'skipped']) {
    await report({ conclusion });
    expect(now()).toEqual([true, 'clean', 'success']);
  }
  await github.people.reportCheck({ repository, app: 'ci', name: 'optional', head_sha: head(), conclusion: 'failure' });
  expect(now()).toEqual([true, 'unstable', 'success']);
});

test('the merge queue waits for the required checks of the group', async () => {
  await using world = await simulate();
  const { github, octokit } = world;
  const { name, number } = await openPullRequest(github);
  github.requireChecks(repository, ['assay/rules']);
  const { sha, ref } = await github.people.enqueue({ ...name, by: 'mara' });
  expect(ref).toMatch(new RegExp(`^gh-readonly-queue/main/pr-${number}-[0-9a-f]{40}$`));
  expect(await github.people.settleQueue(name)).toBe('waiting');
  const file = await octokit.rest.repos.getContent({ ...inRepository, path, ref: sha });
  expect(file.status).toBe(200);
  await octokit.rest.checks.create({ ...inRepository, name: 'assay/rules', head_sha: sha, conclusion: 'success' });
  expect(await github.people.settleQueue(name)).toBe('merged');
  expect(github.view(repository, number).state).toBe('merged');
  const events = github.webhooks.sent.map(({ event, action }) => (action === null ? event : `${event}.${action}`));
  expect(events.slice(-8)).toEqual([
    'push',
    'pull_request.enqueued',
    'merge_group.checks_requested',
    'check_run.created',
    'check_run.completed',
    'merge_group.destroyed',
    'push',
    'pull_request.closed',
  ]);
  github.assertClean();
});
