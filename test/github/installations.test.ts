import { expect, test } from 'vitest';
import { listFailedDeliveries, redeliver } from '../../src/github/deliveries.ts';
import { listInstallations, listRepositories } from '../../src/github/installations.ts';
import { leaf, name, world } from './world.ts';

test('the App tells its name, its account and where it is installed', async () => {
  await using here = await world();
  expect(here.identity).toMatchObject({
    appId: here.github.app.id,
    slug: 'assay-simulated',
    botLogin: 'assay-simulated[bot]',
  });
  expect(here.identity.permissions).toMatchObject({ checks: 'write', contents: 'read' });
  await here.github.install('elsewhere');
  await here.github.suspend('elsewhere');
  expect(await listInstallations(here.connection.asApp.octokit)).toMatchObject([
    { id: here.installation.id, isSuspended: false, permissions: { checks: 'write' } },
    { isSuspended: true },
  ]);
  expect(await here.port.installedAt()).toBe(here.installation.createdAt);
  here.github.assertClean();
});

test('the repositories of an installation, on all pages', async () => {
  await using here = await world();
  for (let index = 0; index < 105; index++) here.github.createRepository({ name: `instruct/r${index}` });
  const repositories = await listRepositories(here.connection.forInstallation(here.installation.id).octokit);
  expect(repositories).toHaveLength(106);
  expect(repositories).toContainEqual(here.repository);
  here.github.assertClean();
});

test('webhooks that never arrived are found, once each, and asked for again', async () => {
  await using here = await world({ webhooks: { url: 'http://127.0.0.1:9/', timeout: 50 } });
  const app = here.connection.asApp.octokit;
  const ref = await here.open({ [leaf]: 'x\n' });
  await here.people.comment({ repository: name, number: ref.number, by: 'ann', body: '/assay review' });
  await here.github.webhooks.settled();
  const failed = await listFailedDeliveries(app, new Date(Date.now() - 60_000));

  const events = failed.map(({ event }) => event);
  expect(events).toContain('pull_request.opened');
  expect(events).toContain('issue_comment.created');
  expect(events.indexOf('pull_request.opened')).toBeLessThan(events.indexOf('issue_comment.created'));
  expect(await listFailedDeliveries(app, new Date(Date.now() + 60_000))).toEqual([]);

  const [first] = failed;
  if (first === undefined) throw new Error('nothing failed');
  await redeliver(app, first);
  await here.github.webhooks.settled();
  const again = await listFailedDeliveries(app, new Date(Date.now() - 60_000));
  expect(again.filter(({ guid }) => guid === first.guid)).toHaveLength(1);
  here.github.assertClean();
});
