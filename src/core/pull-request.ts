/** Names a repository on the configured GitHub. `id` survives renames and transfers. */
export type RepositoryRef = { readonly id: number; readonly owner: string; readonly name: string };

/** Names a pull request. */
export type PullRequestRef = { readonly repository: RepositoryRef; readonly number: number };

/** Names a commit, where no pull request is meant. */
export type CommitRef = { readonly repository: RepositoryRef; readonly sha: string };

/** An account on GitHub. */
export type Account = { readonly login: string; readonly id: number; readonly isBot: boolean };

/** What stands at a path of a commit. Bytes are never more than `MAX_FILE_BYTES`. */
export type FileContent =
  | { readonly type: 'bytes'; readonly bytes: Uint8Array }
  | { readonly type: 'too-large'; readonly size: number }
  | { readonly type: 'symlink' }
  | { readonly type: 'submodule' };

/** Larger files are not read: 99 % of real ones are under 30 kB, the largest has 621 kB. */
export const MAX_FILE_BYTES = 1_000_000;

/** A file that the pull request changes, from its merge base to its head. */
export type ChangedFile = {
  readonly path: string;
  readonly status: 'added' | 'modified' | 'removed' | 'renamed';
  readonly previousPath?: string;
  /** Git's id of the bytes at the head; empty for removed files and submodules. */
  readonly blobSha: string;
  /** Absent for removed files and for files that are none of our business (see `roleOf`). */
  readonly content?: FileContent;
  /** Lines of the new side that stand in a hunk: GitHub takes review comments on these alone. Absent when it gave no patch. */
  readonly diffLines?: readonly LineRange[];
};

/** First and last line, both inclusive. A hunk is one range: a comment over several lines must stay inside one. */
export type LineRange = { readonly start: number; readonly end: number };

/** Whether whoever wrote a commit signed it off (Developer Certificate of Origin), somebody else alone did, or nobody. */
export type SignOff = 'own' | 'other' | 'none';

/** A commit of the pull request's own: it is not on the base branch. Addresses of people are not kept. */
export type Commit = {
  readonly sha: string;
  /** First line of the message. */
  readonly subject: string;
  readonly signOff: SignOff;
  /** Absent when GitHub knows no account for the address in the commit. */
  readonly authorLogin?: string;
  readonly isMerge: boolean;
  readonly isByBot: boolean;
};

/** The pull request's own commits, oldest first; `listed` may be fewer than there are. */
export type CommitList = { readonly listed: readonly Commit[]; readonly total: number };

/** The branch that a pull request comes from, in the repository of the contributor. */
export type HeadBranch = { readonly repository: Pick<RepositoryRef, 'owner' | 'name'>; readonly branch: string };

/** Everything about the pull request itself that the story needs, as read from GitHub. */
export type PullRequest = PullRequestRef & {
  readonly title: string;
  /** The description; empty without one, absent where there can be none. */
  readonly body?: string;
  readonly author: Account;
  readonly state: 'open' | 'closed';
  readonly isDraft: boolean;
  /** The conversation is locked: GitHub takes no word of ours there. */
  readonly isLocked?: boolean;
  /** Nothing of its author's was merged here before. */
  readonly isFirst?: boolean;
  /** ISO 8601, from GitHub. */
  readonly createdAt: string;
  readonly headSha: string;
  /** Absent when the fork is gone. For links alone: its owner may have moved it since. */
  readonly head?: HeadBranch;
  /** The base branch and its tip when the review began: where trust comes from. */
  readonly baseRef: string;
  /** It asks to be merged into the repository's default branch. */
  readonly isToDefault?: boolean;
  readonly baseSha: string;
  /** Changes are counted from here. Never a source of trust: a contributor can choose it. */
  readonly mergeBaseSha: string;
  readonly files: readonly ChangedFile[];
  /** Absent where nobody commits: files on a disk, a closed pull request. */
  readonly commits?: CommitList;
  /** Why the list of files is not whole (GitHub lists 3,000 at most), in words for people; absent when it is whole. */
  readonly incomplete?: string;
};
