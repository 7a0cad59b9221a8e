import { describe, expect, test } from 'vitest';
import { formatCheckup } from '../../src/cli/doctor/checkup.ts';
import { checkPermissions } from '../../src/cli/doctor/permissions.ts';

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

  test('installations that have not consented yet; suspended ones do not matter', () => {
    const old = { id: 7, permissions: { metadata: 'read' }, isSuspended: false };
    expect(linesOf(wanted, app, [installation, old, { ...old, id: 8, isSuspended: true }])[2]).toBe(
      '✗ installations: 1 of 3 have not consented to all permissions (7). Their owners find the request under "Installed GitHub Apps".\n',
    );
  });
});
