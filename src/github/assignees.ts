import type { Octokit } from '@octokit/rest';
import type { PullRequestRef } from '../core/pull-request.ts';
import { unlessMissing } from './errors.ts';

/** GitHub ignores whom it would not let be assigned, and an assignment that is or is not there already: it may be repeated. */
export async function changeAssignee(
  octokit: Octokit,
  { repository, number }: PullRequestRef,
  { type, login }: { readonly type: 'assign' | 'unassign'; readonly login: string },
): Promise<void> {
  const { owner, name: repo } = repository;
  const target = { owner, repo, issue_number: number, assignees: [login] };
  if (type === 'assign') await unlessMissing(octokit.rest.issues.addAssignees(target));
  else await unlessMissing(octokit.rest.issues.removeAssignees(target));
}
