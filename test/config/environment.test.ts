import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { readEnvironment } from '../../src/config/environment.ts';
import { Misconfigured } from '../../src/config/variables.ts';

const PEM = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'pem' });
const SECRET = 'a'.repeat(32);
const app = { APP_ID: '123', PRIVATE_KEY: PEM, WEBHOOK_SECRET: SECRET };

const noFile = (path: string): string => {
  throw new Error(`no ${path}`);
};
const read = (variables: Record<string, string | undefined>, readFile = noFile) => readEnvironment(variables, readFile);

const refusal = (variables: Record<string, string | undefined>): string => {
  try {
    read(variables);
  } catch (error) {
    if (error instanceof Misconfigured) return error.message;
  }
  throw new Error('It was not refused.');
};

test('an empty environment gives a development server on loopback with the embedded database and no judge', () => {
  expect(read({})).toEqual({
    isProduction: false,
    role: 'all',
    logLevel: 'info',
    github: { webUrl: 'https://github.com', apiUrl: 'https://api.github.com' },
    server: { host: '127.0.0.1', port: 3000, webhookPath: '/api/github/webhooks' },
    setup: {},
    database: { dataDir: '.assay/data' },
    isReadOnly: false,
  });
});

test('a process of one role needs a database that others can share', () => {
  const DATABASE_URL = 'postgres://assay@127.0.0.1/assay';
  expect(read({ ASSAY_ROLE: 'web', DATABASE_URL }).role).toBe('web');
  expect(refusal({ ASSAY_ROLE: 'worker' })).toMatch(/^Set DATABASE_URL for a process that is worker alone: .*\.$/);
  expect(refusal({ ASSAY_ROLE: 'both', DATABASE_URL })).toBe('Set ASSAY_ROLE to all, web or worker.');
});

describe('credentials', () => {
  test('are taken in every form that Probot takes them', () => {
    const forms = [PEM, PEM.replaceAll('\n', '\\n'), Buffer.from(PEM).toString('base64')];
    for (const PRIVATE_KEY of forms) {
      expect(read({ ...app, PRIVATE_KEY }).credentials).toEqual({
        appId: 123,
        privateKey: PEM,
        webhookSecrets: [SECRET],
      });
    }
    const fromFile = read({ ...app, PRIVATE_KEY: '', PRIVATE_KEY_PATH: 'key.pem' }, path =>
      path === 'key.pem' ? PEM : '',
    );
    expect(fromFile.credentials?.privateKey).toBe(PEM);
  });

  test('two secrets hold while one replaces the other', () => {
    const WEBHOOK_SECRET_PREVIOUS = 'b'.repeat(40);
    expect(read({ ...app, WEBHOOK_SECRET_PREVIOUS }).credentials?.webhookSecrets).toEqual([
      SECRET,
      WEBHOOK_SECRET_PREVIOUS,
    ]);
  });

  test.each([
    ['no secret', { ...app, WEBHOOK_SECRET: undefined }, /^Set WEBHOOK_SECRET .*missing\.$/],
    ['an empty secret', { ...app, WEBHOOK_SECRET: '  ' }, /^Set WEBHOOK_SECRET .*missing\.$/],
    [
      'the secret that everyone knows',
      { ...app, WEBHOOK_SECRET: 'development' },
      /^Set WEBHOOK_SECRET to a random secret/,
    ],
    ['a secret of 31 bytes', { ...app, WEBHOOK_SECRET: 'a'.repeat(31) }, /at least 32 bytes.*too short\.$/],
    ['a short previous secret', { ...app, WEBHOOK_SECRET_PREVIOUS: 'old' }, /^Set WEBHOOK_SECRET_PREVIOUS/],
    ['a key without an id', { ...app, APP_ID: undefined }, /^Set APP_ID/],
    ['an id without a key', { ...app, PRIVATE_KEY: undefined }, /^Set PRIVATE_KEY or PRIVATE_KEY_PATH/],
    ['a key that is none', { ...app, PRIVATE_KEY: 'hunter2' }, /^Set PRIVATE_KEY .*not a private key/],
    ['a key file that is not there', { ...app, PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: 'x' }, /cannot be read\.$/],
  ])('%s is refused with one sentence', (_, variables, sentence) => {
    const message = refusal(variables);
    expect(message).toMatch(sentence);
    expect(message).not.toMatch(/hunter2|\n/);
  });
});

test.each([
  { PORT: 'http' },
  { PORT: '70000' },
  { APP_ID: 'abc' },
  { DATABASE_URL: 'mysql://user:hunter2@host/db' },
  { GHE_HOST: 'https://github.example.com/' },
  { ASSAY_DOCS: 'https://github.com/acme/assay' },
  { WEBHOOK_PATH: 'no-slash' },
  { OPENAI_BASE_URL: 'file:///etc/passwd' },
  { ASSAY_READ_ONLY: 'maybe' },
  { LOG_LEVEL: 'loud' },
])('%o is refused with a sentence that names the variable and not the value', variables => {
  const [[name, value] = ['', '']] = Object.entries(variables);
  const message = refusal(variables);
  expect(message).toMatch(new RegExp(`^Set ${name} to .*\\.$`));
  expect(message).not.toContain(value);
});

test('a GitHub Enterprise Server, PostgreSQL, a model of one’s own and the switch that stops all writes', () => {
  expect(
    read({
      GHE_HOST: '127.0.0.1:8080',
      GHE_PROTOCOL: 'http',
      DATABASE_URL: 'postgres://assay@db/assay',
      OPENAI_BASE_URL: 'http://127.0.0.1:9000/v1',
      ASSAY_MODEL: 'granite',
      ASSAY_READ_ONLY: 'true',
      NODE_ENV: 'production',
    }),
  ).toMatchObject({
    isProduction: true,
    github: { webUrl: 'http://127.0.0.1:8080', apiUrl: 'http://127.0.0.1:8080/api/v3' },
    database: { databaseUrl: 'postgres://assay@db/assay' },
    model: { baseUrl: 'http://127.0.0.1:9000/v1', apiKey: 'none', name: 'granite' },
    isReadOnly: true,
  });
});
