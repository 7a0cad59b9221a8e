import type { Posted } from './core/plan.ts';
import type { PullRequest } from './core/pull-request.ts';
import type { Taxonomy } from './core/taxonomy.ts';
import type { ReviewPorts } from './review.ts';

/** Whether the repository has anything to do with us: its base branch has a policy, or a taxonomy. */
export const takesPart = ({ files }: Taxonomy, policyText: string | undefined): boolean =>
  files.size > 0 || policyText !== undefined;

/**
 * Whether we answer on this pull request: not on those older than the installation, or than the repository's coming to it, until
 * something happens on them or we are there already.
 */
export async function isAnswered(
  { repository, createdAt }: Pick<PullRequest, 'repository' | 'createdAt'>,
  { checks, comment }: Pick<Posted, 'checks' | 'comment'>,
  { github, addedAt }: Pick<ReviewPorts, 'github' | 'addedAt'>,
  wasTouched: () => Promise<boolean>,
): Promise<boolean> {
  if (checks.length > 0 || comment !== undefined) return true;
  const added = await addedAt?.(repository);
  const isOlder = createdAt < (await github.installedAt()) || (added !== undefined && createdAt < added);
  return !isOlder || wasTouched();
}
