/** Accounts, Apps and installations as GitHub's API shows them. */
import { type Account, type App, type Installation, type JsonObject, type World, nodeId } from '../state.ts';

/** REST's root: `…/api/v3`, as on GitHub Enterprise Server. */
export const apiUrl = (world: World, path: string): string => `${world.url}/api/v3${path}`;

export function accountJson(world: World, { id, login, type }: Account): JsonObject {
  const url = apiUrl(world, `/users/${encodeURIComponent(login)}`);
  const page = type === 'Bot' ? `/apps/${login.replace('[bot]', '')}` : `/${login}`;
  return {
    login,
    id,
    node_id: nodeId(type === 'Organization' ? 'O' : type === 'Bot' ? 'BOT' : 'U', id),
    avatar_url: `${world.url}/avatars/u/${id}`,
    gravatar_id: '',
    url,
    html_url: `${world.url}${page}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type,
    user_view_type: 'public',
    site_admin: false,
  };
}

export function publicAccountJson(world: World, account: Account): JsonObject {
  return {
    ...accountJson(world, account),
    name: account.login,
    company: null,
    blog: null,
    location: null,
    email: null,
    hireable: null,
    bio: null,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: account.createdAt,
    updated_at: account.createdAt,
  };
}

export function organizationJson(world: World, { id, login }: Account): JsonObject {
  const url = apiUrl(world, `/orgs/${login}`);
  return {
    login,
    id,
    node_id: nodeId('O', id),
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${world.url}/avatars/u/${id}`,
    description: '',
  };
}

export function appJson(world: World, app: App): JsonObject {
  return {
    id: app.id,
    client_id: app.clientId,
    slug: app.slug,
    node_id: nodeId('A', app.id),
    owner: accountJson(world, app.owner),
    name: app.name,
    description: '',
    external_url: `${world.url}/${app.owner.login}`,
    html_url: `${world.url}/apps/${app.slug}`,
    created_at: app.createdAt,
    updated_at: app.createdAt,
    permissions: app.permissions,
    events: app.events,
  };
}

export function installationJson(world: World, installation: Installation): JsonObject {
  const { id, account } = installation;
  const isOrganization = account.type === 'Organization';
  return {
    id,
    client_id: world.app.clientId,
    account: accountJson(world, account),
    repository_selection: installation.repositories === 'all' ? 'all' : 'selected',
    access_tokens_url: apiUrl(world, `/app/installations/${id}/access_tokens`),
    repositories_url: apiUrl(world, '/installation/repositories'),
    html_url: isOrganization
      ? `${world.url}/organizations/${account.login}/settings/installations/${id}`
      : `${world.url}/settings/installations/${id}`,
    app_id: world.app.id,
    app_slug: world.app.slug,
    target_id: account.id,
    target_type: account.type,
    permissions: installation.permissions,
    events: installation.events,
    created_at: installation.createdAt,
    updated_at: installation.createdAt,
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: installation.suspendedBy === null ? null : accountJson(world, installation.suspendedBy),
    suspended_at: installation.suspendedAt,
  };
}
