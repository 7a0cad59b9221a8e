import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test, vi } from 'vitest';
import { Gone, RateLimited } from '../../src/core/trouble.ts';
import { Refused, Transient } from '../../src/github/errors.ts';
import { connectGitHub } from '../../src/github/octokit.ts';
import { leaf, name, world } from './world.ts';

describe('reads', () => {
  test('are tried again when GitHub stumbles, and each try counts', async () => {
    await using here = await world();
    const ref = await here.open({ [leaf]: 'x\n' });
    here.github.fault({ method: 'GET', times: 2, respond: { status: 502 } });
    expect(await here.port.loadHead(ref)).toMatchObject({ state: 'open' });
    here.github.fault({ path: '/graphql', dropConnection: true });
    expect(await here.port.loadCommentStates(ref.repository, [])).toEqual(new Map());
    expect(here.port.counts()).toEqual({ reads: 3, unchanged: 0, writes: 0 });
  });

  test('are trouble when GitHub is down', async () => {
    await using here = await world();
    here.github.fault({ method: 'GET', times: 9, respond: { status: 503 } });
    await expect(here.port.loadHead(here.ref(1))).rejects.toBeInstanceOf(Transient);
    expect(here.port.counts().reads).toBe(3);
  });
});

describe('writes', () => {
  test('are never repeated blindly', async () => {
    await using here = await world();
    const ref = await here.open({ [leaf]: 'x\n' });
    here.github.fault({ method: 'POST', path: /\/comments$/, respond: { status: 500 }, afterEffect: true });
    await here.port
      .apply(ref, { type: 'create_comment', body: 'No marker: it will not be found.' })
      .catch(() => undefined);
    const sent = here.requests().filter(request => request.startsWith('POST') && request.endsWith('/comments'));
    expect(sent).toHaveLength(1);
    expect(here.port.counts().writes).toBe(1);
  });

  test('a mutation is one', async () => {
    await using here = await world();
    here.github.fault({ path: '/graphql', times: 9, respond: { status: 502 } });
    await expect(here.port.apply(here.ref(1), { type: 'minimize_review_comment', nodeId: 'x' })).rejects.toBeInstanceOf(
      Transient,
    );
    expect(here.port.counts()).toEqual({ reads: 0, unchanged: 0, writes: 1 });
  });
});

describe('a rate limit', () => {
  const limits = [
    { what: 'that says when', status: 429, headers: { 'retry-after': '120' }, seconds: 120 },
    {
      what: 'of a kind that says it in the message',
      status: 403,
      message: 'You have exceeded a secondary rate limit.',
      headers: {},
      seconds: 60,
    },
    { what: 'that asks for more than an hour', status: 403, headers: { 'retry-after': '999999' }, seconds: 3600 },
  ] as const;
  test.for(limits)('$what goes back to the queue with a time', async ({ status, headers, seconds, ...more }) => {
    const now = new Date('2026-05-01T12:00:00Z');
    await using here = await world({ settings: { now: () => now } });
    here.github.fault({ respond: { status, headers, ...more } });
    const error = await here.port.loadHead(here.ref(1)).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(RateLimited);
    expect(error instanceof RateLimited && error.retryAt).toEqual(new Date(now.getTime() + seconds * 1000));
  });

  test('of the hour lasts until it is over', async () => {
    await using here = await world({ rateLimit: { primary: 5 } });
    const open = async () => here.port.listOpenPullRequests(here.repository);
    const error = await Promise.all(Array.from({ length: 9 }, open)).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(RateLimited);
    const minutes = error instanceof RateLimited ? (error.retryAt.getTime() - Date.now()) / 60_000 : 0;
    expect(minutes).toBeGreaterThan(50);
    expect(minutes).toBeLessThanOrEqual(60);
  });

  test.for([{ isPaced: true }, { isPaced: false }])(
    'of GraphQL comes with status 200 ($isPaced)',
    async ({ isPaced }) => {
      const now = new Date();
      const reset = Math.ceil(now.getTime() / 1000) + 600;
      await using odd = await oddServer((request, response) => {
        const isToken = request.url?.endsWith('/access_tokens') === true;
        response.writeHead(isToken ? 201 : 200, {
          'content-type': 'application/json',
          'x-ratelimit-remaining': '0',
          'x-ratelimit-reset': String(reset),
        });
        const token = { token: 'ghs_x', expires_at: new Date(now.getTime() + 3600_000), permissions: {} };
        response.end(
          JSON.stringify(isToken ? token : { errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }] }),
        );
      });
      for (const baseUrl of [odd.baseUrl, odd.baseUrl.replace('/api/v3', '')]) {
        const settings = { appId: 1, privateKey: await appKey(), baseUrl, isPaced, now: () => now };
        const { octokit } = connectGitHub(settings).forInstallation(7);
        const error = await octokit.graphql('{ viewer { login } }').catch((caught: unknown) => caught);
        expect(error).toBeInstanceOf(RateLimited);
        expect(error instanceof RateLimited && error.retryAt).toEqual(new Date((reset + 1) * 1000));
      }
    },
  );
});

describe('a refusal', () => {
  test('keeps its status, and tells no secret', async () => {
    await using here = await world();
    const secret = `ghs_4711_eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.${'c2ln'.repeat(9)}`;
    here.github.fault({ respond: { status: 422, message: `Bad token ${secret}` } });
    const error = await here.port.loadHead(here.ref(1)).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(Refused);
    expect(error).toMatchObject({ status: 422 });
    expect(String(error)).toContain('[redacted]');
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('eyJ');
  });

  test('because the repository was archived means that it is gone', async () => {
    await using here = await world();
    const ref = await here.open({ [leaf]: 'x\n' });
    here.github.fault({
      method: 'POST',
      path: /\/comments$/,
      respond: { status: 403, message: 'Repository was archived so is read-only.' },
    });
    await expect(here.port.apply(ref, { type: 'create_comment', body: 'x' })).rejects.toBeInstanceOf(Gone);
  });

  test('of a credential that GitHub does not know is no silence', async () => {
    await using here = await world();
    const stranger = connectGitHub({ appId: 99, privateKey: here.github.app.privateKey, baseUrl: here.github.apiUrl });
    await expect(stranger.asApp.octokit.rest.apps.getAuthenticated()).rejects.toThrow(/40[14]/);
  });
});

const appKey = async (): Promise<string> => (await world()).github.app.privateKey;

/** A server that answers what GitHub never would. */
async function oddServer(listener: RequestListener) {
  const server = createServer(listener);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/api/v3`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

describe('an answer that is none', () => {
  test('such as a page of a proxy is trouble, not an empty list', async () => {
    await using odd = await oddServer((_, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<p>busy'),
    );
    const { octokit } = connectGitHub({ appId: 1, privateKey: await appKey(), baseUrl: odd.baseUrl }).asApp;
    await expect(octokit.rest.apps.listInstallations()).rejects.toThrow('not JSON');
  });

  test('such as one that breaks off is trouble', async () => {
    await using odd = await oddServer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '99' });
      response.write('[{"id":');
      setImmediate(() => response.destroy());
    });
    const { octokit } = connectGitHub({ appId: 1, privateKey: await appKey(), baseUrl: odd.baseUrl }).asApp;
    await expect(octokit.rest.apps.listInstallations()).rejects.toBeInstanceOf(Transient);
  });

  test('such as one that never comes ends in time', async () => {
    await using odd = await oddServer(() => undefined);
    const { octokit } = connectGitHub({
      appId: 1,
      privateKey: await appKey(),
      baseUrl: odd.baseUrl,
      timeoutMs: 20,
    }).asApp;
    await expect(octokit.rest.apps.listInstallations()).rejects.toBeInstanceOf(Transient);
  });
});

test('one installation makes one token for all its clients', async () => {
  await using here = await world();
  const ref = await here.open({ [leaf]: 'x\n' });
  const other = here.connection.forInstallation(here.installation.id);
  await here.port.loadHead(ref);
  await other.octokit.rest.issues.listComments({ owner: 'instruct', repo: 'taxonomy', issue_number: ref.number });
  expect(here.github.exchanges.filter(({ path }) => path.endsWith('/access_tokens'))).toHaveLength(1);
  expect([here.port.counts(), other.counts()]).toEqual([
    { reads: 1, unchanged: 0, writes: 0 },
    { reads: 1, unchanged: 0, writes: 0 },
  ]);
});

test('a token is made again before it ends', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  try {
    await using here = await world();
    const ref = await here.open({ [leaf]: 'x\n' });
    await here.port.loadHead(ref);
    vi.setSystemTime(Date.now() + 61 * 60_000);
    expect(await here.port.loadHead(ref)).toBeDefined();
    expect(here.github.exchanges.filter(({ status }) => status === 401)).toEqual([]);
  } finally {
    vi.useRealTimers();
  }
});

/** Does the work while time runs fast. */
async function inFastTime<T>(work: () => Promise<T>): Promise<T> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  const running = { isDone: false };
  const result = work().finally(() => (running.isDone = true));
  try {
    while (!running.isDone) {
      await vi.advanceTimersByTimeAsync(20);
      await new Promise(resolve => setImmediate(resolve));
    }
    return await result;
  } finally {
    vi.useRealTimers();
  }
}

test('with GitHub itself, writes are a second apart', async () => {
  await using here = await world({ settings: { isPaced: true } });
  const ref = await here.open({ [leaf]: 'x\n' });
  const commentId = await here.people.comment({ repository: name, number: ref.number, by: 'ann', body: 'x' });
  const sent: number[] = [];
  here.github.on('before', ({ path }) => {
    if (path.includes('/reactions')) sent.push(performance.now());
  });
  await Promise.all(
    (['eyes', 'confused'] as const).map(reaction => here.port.apply(ref, { type: 'react', commentId, reaction })),
  );
  expect((sent[1] ?? 0) - (sent[0] ?? 0)).toBeGreaterThan(900);
});

test('with GitHub itself, a short limit is waited out, a long one is not', async () => {
  const [short, long] = await inFastTime(async () => {
    await using here = await world({ settings: { isPaced: true } });
    const ref = await here.open({ [leaf]: 'x\n' });
    const ask = () => here.port.loadHead(ref).catch((error: unknown) => error);
    const message = 'You have exceeded a secondary rate limit.';
    here.github.fault({ respond: { status: 403, message, headers: { 'retry-after': '3' } } });
    const waited = await ask();
    here.github.fault({ respond: { status: 403, message, headers: { 'retry-after': '90' } } });
    return [waited, await ask()];
  });
  expect(short).toMatchObject({ state: 'open' });
  expect(long).toBeInstanceOf(RateLimited);
});
