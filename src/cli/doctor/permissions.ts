import type { Checkup } from './checkup.ts';

type Permissions = Readonly<Record<string, string>>;

/** What the App asks for: permissions such as `{ checks: 'write' }`, and the names of events. */
export type AppManifest = { readonly permissions: Permissions; readonly events: readonly string[] };

const levels = ['none', 'read', 'write', 'admin'];

/** Compares what the App has on GitHub with what the code needs, and with what each installation has consented to. */
export function checkPermissions(
  wanted: AppManifest,
  app: AppManifest & { readonly slug: string },
  installations: readonly { readonly id: number; readonly permissions: Permissions; readonly isSuspended: boolean }[],
): readonly Checkup[] {
  const lacking = lackingOf(wanted.permissions, app.permissions);
  const needless = excessOf(wanted.permissions, app.permissions);
  const events = wanted.events.filter(event => !app.events.includes(event));
  const unheard = app.events.filter(event => !wanted.events.includes(event));
  const behind = installations.filter(
    ({ isSuspended, permissions }) => !isSuspended && lackingOf(wanted.permissions, permissions).length > 0,
  );
  return [
    {
      name: 'permissions',
      ...(lacking.length > 0
        ? wrong(
            `The App lacks ${lacking.join(', ')}.`,
            'Add them in the settings of the App, under "Permissions & events".',
          )
        : needless.length > 0
          ? fine(`All that are needed, and more: ${needless.join(', ')}. Least is safest.`)
          : fine('As in app.yml.')),
    },
    {
      name: 'events',
      ...(events.length > 0
        ? wrong(`The App does not receive ${events.join(', ')}.`, 'Subscribe to them in the settings of the App.')
        : unheard.length > 0
          ? fine(`All that are needed, and more: ${unheard.join(', ')}; those are ignored.`)
          : fine('As in app.yml.')),
    },
    {
      name: 'installations',
      ...(installations.length === 0
        ? wrong('The App is installed nowhere.', `Install it: its page on GitHub is apps/${app.slug}.`)
        : behind.length > 0
          ? wrong(
              `${behind.length} of ${installations.length} have not consented to all permissions (${behind.map(({ id }) => id).join(', ')}).`,
              'Their owners find the request under "Installed GitHub Apps".',
            )
          : fine(`${installations.length}, all with the permissions that are needed.`)),
    },
  ];
}

function lackingOf(wanted: Permissions, granted: Permissions): readonly string[] {
  return Object.entries(wanted)
    .filter(([name, level]) => levels.indexOf(granted[name] ?? 'none') < levels.indexOf(level))
    .map(([name, level]) => `${name}: ${level}`);
}

/** What the App may do beyond what the code does, each with what would be enough. */
function excessOf(wanted: Permissions, granted: Permissions): readonly string[] {
  return Object.entries(granted)
    .filter(([name, level]) => levels.indexOf(level) > levels.indexOf(wanted[name] ?? 'none'))
    .map(([name, level]) => `${name}: ${level} (${wanted[name] ?? 'none'} is enough)`);
}

const fine = (says: string) => ({ state: 'fine', says }) as const;
const wrong = (says: string, remedy: string) => ({ state: 'wrong', says, remedy }) as const;
