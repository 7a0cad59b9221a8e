import type { RepositoryRef } from './core/pull-request.ts';
import { parentOf, readPolicy } from './core/read-policy.ts';
import type { PolicyReading } from './core/read-policy.ts';
import type { GitHub } from './ports.ts';

/** A policy with the text of the repository's own file; no text where it has none. */
export type LoadedPolicy = PolicyReading & { readonly text?: string };

/** The policy of a repository at a commit of its base branch, with what it builds on. Throws on trouble with GitHub. */
export async function loadPolicyOf(
  repository: RepositoryRef,
  sha: string,
  github: Pick<GitHub, 'loadPolicy' | 'loadSharedPolicy'>,
): Promise<LoadedPolicy> {
  const text = await github.loadPolicy(repository, sha);
  const parent = parentOf(text, repository);
  const shared =
    parent === 'none' || parent === 'foreign' ? parent : { ...parent, ...(await github.loadSharedPolicy(parent)) };
  return { ...readPolicy(text, shared === 'none' ? undefined : shared), ...(text !== undefined && { text }) };
}
