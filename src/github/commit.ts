import type { Commit } from '../core/pull-request.ts';
import { readSignOff } from '../core/sign-off.ts';

/** Who made a commit, by what Git says; both may be empty. */
type GitPerson = { readonly name?: string; readonly email?: string } | null;

/** A commit as GitHub's lists give it. `author` is the account that GitHub found for the address, if any. */
type ListedCommit = {
  readonly sha: string;
  readonly commit: { readonly message: string; readonly author: GitPerson; readonly committer: GitPerson };
  readonly author: { readonly login?: string; readonly type?: string } | null;
  readonly parents: readonly unknown[];
};

/** What the rules need of a commit; addresses end here. */
export function toCommit({ sha, commit, author, parents }: ListedCommit): Commit {
  const { message } = commit;
  return {
    sha,
    subject: message.split(/[\r\n]/, 1)[0] ?? '',
    signOff: readSignOff(message, [commit.author ?? {}, commit.committer ?? {}]),
    ...(author?.login !== undefined && { authorLogin: author.login }),
    isMerge: parents.length > 1,
    isByBot: author?.type === 'Bot',
  };
}
