import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { MAX_CONNECTIONS } from '../../src/server/listen.ts';
import type { Listening } from '../../src/server/listen.ts';
import { startMetricsServer, startServer } from '../../src/server/server.ts';
import type { ServerSettings } from '../../src/server/server.ts';
import { isSigned } from '../../src/server/signature.ts';
import type { VerifiedDelivery } from '../../src/server/webhooks.ts';

const SECRET = 'new'.repeat(12);
const PREVIOUS = 'old'.repeat(12);
const sign = (body: string | Uint8Array, secret = SECRET): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

let server: Listening | undefined;
afterEach(() => server?.stop());

async function start(changes: Partial<ServerSettings> = {}) {
  const received: VerifiedDelivery[] = [];
  server = await startServer({
    address: { host: '127.0.0.1', port: 0, webhookPath: '/api/github/webhooks' },
    secrets: [SECRET, PREVIOUS],
    receive: async delivery => void received.push(delivery),
    isReady: async () => true,
    warn: () => undefined,
    ...changes,
  });
  const { url } = server;
  const send = (body: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${url}/api/github/webhooks`, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        'x-github-event': 'push',
        'x-github-delivery': 'guid-1',
        'x-hub-signature-256': sign(body),
        ...headers,
      },
    });
  return { url, received, send };
}

describe('signature', () => {
  const body = Buffer.from('Hello, World!');
  const official = 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17';

  test('GitHub’s own test vector passes', () => {
    expect(isSigned(body, official, ["It's a Secret to Everybody"])).toBe(true);
  });

  test.each([
    ['missing', undefined],
    ['empty', ''],
    ['of another secret', sign(body, 'other')],
    ['shorter', official.slice(0, -2)],
    ['longer', `${official}00`],
    ['in SHA-1 alone', `sha1=${createHmac('sha1', SECRET).update(body).digest('hex')}`],
    ['in capitals', official.toUpperCase()],
  ])('one that is %s does not', (_, signature) => {
    expect(isSigned(body, signature, ["It's a Secret to Everybody"])).toBe(false);
  });

  test('is over the bytes: invalid UTF-8 is not read as something else', () => {
    const bytes = Uint8Array.of(0x7b, 0xff, 0x7d);
    expect(isSigned(bytes, sign(bytes), [SECRET])).toBe(true);
    expect(isSigned(Buffer.from('{\ufffd}'), sign(bytes), [SECRET])).toBe(false);
  });
});

describe('webhook', () => {
  test('a signed delivery is received, then answered', async () => {
    const { received, send } = await start();
    expect((await send('{"ref":"x"}')).status).toBe(200);
    expect(received).toEqual([{ id: 'guid-1', name: 'push', payload: { ref: 'x' } }]);
  });

  test('while a secret is being replaced the previous one holds too', async () => {
    const { send } = await start();
    expect((await send('{}', { 'x-hub-signature-256': sign('{}', PREVIOUS) })).status).toBe(200);
    expect((await send('{}', { 'x-hub-signature-256': sign('{}', 'a stranger') })).status).toBe(401);
  });

  test('what is not signed is not parsed', async () => {
    const { received, send } = await start();
    expect((await send('not JSON', { 'x-hub-signature-256': sign('other') })).status).toBe(401);
    expect((await send('not JSON')).status).toBe(400);
    expect(received).toEqual([]);
  });

  test.each([
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['JSON by a misleading name', { 'content-type': 'application/jsonp' }, 415],
    ['JSON with a charset', { 'content-type': 'application/json; charset=utf-8' }, 200],
    ['an event that nobody handles', { 'x-github-event': 'sponsorship' }, 202],
    ['the ping after registration', { 'x-github-event': 'ping' }, 202],
    ['an event by the name of a prototype', { 'x-github-event': '__proto__' }, 202],
    ['no delivery id', { 'x-github-delivery': '' }, 400],
    ['an id that is none', { 'x-github-delivery': 'a b' }, 400],
  ])('%s is answered with its status', async (_, headers, status) => {
    const { send } = await start();
    expect((await send('{}', headers)).status).toBe(status);
  });

  const begin = async (url: string, head: string): Promise<string> => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write(`POST /api/github/webhooks HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${head}\r\n\r\n`);
    const [answer] = await once(socket, 'data');
    socket.destroy();
    return String(answer).split('\r\n', 1).join('');
  };

  test.each([
    ['no signature', 'Content-Length: 1000'],
    ['half a signature', 'X-Hub-Signature-256: sha256=00\r\nContent-Length: 1000'],
  ])('a body with %s is refused before it is sent', async (_, head) => {
    const { url } = await start();
    expect(await begin(url, head)).toMatch(/ 401 /);
  });

  test('bodies that are begun and never ended take only so much memory together', async () => {
    const { url, send } = await start({ maxBytesTogether: 1000 });
    const half = connect(Number(new URL(url).port), '127.0.0.1');
    half.on('error', () => undefined);
    const head = (length: number) => `X-Hub-Signature-256: ${sign('')}\r\nContent-Length: ${length}`;
    half.write(
      `POST /api/github/webhooks HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${head(900)}\r\n\r\n${'x'.repeat(500)}`,
    );
    await expect.poll(() => begin(url, head(600)), { interval: 5 }).toMatch(/ 503 /);
    expect((await send('{}')).status).toBe(200);
    half.destroy();
    await expect.poll(async () => (await send(`"${'x'.repeat(800)}"`)).status, { interval: 5 }).toBe(200);
  });

  test('a body that is announced too large is refused before it is sent', async () => {
    const { url } = await start();
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write(
      `POST /api/github/webhooks HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nX-Hub-Signature-256: ${sign('')}\r\nContent-Length: 30000000\r\n\r\n`,
    );
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1\.1 413 /);
    socket.destroy();
  });

  test('a body that grows too large is cut off, not kept', async () => {
    const { url } = await start();
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(
      `POST /api/github/webhooks HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nX-Hub-Signature-256: ${sign('')}\r\nTransfer-Encoding: chunked\r\n\r\n`,
    );
    const answered = once(socket, 'data').then(([data]) => String(data));
    const megabyte = `100000\r\n${'x'.repeat(0x100000)}\r\n`;
    let sent = 0;
    const isOver = Promise.race([answered, once(socket, 'close')]).then(() => true);
    for (let isDone = false; !isDone && sent < 100; sent++) {
      if (!socket.write(megabyte)) isDone = await Promise.race([once(socket, 'drain').then(() => false), isOver]);
    }
    const answer = await answered;
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(sent).toBeLessThan(60);
    socket.destroy();
  });

  test('when the inbox fails GitHub is told, so that the delivery is on record as failed', async () => {
    const { send } = await start({ receive: () => Promise.reject(new Error('disk full')) });
    const response = await send('{}');
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('disk');
  });

  test('when the inbox is too slow GitHub is told in time', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { send } = await start({ receive: () => promise, answerWithin: 50 });
    expect((await send('{}')).status).toBe(503);
    resolve();
  });

  test('other methods and paths lead nowhere', async () => {
    const { url } = await start();
    expect((await fetch(`${url}/api/github/webhooks`)).status).toBe(405);
    expect((await fetch(`${url}/`)).status).toBe(404);
    expect((await fetch(`${url}/probot`)).status).toBe(404);
  });
});

test('health and readiness are two things', async () => {
  let isReady = true;
  const { url } = await start({ isReady: async () => isReady });
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  isReady = false;
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  expect((await fetch(`${url}/readyz`)).status).toBe(503);
});

test('a database that throws is not ready', async () => {
  const { url } = await start({ isReady: () => Promise.reject(new Error('down')) });
  expect((await fetch(`${url}/readyz`)).status).toBe(503);
});

test('a port that is taken is said so in one sentence', async () => {
  const { url } = await start();
  const port = Number(new URL(url).port);
  await expect(
    startServer({
      address: { host: '127.0.0.1', port, webhookPath: '/' },
      secrets: [SECRET],
      receive: async () => undefined,
      isReady: async () => true,
      warn: () => undefined,
    }),
  ).rejects.toThrow(`Port ${port} is taken: set PORT to another.`);
});

describe('the metrics', () => {
  const read = async () => ({ contentType: 'text/plain; version=0.0.4', text: 'assay_jobs_waiting 0\n' });

  test('are there for who has the token, and for nobody else', async () => {
    const { url } = await start({ metrics: { read, token: 'a-token-of-16-chars' } });
    const ask = (headers: Record<string, string>) => fetch(`${url}/metrics`, { headers });
    for (const headers of [
      {},
      { authorization: 'Bearer a-token-of-16-char' },
      { authorization: 'a-token-of-16-chars' },
    ])
      expect((await ask(headers)).status).toBe(401);
    const answer = await ask({ authorization: 'Bearer a-token-of-16-chars' });
    expect(await answer.text()).toBe('assay_jobs_waiting 0\n');
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4');
  });

  test('are nowhere unless asked for, and alone on a port of their own', async () => {
    const { url } = await start();
    expect((await fetch(`${url}/metrics`)).status).toBe(404);
    const own = await startMetricsServer({ host: '127.0.0.1', port: 0 }, { read });
    expect((await fetch(`${own.url}/metrics`)).status).toBe(200);
    expect((await fetch(`${own.url}/api/github/webhooks`, { method: 'POST' })).status).toBe(404);
    await own.stop();
  });
});

test('every answer carries the headers that keep browsers from doing more than show it', async () => {
  const { url } = await start();
  const { headers } = await fetch(`${url}/healthz`);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
});

test('a connection too many is closed unread, and counted', async () => {
  let refused = 0;
  const { url } = await start({ refused: () => void refused++ });
  const port = Number(new URL(url).port);
  const open = Array.from({ length: MAX_CONNECTIONS }, () => connect(port, '127.0.0.1'));
  await Promise.all(open.map(socket => once(socket, 'connect')));
  const late = connect(port, '127.0.0.1');
  await once(late, 'close');
  expect(refused).toBe(1);
  for (const socket of open) socket.destroy();
});
