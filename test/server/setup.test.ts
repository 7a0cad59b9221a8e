import { createHmac, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readEnvironment } from '../../src/config/environment.ts';
import { readEnvFile, updateEnvFile } from '../../src/server/env-file.ts';
import { startServer } from '../../src/server/server.ts';
import { startSetup } from '../../src/server/setup.ts';
import type { Setup } from '../../src/server/setup.ts';
import type { VerifiedDelivery } from '../../src/server/webhooks.ts';

const pem = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'pem' });

/** The one address of GitHub that the set-up may call. */
const calls: string[] = [];
const github = createServer((request, response) => {
  calls.push(`${request.method} ${request.url}`);
  const isGood = request.url === '/api/v3/app-manifests/good-code/conversions';
  const body = {
    id: 77,
    client_id: 'Iv1',
    client_secret: 'c'.repeat(40),
    webhook_secret: 'w'.repeat(40),
    pem,
    html_url: 'https://github.example.com/apps/assay',
  };
  response
    .writeHead(isGood ? 201 : 404, { 'content-type': 'application/json' })
    .end(isGood ? JSON.stringify(body) : '{}');
});

let folder: string;
let setup: Setup | undefined;

beforeEach(async () => {
  calls.length = 0;
  folder = mkdtempSync(join(tmpdir(), 'assay-setup-'));
  await new Promise<void>(resolve => void github.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  await setup?.stop();
  setup = undefined;
  await new Promise(resolve => void github.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

async function start(variables: Record<string, string> = {}): Promise<Setup> {
  const { port } = github.address() as AddressInfo;
  const environment = readEnvironment(
    { PORT: '0', GHE_HOST: `127.0.0.1:${port}`, GHE_PROTOCOL: 'http', ...variables },
    () => '',
  );
  setup = await startSetup({ environment, envFile: join(folder, '.env'), log: { info: () => undefined } });
  return setup;
}

const unescape = (text: string): string =>
  text.replaceAll('&quot;', '"').replaceAll('&amp;', '&').replaceAll('&#39;', "'");

async function readForm(pageUrl: string) {
  const page = await (await fetch(pageUrl)).text();
  const field = (name: string): string => unescape(new RegExp(`${name}="([^"]*)"`).exec(page)?.[1] ?? '');
  return { page, action: new URL(field('action')), manifest: JSON.parse(field('value')) };
}

describe('set-up', () => {
  test('a delivery to the address in the manifest is received once the App is registered', async () => {
    const { url, pageUrl, registered, stop } = await start();
    const { action, manifest } = await readForm(pageUrl);
    expect(action.pathname).toBe('/settings/apps/new');
    expect(calls).toEqual([]);

    const back = new URL(manifest.redirect_url);
    back.search = new URLSearchParams({ code: 'good-code', state: action.searchParams.get('state') ?? '' }).toString();
    const answer = await fetch(back, { redirect: 'manual' });
    expect(answer.headers.get('location')).toBe('https://github.example.com/apps/assay/installations/new');
    await registered;
    expect(calls).toEqual(['POST /api/v3/app-manifests/good-code/conversions']);
    await stop();
    setup = undefined;

    const port = new URL(url).port;
    const { credentials, server: address } = readEnvironment(
      { PORT: port, ...readEnvFile(join(folder, '.env')) },
      () => '',
    );
    expect(credentials).toEqual({ appId: 77, privateKey: pem, webhookSecrets: ['w'.repeat(40)] });
    const received: VerifiedDelivery[] = [];
    const server = await startServer({
      address,
      secrets: credentials?.webhookSecrets ?? [],
      receive: async delivery => void received.push(delivery),
      isReady: async () => true,
      warn: () => undefined,
    });
    // Not with fetch: it would take up its connection to the server that was there before.
    const delivered = request(manifest.hook_attributes.url, {
      method: 'POST',
      agent: false,
      headers: {
        'content-type': 'application/json',
        'x-github-event': 'pull_request',
        'x-github-delivery': 'guid-1',
        'x-hub-signature-256': `sha256=${createHmac('sha256', 'w'.repeat(40)).update('{}').digest('hex')}`,
      },
    });
    delivered.end('{}');
    const [{ statusCode }] = await once(delivered, 'response');
    await server.stop();
    expect(statusCode).toBe(200);
    expect(received).toHaveLength(1);
  });

  test('the manifest asks for what app.yml says, under the address that GitHub can reach', async () => {
    const { pageUrl, url } = await start({
      ASSAY_PUBLIC_URL: 'https://assay.example.org/',
      WEBHOOK_PATH: '/hooks/github',
    });
    const { manifest, page } = await readForm(pageUrl);
    expect(manifest).toMatchObject({
      name: 'Assay',
      public: false,
      hook_attributes: { url: 'https://assay.example.org/hooks/github' },
      redirect_url: 'https://assay.example.org/probot/setup',
      default_permissions: { checks: 'write', contents: 'read', merge_queues: 'read' },
    });
    expect(page).not.toContain('cannot reach');
    await setup?.stop();
    const local = await start();
    expect((await readForm(local.pageUrl)).page).toContain('GitHub cannot reach that address');
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  test('a channel is used only when it is named, and an organisation too', async () => {
    const { pageUrl } = await start({ WEBHOOK_PROXY_URL: 'https://smee.example.org/abc', GH_ORG: 'my-org' });
    const { manifest, action } = await readForm(pageUrl);
    expect(manifest.hook_attributes.url).toBe('https://smee.example.org/abc');
    expect(action.pathname).toBe('/organizations/my-org/settings/apps/new');
    expect(calls).toEqual([]);
  });

  test('a code that our form did not ask for is not taken: it could be the App of a stranger', async () => {
    const { url } = await start();
    expect((await fetch(`${url}/probot/setup?code=good-code`)).status).toBe(400);
    expect((await fetch(`${url}/probot/setup?code=good-code&state=${'0'.repeat(32)}`)).status).toBe(400);
    expect(calls).toEqual([]);
  });

  test.each([
    ['from this machine by its own name', {}],
    ['through a name that was made to point here', { host: 'evil.example:3000' }],
    ['with a header that claims this machine', { host: 'evil.example:3000', 'x-forwarded-host': 'localhost' }],
    ['through a proxy on this machine', { 'x-forwarded-host': 'assay.example.org', 'x-forwarded-proto': 'https' }],
  ])('without its key nobody gets the page, %s', async (_, headers) => {
    const { url, pageUrl } = await start();
    const asked = request(`${url}/probot`, { headers });
    asked.end();
    const [answer] = await once(asked, 'response');
    expect(answer.statusCode).toBe(403);
    const page = (await answer.toArray()).join('');
    expect(page).not.toContain(new URL(pageUrl).searchParams.get('key'));
  });

  test('behind a proxy the webhook is at the address that the owner’s browser used', async () => {
    const { pageUrl } = await start();
    const page = await fetch(pageUrl, {
      headers: { 'x-forwarded-host': 'assay.example.org', 'x-forwarded-proto': 'https' },
    });
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('https://assay.example.org/api/github/webhooks');
  });

  test('when GitHub refuses the code nothing is saved and the page says what to do', async () => {
    const { url, pageUrl } = await start();
    const state = new URL(pageUrl).searchParams.get('key') ?? '';
    const answer = await fetch(`${url}/probot/setup?code=bad-code&state=${state}`);
    expect(answer.status).toBe(502);
    expect(readEnvFile(join(folder, '.env'))).toEqual({});
  });
});

test('credentials are added to .env for its owner alone, and other lines stay', () => {
  const file = join(folder, '.env');
  writeFileSync(file, '# mine\nPORT=4000\nAPP_ID=1\n', { mode: 0o644 });
  updateEnvFile(file, { APP_ID: '2', PRIVATE_KEY: 'a\nb\n' });
  expect(readFileSync(file, 'utf8')).toBe('# mine\nPORT=4000\nAPP_ID="2"\nPRIVATE_KEY="a\\nb"\n');
  expect(readEnvFile(file)).toEqual({ PORT: '4000', APP_ID: '2', PRIVATE_KEY: 'a\nb' });
  expect(statSync(file).mode & 0o777).toBe(0o600);
});
