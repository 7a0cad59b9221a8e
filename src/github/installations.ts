import type { Octokit } from '@octokit/rest';
import type { RepositoryRef } from '../core/pull-request.ts';
import type { Identity } from './identity.ts';

/** The App as GitHub knows it. */
export type AppDescription = Identity & {
  readonly slug: string;
  /** Such as `{ checks: 'write' }`. */
  readonly permissions: Readonly<Record<string, string>>;
  readonly events: readonly string[];
};

/** One account that installed the App. */
export type Installation = {
  readonly id: number;
  readonly isSuspended: boolean;
  /** What its owner has consented to; new permissions of the App are missing until then. */
  readonly permissions: Readonly<Record<string, string>>;
};

/** Who we are. Needs a client with the rights of the App. */
export async function describeApp(octokit: Octokit): Promise<AppDescription> {
  const { data } = await octokit.rest.apps.getAuthenticated();
  if (data === null || data.slug === undefined) throw new Error('GitHub does not tell the name of this App');
  return {
    appId: data.id,
    slug: data.slug,
    botLogin: `${data.slug}[bot]`,
    permissions: textsOf(data.permissions),
    events: data.events,
  };
}

/** Where the App is installed, suspended ones too. Needs a client with the rights of the App. */
export async function listInstallations(octokit: Octokit): Promise<readonly Installation[]> {
  const installations = await octokit.paginate(octokit.rest.apps.listInstallations, { per_page: 100 });
  return installations.map(({ id, suspended_at, permissions }) => ({
    id,
    isSuspended: suspended_at !== null,
    permissions: textsOf(permissions),
  }));
}

/** When the App was installed (ISO 8601). Needs a client with the rights of the App. */
export async function loadInstalledAt(octokit: Octokit, installationId: number): Promise<string> {
  const { data } = await octokit.rest.apps.getInstallation({ installation_id: installationId });
  return data.created_at;
}

/** The repositories of one installation that can be written to. Needs a client with its rights. */
export async function listRepositories(octokit: Octokit): Promise<readonly RepositoryRef[]> {
  const repositories = await octokit.paginate(octokit.rest.apps.listReposAccessibleToInstallation, { per_page: 100 });
  return repositories
    .filter(({ archived, disabled }) => !archived && !disabled)
    .map(({ id, name, owner }) => ({ id, name, owner: owner.login }));
}

const textsOf = (values: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])),
  );
