/** What a name stands for: branches, references, hashes. */
import type { Commit } from './git-store.ts';
import type { Repository } from './state.ts';

/** The commit that a branch name, a full name of a reference or a SHA stands for. A fork's commits are visible here too. */
export function resolveRef(repository: Repository, ref: string): Commit | undefined {
  const name = ref.replace(/^refs\//, '');
  const pull = /^pull\/(\d+)\/head$/.exec(name);
  const sha =
    pull === null
      ? (repository.branches.get(ref) ?? repository.branches.get(name.replace(/^heads\//, '')) ?? ref)
      : repository.pulls.get(Number(pull[1]))?.head.sha;
  return repository.git.commits.get(sha ?? '');
}
