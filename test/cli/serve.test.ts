import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { startGitHub } from '../simulator/github.ts';
import type { GitHub } from '../simulator/github.ts';
import { lockFolder } from '../../src/store/folder-lock.ts';
import { soundSkill } from '../stories/contributions.ts';
import { startServeCommand, variablesFor } from '../stories/server-process.ts';
import { createDataFolder } from '../store/databases.ts';
import { runAssay } from './run-assay.ts';

let folder: string;
let github: GitHub;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-serve-'));
  github = await startGitHub();
});
afterAll(async () => {
  await github[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** `assay serve` with everything right but for these variables. */
const serveWith = (changed: Readonly<Record<string, string>>) =>
  runAssay(['serve'], { cwd: folder, env: { ...variablesFor(github, folder), ...changed } });

const oneSentence = /^assay: [^\n]+\.\n$/;

test.each([
  ['is missing', { WEBHOOK_SECRET: '' }, 'Set WEBHOOK_SECRET'],
  ['is the one that everybody knows', { WEBHOOK_SECRET: 'development' }, 'everyone knows "development"'],
  ['is too short', { WEBHOOK_SECRET: 'half-of-a-good-secret' }, 'at least 32 bytes'],
])('a webhook secret that %s is refused in one sentence', async (_, changed, remedy) => {
  const { code, out, err } = await serveWith(changed);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(oneSentence);
  expect(err).toContain(remedy);
});

test('in production, missing credentials are told in one sentence', async () => {
  const { code, err } = await serveWith({ NODE_ENV: 'production', APP_ID: '', PRIVATE_KEY: '', WEBHOOK_SECRET: '' });
  expect(code).toBe(2);
  expect(err).toMatch(oneSentence);
  expect(err).toContain('Set APP_ID, PRIVATE_KEY and WEBHOOK_SECRET');
});

test('a key of another App and a GitHub that does not answer are told in one line, with the remedy', async () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const other = await serveWith({ PRIVATE_KEY: privateKey.export({ type: 'pkcs1', format: 'pem' }) });
  expect(other).toEqual({
    code: 2,
    out: '',
    err: `assay: GitHub does not take the private key for App ${github.app.id}. Compare APP_ID with the page of the App and make a new private key there; the clock of this machine must be right, too.\n`,
  });
  const away = await serveWith({ GHE_HOST: '127.0.0.1:1' });
  expect(away.err).toMatch(/^assay: 127\.0\.0\.1:1 does not answer as GitHub does\. Check the network, and GHE_HOST/);
});

test('a data folder that another process has is refused in one sentence, under any of its names', async () => {
  const held = lockFolder(join(folder, 'data'));
  await symlink(join(folder, 'data'), join(folder, 'another-name'));
  const { code, err } = await serveWith({ ASSAY_DATA: join(folder, 'another-name') });
  held.release();
  expect(code).toBe(2);
  expect(err).toMatch(oneSentence);
  expect(err).toContain('Another process is using the data folder');
  expect(err).toContain('DATABASE_URL');
});

test.runIf(process.platform === 'linux')('a data folder that cannot be made is refused in one sentence', async () => {
  const { code, err } = await serveWith({ ASSAY_DATA: '/proc/assay/data' });
  expect(code).toBe(2);
  expect(err).toMatch(oneSentence);
  expect(err).toContain('The data folder /proc/assay/data cannot be made: set ASSAY_DATA');
});

test('a port that is taken is told in one sentence, before any job has begun', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  onTestFinished(() => void taken.close());
  const address = taken.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await createDataFolder(join(folder, 'beside'));
  const { code, out, err } = await serveWith({
    PORT: String(port),
    ASSAY_DATA: join(folder, 'beside'),
    LOG_LEVEL: 'info',
  });
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toBe(`assay: Port ${port} is taken: set PORT to another.\n`);
});

test('its log says in words what went wrong; told to stop, even as soon as it listens, it ends with 0', async () => {
  await createDataFolder(join(folder, 'fresh'));
  github.createRepository({ name: 'lantern/taxonomy', files: soundSkill('harbour cranes') });
  await github.install('lantern');
  await github.people.openPullRequest({
    repository: 'lantern/taxonomy',
    author: 'mira',
    title: 'Add a leaf',
    files: soundSkill('kites'),
  });
  github.fault({ path: '/repos/{owner}/{repo}/compare/{basehead}', times: 10, respond: { status: 502 } });

  const variables = { ...variablesFor(github, folder), ASSAY_DATA: join(folder, 'fresh') };
  const first = await startServeCommand(variables, folder);
  onTestFinished(() => void first.terminate());
  const trouble = () => first.log.find(({ msg }) => msg === 'trouble');
  await expect.poll(trouble, { timeout: 15_000 }).toMatchObject({ error: { message: expect.stringContaining('502') } });
  expect(await first.terminate()).toBe(0);

  const second = await startServeCommand(variables, folder);
  expect(await second.terminate()).toBe(0);
});
