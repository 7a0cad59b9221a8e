import { describe, expect, test } from 'vitest';
import { formatCheckup } from '../../src/cli/doctor/checkup.ts';
import { checkPermissions } from '../../src/cli/doctor/permissions.ts';
import { startGitHub } from '../simulator/github.ts';
import type { GitHub } from '../simulator/github.ts';
import { writeFolder } from './repository.ts';
import { runAssay } from './run-assay.ts';

const wanted = { permissions: { metadata: 'read', checks: 'write' }, events: ['pull_request'] };
const app = { ...wanted, slug: 'assay' };
const installation = { id: 1, permissions: wanted.permissions, isSuspended: false };
const plain = (_: unknown, text: string) => text;

const linesOf = (...args: Parameters<typeof checkPermissions>) =>
  checkPermissions(...args).map(checkup => formatCheckup(checkup, plain));

describe('permissions compared with app.yml', () => {
  test('all as they should be', () => {
    expect(linesOf(wanted, app, [installation])).toEqual([
      '✓ permissions: As in app.yml.\n',
      '✓ events: As in app.yml.\n',
      '✓ installations: 1, all with the permissions that are needed.\n',
    ]);
  });

  test('a higher level is enough, a lower one is not; each with its remedy on the same line', () => {
    const admin = { ...app, permissions: { metadata: 'write', checks: 'read', administration: 'write' }, events: [] };
    expect(linesOf(wanted, admin, [])).toEqual([
      '✗ permissions: The App lacks checks: write. Add them in the settings of the App, under "Permissions & events".\n',
      '✗ events: The App does not receive pull_request. Subscribe to them in the settings of the App.\n',
      '✗ installations: The App is installed nowhere. Install it: its page on GitHub is apps/assay.\n',
    ]);
  });

  test('what the App may do or hears beyond what is needed is named, but hinders nothing', () => {
    const permissions = { metadata: 'write', checks: 'write', administration: 'write' };
    const more = { ...app, permissions, events: ['pull_request', 'release'] };
    expect(linesOf(wanted, more, [installation]).slice(0, 2)).toEqual([
      '✓ permissions: All that are needed, and more: metadata: write (read is enough), administration: write (none is enough). Least is safest.\n',
      '✓ events: All that are needed, and more: release; those are ignored.\n',
    ]);
  });

  test('installations that have not consented yet; suspended ones do not matter', () => {
    const old = { id: 7, permissions: { metadata: 'read' }, isSuspended: false };
    expect(linesOf(wanted, app, [installation, old, { ...old, id: 8, isSuspended: true }])[2]).toBe(
      '✗ installations: 1 of 3 have not consented to all permissions (7). Their owners find the request under "Installed GitHub Apps".\n',
    );
  });
});

describe('assay doctor', () => {
  const settingsOf = (github: GitHub) => ({
    APP_ID: String(github.app.id),
    PRIVATE_KEY: github.app.privateKey,
    WEBHOOK_SECRET: github.app.webhookSecret,
    GHE_HOST: new URL(github.url).host,
    GHE_PROTOCOL: 'http',
  });

  test('with nothing set, says how to begin', async () => {
    const cwd = writeFolder({});
    expect(await runAssay(['doctor'], { cwd })).toEqual({
      code: 1,
      out:
        '✗ credentials: No GitHub App is configured. Run "assay serve" to register one, or set APP_ID, PRIVATE_KEY and WEBHOOK_SECRET.\n' +
        `✓ database: ${cwd}/.assay/data will be made at the first start.\n` +
        '– model: None is configured: the rules run, the judge does not. OPENAI_API_KEY or OPENAI_BASE_URL would name one.\n',
      err: '',
    });
  });

  test('a short secret, a database and a model that do not answer: each with its remedy', async () => {
    const cwd = writeFolder({});
    await using github = await startGitHub();
    const env = {
      ...settingsOf(github),
      WEBHOOK_SECRET: 'short',
      DATABASE_URL: 'postgres://user:hidden@127.0.0.1:1/assay',
      OPENAI_BASE_URL: 'http://127.0.0.1:9/v1',
    };
    const { code, out, err } = await runAssay(['doctor'], { cwd, env });
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out.split('\n')).toEqual([
      expect.stringMatching(
        /^✗ settings: They do not fit together\. Set WEBHOOK_SECRET to a random secret of at least 32 bytes/,
      ),
      '✗ database: PostgreSQL cannot be reached (ECONNREFUSED). DATABASE_URL: correct the address or start the server.',
      expect.stringMatching(
        /^✗ model: gpt-4\.1-mini at 127\.0\.0\.1:9 does not answer: .* Check OPENAI_API_KEY, OPENAI_BASE_URL/,
      ),
      '',
    ]);
    expect(out).not.toMatch(/hidden|short\b.*short/);
  });

  test('an App as it should be', async () => {
    const cwd = writeFolder({});
    await using github = await startGitHub();
    await github.install('lantern');
    expect(await runAssay(['doctor'], { cwd, env: settingsOf(github) })).toEqual({
      code: 0,
      out:
        '✓ secret: Long enough.\n' +
        `✓ credentials: GitHub knows the App as ${github.app.slug}.\n` +
        '✓ permissions: As in app.yml.\n✓ events: As in app.yml.\n' +
        '✓ installations: 1, all with the permissions that are needed.\n' +
        `✓ database: ${cwd}/.assay/data will be made at the first start.\n` +
        '– model: None is configured: the rules run, the judge does not. OPENAI_API_KEY or OPENAI_BASE_URL would name one.\n',
      err: '',
    });
    github.assertClean();
  });

  test("a key that is not the App's", async () => {
    const cwd = writeFolder({});
    await using github = await startGitHub();
    const { out, code } = await runAssay(['doctor'], { cwd, env: { ...settingsOf(github), APP_ID: '999' } });
    expect(code).toBe(1);
    expect(out).toContain('✗ credentials: GitHub does not take the private key for App 999. Compare APP_ID');
  });
});
