import type { Octokit } from '@octokit/rest';
import type { Role } from '../core/conversation.ts';
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
