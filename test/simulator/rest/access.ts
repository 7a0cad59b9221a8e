/** Who may do what: collaborators, teams, members of organizations; and what GitHub says of itself. */
import type { OperationName } from '../openapi.ts';
import type { RateLimit } from '../rate-limit.ts';
import type { Account, Repository, Role, Team, World } from '../state.ts';
import { accountJson, apiUrl, organizationJson } from './account-json.ts';
import {
  type Answer,
  type ApiRequest,
  type Route,
  asInstallation,
  inRepository,
  noContent,
  notFound,
  ok,
  page,
} from './request.ts';

/** The role that counts: the owner and an organization's owners are admins; a public repository can be read by all. */
export function roleOf({ members }: World, repository: Repository, account: Account): Role | 'none' {
  const login = account.login.toLowerCase();
  if (account.id === repository.owner.id) return 'admin';
  if (members.get(repository.owner.login.toLowerCase())?.get(login) === 'admin') return 'admin';
  return repository.collaborators.get(login) ?? (repository.private || account.type === 'Bot' ? 'none' : 'read');
}

/** `permission` knows only four words: maintain shows as write, triage as read, a custom role as what it builds on. */
const legacy: Record<string, string> = {
  admin: 'admin',
  maintain: 'write',
  write: 'write',
  triage: 'read',
  read: 'read',
  none: 'none',
};

function permission({ world, repository, params }: ApiRequest & { repository: Repository }): Answer {
  const account = world.accounts.get((params['username'] ?? '').toLowerCase());
  if (account === undefined) throw notFound();
  const role = roleOf(world, repository, account);
  const word = legacy[role] ?? 'write';
  return ok({
    permission: word,
    role_name: role,
    user: {
      ...accountJson(world, account),
      permissions: {
        admin: word === 'admin',
        maintain: word === 'admin' || role === 'maintain',
        push: word === 'admin' || word === 'write',
        triage: role === 'triage' || word === 'admin' || word === 'write',
        pull: word !== 'none',
      },
      role_name: role,
    },
  });
}

function organizationIn({ world, params }: ApiRequest): Account {
  const account = world.accounts.get((params['org'] ?? '').toLowerCase());
  if (account?.type !== 'Organization') throw notFound();
  return account;
}

function teamIn(request: ApiRequest): Team {
  const organization = organizationIn(request);
  const team = request.world.teams.find(
    each => each.organization.id === organization.id && each.slug === request.params['team_slug'],
  );
  if (team === undefined) throw notFound();
  return team;
}

export const accessRoutes = (rateLimit: RateLimit) =>
  ({
    'GET /repos/{owner}/{repo}/collaborators/{username}/permission': inRepository('metadata', 'read', permission),
    'GET /orgs/{org}/members/{username}': asInstallation('members', request => {
      const { world, params } = request;
      const members = world.members.get(organizationIn(request).login.toLowerCase());
      if (members?.has((params['username'] ?? '').toLowerCase()) !== true) throw notFound();
      return noContent;
    }),
    'GET /orgs/{org}/memberships/{username}': asInstallation('members', request => {
      const { world, params } = request;
      const organization = organizationIn(request);
      const role = world.members.get(organization.login.toLowerCase())?.get((params['username'] ?? '').toLowerCase());
      const account = world.accounts.get((params['username'] ?? '').toLowerCase());
      if (role === undefined || account === undefined) throw notFound();
      return ok({
        url: apiUrl(world, `/orgs/${organization.login}/memberships/${account.login}`),
        state: 'active',
        role,
        organization_url: apiUrl(world, `/orgs/${organization.login}`),
        organization: organizationJson(world, organization),
        user: accountJson(world, account),
      });
    }),
    'GET /orgs/{org}/teams/{team_slug}/members': asInstallation('members', request => {
      const { world } = request;
      const accounts = [...teamIn(request).members.keys()].flatMap(login => world.accounts.get(login) ?? []);
      return page(
        request,
        accounts.map(account => accountJson(world, account)),
      );
    }),
    'GET /orgs/{org}/teams/{team_slug}/memberships/{username}': asInstallation('members', request => {
      const { world, params } = request;
      const team = teamIn(request);
      const login = (params['username'] ?? '').toLowerCase();
      const role = team.members.get(login);
      if (role === undefined) throw notFound();
      return ok({
        url: apiUrl(world, `/orgs/${team.organization.login}/teams/${team.slug}/memberships/${login}`),
        role,
        state: 'active',
      });
    }),
    'GET /rate_limit': ({ actor }) => {
      const core = rateLimit.state(actor);
      return ok({ resources: { core, search: core, graphql: core }, rate: core });
    },
    'GET /meta': () => ok({ verifiable_password_authentication: false }),
  }) satisfies Partial<Record<OperationName, Route>>;
