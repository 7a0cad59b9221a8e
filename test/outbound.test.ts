import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { Transient } from '../src/github/errors.ts';
import { connectGitHub } from '../src/github/octokit.ts';
import { connectEmbeddings } from '../src/llm/connect-embeddings.ts';
import { connectModel } from '../src/llm/connect-model.ts';
import { reachOnly, Unreachable } from '../src/outbound.ts';
import { requestAbout } from './llm/request.ts';

/** A server on loopback, and what it was asked. */
async function serve(answer: RequestListener) {
  const heard: string[] = [];
  const server = createServer((request, response) => {
    heard.push(`${request.method} ${request.url}`);
    answer(request, response);
  }).listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, heard, [Symbol.asyncDispose]: async () => void server.close() };
}

const redirectTo =
  (location: (path: string) => string | undefined, status = 302): RequestListener =>
  ({ url = '' }, response) => {
    const to = location(url);
    if (to === undefined) response.end(`here: ${url}`);
    else response.writeHead(status, { location: to }).end();
  };

describe('what was not configured is not reached', () => {
  const places = [
    'https://evil.example/',
    'https://api.github.com.evil.example/',
    'https://api.github.com@evil.example/',
    'https://api.github.com:444/',
    'http://api.github.com/',
    'http://127.0.0.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://[::ffff:7f00:1]/',
    'http://[::1]/',
    'http://2130706433/',
    'file:///etc/passwd',
    'data:text/plain,x',
  ];

  test.each(places)('%s', async place => {
    await expect(reachOnly('https://api.github.com')(place)).rejects.toBeInstanceOf(Unreachable);
  });

  test('nor told of in the error', async () => {
    const error = await reachOnly('https://api.github.com')('https://evil.example/?token=ghs_x').catch(String);
    expect(error).toBe(
      'Unreachable: https://evil.example is not https://api.github.com, the only place that may be reached here',
    );
  });
});

describe('redirects', () => {
  test('to the same origin are gone after, to another never: it hears nothing', async () => {
    await using elsewhere = await serve((_, response) => response.end('secret of the network'));
    await using here = await serve(
      redirectTo(path => ({ '/old': '/new', '/away': `${elsewhere.url}/`, '/file': 'file:///etc/passwd' })[path]),
    );
    const reach = reachOnly(`${here.url}/api/v3`);
    expect(await (await reach(`${here.url}/old`)).text()).toBe('here: /new');
    await expect(reach(`${here.url}/away`)).rejects.toBeInstanceOf(Unreachable);
    await expect(reach(`${here.url}/file`)).rejects.toBeInstanceOf(Unreachable);
    expect((await reach(`${here.url}/away`, { redirect: 'manual' })).status).toBe(302);
    expect(elsewhere.heard).toEqual([]);
  });

  test('end', async () => {
    await using here = await serve(redirectTo(() => '/again'));
    await expect(reachOnly(here.url)(`${here.url}/`)).rejects.toThrow('without end');
    expect(here.heard).toHaveLength(4);
  });

  test('do not make a read of a write, whose answer would look like success', async () => {
    const to = (path: string) => (path === '/old' ? '/new' : undefined);
    await using moved = await serve(redirectTo(to, 301));
    const post = { method: 'POST', body: '{}' };
    await expect(reachOnly(moved.url)(`${moved.url}/old`, post)).rejects.toBeInstanceOf(Unreachable);
    await using kept = await serve(redirectTo(to, 307));
    await reachOnly(kept.url)(`${kept.url}/old`, post);
    expect([...moved.heard, ...kept.heard]).toEqual(['POST /old', 'POST /old', 'POST /new']);
  });
});

test('neither GitHub nor a model can send us on to another host', async () => {
  await using elsewhere = await serve((_, response) => response.end('{}'));
  await using here = await serve(redirectTo(path => elsewhere.url + path, 307));
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
  const { octokit } = connectGitHub({ appId: 1, privateKey: pem, baseUrl: here.url }).asApp;
  await expect(octokit.rest.apps.getAuthenticated()).rejects.toBeInstanceOf(Transient);
  const settings = { baseURL: here.url, apiKey: 'k', model: 'm' };
  expect((await connectModel({ ...settings, now: Date.now }).complete(requestAbout('Apple, pear.'))).outcome).toBe(
    'transport',
  );
  expect((await connectEmbeddings(settings).embed(['x'])).type).toBe('failed');
  expect(here.heard.length).toBeGreaterThan(1);
  expect(elsewhere.heard).toEqual([]);
});
