import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { Probot } from 'probot';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { assayApp } from '../src/app.ts';
import type { ReceivedDelivery } from '../src/app.ts';

type Payload = ReturnType<typeof JSON.parse>;

const examples: readonly { name: string; examples: readonly Payload[] }[] = createRequire(import.meta.url)(
  '@octokit/webhooks-examples/api.github.com/index.json',
);
const captured = (name: string, action: string): Payload =>
  examples.find(event => event.name === name)?.examples.find(({ action: found }: Payload) => found === action);

const privateKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
  type: 'pkcs1',
  format: 'pem',
});

const calls: string[] = [];
const github = createServer((request, response) => {
  calls.push(`${request.method} ${request.url}`);
  response.writeHead(500).end();
});

beforeEach(async () => {
  calls.length = 0;
  await new Promise<void>(resolve => void github.listen(0, '127.0.0.1', resolve));
});
afterEach(() => new Promise(resolve => void github.close(resolve)));

/** Probot with the app in it; gives the way in for deliveries whose signature was verified. */
async function start(receive: (delivery: ReceivedDelivery) => Promise<unknown>) {
  const { port } = github.address() as AddressInfo;
  const probot = new Probot({ appId: 42, privateKey, baseUrl: `http://127.0.0.1:${port}`, logLevel: 'fatal' });
  await probot.load(
    assayApp({ receive, app: { appId: 42, appSlug: 'assay' }, now: () => new Date('2026-05-01T00:00:00Z') }),
  );
  return (delivery: { id: string; name: string; payload: Payload }) =>
    probot.receive(delivery as Parameters<Probot['receive']>[0]);
}

describe('the app', () => {
  test('hands a delivery with its jobs to the inbox, and asks GitHub nothing', async () => {
    const received: ReceivedDelivery[] = [];
    const deliver = await start(async delivery => received.push(delivery));
    const payload = captured('pull_request', 'synchronize');
    await deliver({ id: 'guid-1', name: 'pull_request', payload });
    expect(received).toEqual([
      {
        guid: 'guid-1',
        event: 'pull_request',
        bodyHash: expect.stringMatching(/^[0-9a-f]{40}$/),
        receivedAt: new Date('2026-05-01T00:00:00Z'),
        jobs: [expect.objectContaining({ type: 'review', number: payload.number })],
      },
    ]);
    expect(calls).toEqual([]);
  });

  test('keeps nothing of an event that asks for nothing', async () => {
    const received: ReceivedDelivery[] = [];
    const deliver = await start(async delivery => received.push(delivery));
    await deliver({ id: 'guid-1', name: 'pull_request', payload: captured('pull_request', 'labeled') });
    expect(received).toEqual([]);
  });

  test('an uninstalled App’s last delivery is received too', async () => {
    const received: ReceivedDelivery[] = [];
    const deliver = await start(async delivery => received.push(delivery));
    await deliver({ id: 'guid-1', name: 'installation', payload: captured('installation', 'deleted') });
    await deliver({ id: 'guid-2', name: 'installation', payload: captured('installation', 'suspend') });
    expect(received.map(({ jobs }) => jobs[0]?.type)).toEqual(['forget']);
    expect(calls).toEqual([]);
  });

  test('fails when the inbox fails, so that GitHub hears of it', async () => {
    const deliver = await start(() => Promise.reject(new Error('disk full')));
    const payload = captured('pull_request', 'opened');
    await expect(
      deliver({ id: 'guid-1', name: 'pull_request', payload: { installation: { id: 1 }, ...payload } }),
    ).rejects.toThrow('disk full');
  });

  test('fails on a payload that is not what GitHub describes', async () => {
    const deliver = await start(async () => undefined);
    await expect(
      deliver({ id: 'guid-1', name: 'pull_request', payload: { installation: { id: 1 }, action: 'opened' } }),
    ).rejects.toThrow('number');
  });
});
