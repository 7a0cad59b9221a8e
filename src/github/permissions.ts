import type { Octokit } from '@octokit/rest';
import type { Role } from '../core/conversation.ts';
import type { Membership } from '../core/policy/roles.ts';
import type { RepositoryRef } from '../core/pull-request.ts';
import { RateLimited } from '../core/trouble.ts';
import { unlessMissing } from './errors.ts';

const roles: ReadonlySet<string> = new Set(['admin', 'maintain', 'write', 'triage', 'read', 'none'] satisfies Role[]);
const isRole = (name: string): name is Role => roles.has(name);

/**
 * What someone may do in the repository today. `role_name` tells maintain from write and triage from read; a role that an
 * organisation made up counts as the base role that its permissions amount to. `unknown` on trouble, except a rate limit: that
 * throws, so that the job waits instead of denying.
 */
export async function loadRole(octokit: Octokit, { owner, name: repo }: RepositoryRef, login: string): Promise<Role> {
  try {
    const response = await unlessMissing(
      octokit.rest.repos.getCollaboratorPermissionLevel({ owner, repo, username: login }),
    );
    if (response === undefined) return 'none';
    const { role_name: role, permission, user } = response.data;
    if (isRole(role)) return role;
    const rights = user?.permissions;
    if (rights === undefined) return isRole(permission) ? permission : 'unknown';
    if (rights.admin) return 'admin';
    if (rights.maintain === true) return 'maintain';
    if (rights.push) return 'write';
    if (rights.triage === true) return 'triage';
    return rights.pull ? 'read' : 'none';
  } catch (error) {
    if (error instanceof RateLimited) throw error;
    return 'unknown';
  }
}

/**
 * Whether somebody is an active member of a team, named `organisation/team`. A team that is not there any more cannot be told from
 * one that we may not see: both are `unknown`, which denies. Throws on a rate limit, as `loadRole`.
 */
export async function loadMembership(octokit: Octokit, team: string, username: string): Promise<Membership> {
  const [org = '', team_slug = ''] = team.split('/');
  try {
    const found = await unlessMissing(octokit.rest.teams.getMembershipForUserInOrg({ org, team_slug, username }));
    if (found !== undefined) return found.data.state === 'active' ? 'member' : 'no';
    // GitHub says the same of somebody who is not in the team and of a team that is not there.
    const isThere = await unlessMissing(octokit.rest.teams.listMembersInOrg({ org, team_slug, per_page: 1 }));
    return isThere === undefined ? 'unknown' : 'no';
  } catch (error) {
    if (error instanceof RateLimited) throw error;
    return 'unknown';
  }
}
