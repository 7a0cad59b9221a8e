import { expect, test } from 'vitest';
import { inRepository, openPullRequest, refused, repository, simulate } from './simulation.ts';

test('comments of the App say so, and keep to 65,536 characters', async () => {
  await using world = await simulate();
  const { github, octokit } = world;
  const { issue, name } = await openPullRequest(github);
  const { data } = await octokit.rest.issues.createComment({ ...issue, body: 'x'.repeat(65_536) });
  expect(data).toMatchObject({
    user: { login: github.app.bot.login, type: 'Bot' },
    performed_via_github_app: { id: github.app.id },
  });
  expect(await refused(octokit.rest.issues.createComment({ ...issue, body: 'x'.repeat(65_537) }))).toMatchObject({
    status: 422,
  });
  const update = (id: number, body: string) =>
    octokit.rest.issues.updateComment({ ...inRepository, comment_id: id, body });
  expect(await refused(update(data.id, 'x'.repeat(65_537)))).toMatchObject({ status: 422 });
  await update(data.id, 'short');
  const theirs = await github.people.comment({ ...name, by: 'ann', body: 'hello' });
  expect(await refused(update(theirs, 'mine now'))).toMatchObject({ status: 403 });
  await github.people.commentAsApp({ ...name, app: 'other', body: 'I am a bot too' });
  const list = (await octokit.rest.issues.listComments(issue)).data;
  expect(list.map(({ user, body, performed_via_github_app: app }) => [user?.login, body, app?.slug])).toEqual([
    [github.app.bot.login, 'short', github.app.slug],
    ['ann', 'hello', undefined],
    ['other[bot]', 'I am a bot too', 'other'],
  ]);
  await octokit.rest.issues.deleteComment({ ...inRepository, comment_id: data.id });
  expect(await refused(update(data.id, 'gone'))).toMatchObject({ status: 404 });
  github.assertClean();
});

test('a reaction is there once, and the second time it is 200', async () => {
  await using world = await simulate();
  const { github, octokit } = world;
  const { name } = await openPullRequest(github);
  const comment_id = await github.people.comment({ ...name, by: 'ann', body: '/assay review' });
  const react = () => octokit.rest.reactions.createForIssueComment({ ...inRepository, comment_id, content: 'eyes' });
  const [first, second] = [await react(), await react()];
  expect([first.status, second.status]).toEqual([201, 200]);
  expect(second.data.id).toBe(first.data.id);
  github.people.react({ repository, id: comment_id, by: 'mara', content: 'eyes' });
  const { data } = await octokit.rest.reactions.listForIssueComment({ ...inRepository, comment_id, content: 'eyes' });
  expect(data.map(({ user }) => user?.login)).toEqual([github.app.bot.login, 'mara']);
  await octokit.rest.reactions.deleteForIssueComment({ ...inRepository, comment_id, reaction_id: first.data.id });
  github.assertClean();
});

test('labels: made when first used, told apart without case, 404 when not there, 422 when made twice', async () => {
  await using world = await simulate();
  const { github, octokit } = world;
  const { issue } = await openPullRequest(github);
  const add = await octokit.rest.issues.addLabels({ ...issue, labels: ['skill', 'Skill', 'triage-needed'] });
  expect(add.data.map(({ name }) => name)).toEqual(['skill', 'triage-needed']);
  const create = (name: string) =>
    octokit.rest.issues.createLabel({ ...inRepository, name, color: 'ff0000', description: 'red' });
  expect(await refused(create('SKILL'))).toMatchObject({
    status: 422,
    message: expect.stringContaining('already_exists'),
  });
  expect(await refused(create('x'.repeat(51)))).toMatchObject({ status: 422 });
  expect((await create('fresh')).status).toBe(201);
  expect((await octokit.rest.issues.listLabelsForRepo(inRepository)).data).toHaveLength(3);
  const [listed] = (await octokit.rest.pulls.list(inRepository)).data;
  expect(listed?.labels[0]).toMatchObject({ name: 'skill', description: null });
  await octokit.rest.issues.removeLabel({ ...issue, name: 'skill' });
  expect(await refused(octokit.rest.issues.removeLabel({ ...issue, name: 'skill' }))).toMatchObject({ status: 404 });
  expect((await octokit.rest.issues.listLabelsOnIssue(issue)).data.map(({ name }) => name)).toEqual(['triage-needed']);
  github.assertClean();
});

test('the timeline tells who touched a label, and when', async () => {
  let now = Date.parse('2026-03-01T10:00:00Z');
  await using world = await simulate({ now: () => now });
  const { github, octokit } = world;
  const { issue, name } = await openPullRequest(github);
  await octokit.rest.issues.addLabels({ ...issue, labels: ['triage-needed'] });
  now += 60_000;
  await github.people.removeLabel({ ...name, by: 'tom', label: 'triage-needed' });
  const { data } = await octokit.rest.issues.listEvents(issue);
  const told = data.map(event => [
    event.event,
    event.actor?.login,
    event.created_at,
    'label' in event ? event.label?.name : undefined,
  ]);
  expect(told).toEqual([
    ['labeled', github.app.bot.login, '2026-03-01T10:00:00Z', 'triage-needed'],
    ['unlabeled', 'tom', '2026-03-01T10:01:00Z', 'triage-needed'],
  ]);
  const timeline = await octokit.rest.issues.listEventsForTimeline(issue);
  expect(timeline.data.map(({ event }) => event)).toEqual(['committed', 'labeled', 'unlabeled']);
  github.assertClean();
});

test('a locked conversation takes no comment of ours', async () => {
  await using world = await simulate();
  const { github, octokit } = world;
  const { issue, name } = await openPullRequest(github);
  github.people.lock(name);
  expect(await refused(octokit.rest.issues.createComment({ ...issue, body: 'x' }))).toMatchObject({ status: 403 });
});
