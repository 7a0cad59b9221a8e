import { generateKeyPairSync } from 'node:crypto';
import nock from 'nock';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { describeApp } from '../../src/github/installations.ts';
import { connectGitHub } from '../../src/github/octokit.ts';
import { RateLimited } from '../../src/core/trouble.ts';

const privateKey = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
}).privateKey;

const NOON = new Date('2026-03-01T12:00:00Z');

beforeAll(() => void (nock.isActive() || nock.activate()));
afterAll(() => nock.restore());
beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

const connect = () =>
  connectGitHub({ appId: 77, privateKey, baseUrl: 'https://api.github.com', isPaced: false, now: () => NOON });

describe('one exchange with GitHub', () => {
  test('as the App it goes to the configured host, with a token that is signed by the key and names the App', async () => {
    let authorization = '';
    const exchange = nock('https://api.github.com', { reqheaders: { 'user-agent': /^assay-taxonomy/ } })
      .matchHeader('authorization', value => (authorization = String(value)) !== '')
      .get('/app')
      .reply(200, { id: 77, slug: 'assay', permissions: { checks: 'write' }, events: ['push'] });

    expect(await describeApp(connect().asApp.octokit)).toMatchObject({ appId: 77, botLogin: 'assay[bot]' });
    expect(exchange.isDone()).toBe(true);
    const [, payload = ''] = /^bearer \S+\.(\S+)\.\S+$/i.exec(authorization) ?? [];
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({ iss: 77 });
  });

  test('told to wait two minutes, it does not wait here: the queue learns until when', async () => {
    nock('https://api.github.com')
      .get('/app')
      .reply(403, { message: 'You have exceeded a secondary rate limit.' }, { 'retry-after': '120' });

    const trouble: unknown = await describeApp(connect().asApp.octokit).catch((error: unknown) => error);
    expect(trouble).toBeInstanceOf(RateLimited);
    expect(trouble).toMatchObject({ retryAt: new Date('2026-03-01T12:02:00Z') });
  });
});
