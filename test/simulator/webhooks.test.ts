import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { once } from 'node:events';
import examples from '@octokit/webhooks-examples' with { type: 'json' };
import { expect, test } from 'vitest';
import { inRepository, openPullRequest, repository, simulate } from './simulation.ts';

type Received = { event: string; action: string; guid: string; isSigned: boolean };

/** An App that only listens, and answers as it is told. */
async function listen(secret: string, answer: (received: Received) => number | Promise<number> = () => 200) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
      const { action = '' } = JSON.parse(body.toString()) as { action?: string };
      const one = {
        event: String(request.headers['x-github-event']),
        action,
        guid: String(request.headers['x-github-delivery']),
        isSigned: request.headers['x-hub-signature-256'] === signature,
      };
      received.push(one);
      void Promise.resolve(answer(one)).then(status => response.writeHead(status).end('thanks'));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    received,
    url: `http://127.0.0.1:${address.port}/webhooks`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

test('what people do reaches the App, signed, and is in the log', async () => {
  await using world = await simulate();
  const { github, appOctokit } = world;
  await using app = await listen(github.app.webhookSecret);
  github.webhooks.url = app.url;
  const { name } = await openPullRequest(github, { fork: true });
  await github.people.push({ ...name, files: { x: 'x' } });
  const id = await github.people.comment({ ...name, by: 'mara', body: '/assay help' });
  await github.people.editComment({ repository, id, by: 'mara', body: '/assay review' });
  await github.people.deleteComment({ repository, id, by: 'mara' });
  await github.people.addLabel({ ...name, by: 'mara', label: 'skill' });
  await github.people.close({ ...name, by: 'ann' });
  expect(app.received.map(({ event, action }) => `${event}.${action}`)).toEqual([
    'pull_request.opened',
    'pull_request.synchronize',
    'issue_comment.created',
    'issue_comment.edited',
    'issue_comment.deleted',
    'pull_request.labeled',
    'pull_request.closed',
  ]);
  expect(app.received.every(({ isSigned }) => isSigned)).toBe(true);
  const { data } = await appOctokit.rest.apps.listWebhookDeliveries({ per_page: 3 });
  expect(data.map(({ event, action, status_code: code }) => [event, action, code])).toEqual([
    ['pull_request', 'closed', 200],
    ['pull_request', 'labeled', 200],
    ['issue_comment', 'deleted', 200],
  ]);
  const all = await appOctokit.paginate(appOctokit.rest.apps.listWebhookDeliveries, { per_page: 3 });
  expect(all).toHaveLength(7);
  github.assertClean();
});

test("GitHub's own test vector of a signature", () => {
  const signature = createHmac('sha256', "It's a Secret to Everybody").update('Hello, World!').digest('hex');
  expect(signature).toBe('757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17');
});

test('a failed delivery is not tried again by itself; asked for, it comes under the same GUID', async () => {
  await using world = await simulate();
  const { github, appOctokit } = world;
  let status = 500;
  await using app = await listen(github.app.webhookSecret, () => status);
  github.webhooks.url = app.url;
  await openPullRequest(github, { fork: true });
  expect(app.received).toHaveLength(1);
  const { data: failed } = await appOctokit.rest.apps.listWebhookDeliveries();
  expect(failed).toMatchObject([{ status_code: 500, redelivery: false }]);
  status = 200;
  await appOctokit.rest.apps.redeliverWebhookDelivery({ delivery_id: failed[0]?.id ?? 0 });
  await github.webhooks.settled();
  expect(app.received).toHaveLength(2);
  expect(app.received[1]?.guid).toBe(app.received[0]?.guid);
  const { data: after } = await appOctokit.rest.apps.listWebhookDeliveries();
  expect(after).toMatchObject([{ status_code: 200, redelivery: true }, { status_code: 500 }]);
  const { data: one } = await appOctokit.rest.apps.getWebhookDelivery({ delivery_id: failed[0]?.id ?? 0 });
  expect(one.request.headers).toMatchObject({ 'x-github-event': 'pull_request' });
  github.assertClean();
});

test('deliveries get lost, come twice, come late and the wrong way round', async () => {
  await using world = await simulate();
  const { github } = world;
  await using app = await listen(github.app.webhookSecret);
  github.webhooks.url = app.url;
  const seen = () => app.received.splice(0).map(({ action }) => action);
  const { name } = await openPullRequest(github, { fork: true });
  expect(seen()).toEqual(['opened']);
  const label = (text: string) => github.people.addLabel({ ...name, by: 'mara', label: text });
  github.webhooks.dropNext();
  await label('a');
  expect([seen(), github.webhooks.deliveries.length]).toEqual([[], 1]);
  github.webhooks.failNext(1, 0);
  await label('b');
  expect([seen(), github.webhooks.deliveries.at(-1)?.statusCode]).toEqual([[], 0]);
  github.webhooks.mode = 'duplicate';
  await label('c');
  expect(seen()).toEqual(['labeled', 'labeled']);
  github.webhooks.mode = 'hold';
  await label('d');
  await github.people.close({ ...name, by: 'ann' });
  expect(seen()).toEqual([]);
  await github.webhooks.release('reversed');
  expect(seen()).toEqual(['closed', 'labeled']);
});

test('an App that does not answer in time, or at all, is in the log as well', async () => {
  await using world = await simulate({ webhooks: { timeout: 50 } });
  const { github } = world;
  await using app = await listen(github.app.webhookSecret, () => new Promise<number>(() => {}));
  github.webhooks.url = app.url;
  await openPullRequest(github, { fork: true });
  expect(github.webhooks.deliveries.at(-1)).toMatchObject({ statusCode: 0, status: 'timed out' });
  github.webhooks.url = 'http://127.0.0.1:9/';
  await openPullRequest(github, { fork: true, author: 'bob' });
  expect(github.webhooks.deliveries.at(-1)).toMatchObject({ statusCode: 0, status: 'failed to connect to host' });
});

test('a re-run names no pull request at its top, and for a fork none at all', async () => {
  await using world = await simulate();
  const { github, octokit } = world;
  const { name, head, number } = await openPullRequest(github, { fork: true });
  const actions = [{ label: 'Re-review', description: 'Look again', identifier: 'review' }];
  await octokit.rest.checks.create({
    ...inRepository,
    name: 'assay/rules',
    head_sha: head(),
    external_id: `#${number}`,
    actions,
  });
  await github.people.rerunCheck({ ...name, by: 'ann', check: 'assay/rules' });
  await github.people.pressButton({ ...name, by: 'ann', check: 'assay/rules', button: 'review' });
  await github.people.rerunSuite({ ...name, by: 'ann' });
  await expect(github.people.pressButton({ ...name, by: 'ann', check: 'assay/rules', button: 'no' })).rejects.toThrow(
    'no button',
  );
  const [rerun, pressed, suite] = github.webhooks.sent.slice(-3);
  expect(rerun?.payload).not.toHaveProperty('pull_request');
  expect(rerun?.payload).toMatchObject({
    action: 'rerequested',
    check_run: { external_id: '#1', pull_requests: [], check_suite: { head_branch: null } },
  });
  expect(pressed?.payload).toMatchObject({ requested_action: { identifier: 'review' } });
  expect(suite?.payload).toMatchObject({ check_suite: { head_sha: head(), pull_requests: [] } });
  github.assertClean();
});

test('installations come and go; what is not covered is not heard of', async () => {
  await using world = await simulate();
  const { github } = world;
  const before = github.webhooks.sent.length;
  await github.uninstall('instruct');
  await openPullRequest(github, { fork: true });
  await github.install('instruct', { repositories: [] });
  await openPullRequest(github, { fork: true, author: 'bob' });
  await github.addToInstallation('instruct', ['taxonomy']);
  await openPullRequest(github, { fork: true, author: 'cid' });
  await github.suspend('instruct');
  await openPullRequest(github, { fork: true, author: 'dan' });
  await github.removeFromInstallation('instruct', ['taxonomy']);
  await github.ping();
  expect(github.webhooks.sent.slice(before).map(({ event, action }) => `${event}.${action}`)).toEqual([
    'installation.deleted',
    'installation.created',
    'installation_repositories.added',
    'pull_request.opened',
    'installation.suspend',
    'installation_repositories.removed',
    'ping.null',
  ]);
  github.assertClean();
});

type Tree = { readonly [key: string]: unknown };
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Keys that GitHub put into every captured payload of that kind, and that ours lacks. */
function missingKeys(payload: unknown, captured: readonly unknown[], path = ''): string[] {
  const [first, ...others] = captured.filter(isTree);
  if (first === undefined || !isTree(payload)) return [];
  return Object.keys(first)
    .filter(key => others.every(other => key in other))
    .flatMap(key => {
      if (!(key in payload)) return [`${path}${key}`];
      return missingKeys(
        payload[key],
        captured.flatMap(each => (isTree(each) ? [each[key]] : [])),
        `${path}${key}.`,
      );
    });
}

test('payloads have what captured ones have', async () => {
  await using world = await simulate();
  const { github, octokit } = world;
  const { name, head } = await openPullRequest(github);
  const { number: draft } = await openPullRequest(github, { draft: true, branch: 'other' });
  const actions = [{ label: 'Re-review', description: 'Look again', identifier: 'review' }];
  await octokit.rest.checks.create({ ...inRepository, name: 'x', head_sha: head(), conclusion: 'success', actions });
  await github.people.rerunCheck({ ...name, by: 'ann', check: 'x' });
  await github.people.pressButton({ ...name, by: 'ann', check: 'x', button: 'review' });
  await github.people.rerunSuite({ ...name, by: 'ann' });
  const id = await github.people.comment({ ...name, by: 'mara', body: 'x' });
  await github.people.editComment({ repository, id, by: 'mara', body: 'y' });
  await github.people.deleteComment({ repository, id, by: 'mara' });
  await github.people.push({ ...name, files: { z: 'z' } });
  await github.people.addLabel({ ...name, by: 'mara', label: 'l' });
  await github.people.removeLabel({ ...name, by: 'mara', label: 'l' });
  await github.people.edit({ ...name, by: 'ann', title: 'Better' });
  await github.people.markReady({ repository, number: draft, by: 'ann' });
  await github.people.convertToDraft({ repository, number: draft, by: 'ann' });
  await github.people.enqueue({ ...name, by: 'mara' });
  await github.people.merge({ ...name, by: 'mara' });
  await github.people.close({ repository, number: draft, by: 'ann' });
  await github.people.reopen({ repository, number: draft, by: 'ann' });
  // Captured before GitHub dropped or added them, or only of accounts of another kind.
  const outdated =
    /^installation\.(?!id|node_id)|(^|\.)(template_repository|organization|user_view_type|permissions(\..+)?|events|client_id|slug|reactions|draft)$|rerequestable|runs_rerequestable/;
  for (const { event, action, payload } of github.webhooks.sent) {
    const all =
      (examples as unknown as { name: string; examples: readonly Tree[] }[]).find(each => each.name === event)
        ?.examples ?? [];
    const captured = all.filter(each => (action === null || each['action'] === action) && !('installation' in each));
    const alike = captured.length > 0 ? captured : all.filter(each => each['action'] === action);
    expect(
      missingKeys(payload, alike).filter(key => !outdated.test(key)),
      `${event}.${action}`,
    ).toEqual([]);
  }
  github.assertClean();
});
