import type { Contribution } from './core/contribution.ts';
import type { Comment, CommentState, Role } from './core/conversation.ts';
import type { Neighbourhood } from './core/duplicates/example-key.ts';
import type { ModelReply, ModelRequest } from './core/judge/model.ts';
import type { Action, Posted, PostedCheck } from './core/plan.ts';
import type { ChangedFile, CommitRef, PullRequest, PullRequestRef, RepositoryRef } from './core/pull-request.ts';
import type { Taxonomy } from './core/taxonomy.ts';

/**
 * GitHub, as one installation of the App sees one repository. Every call re-reads GitHub. They throw on trouble (network, rate
 * limit, 5xx) so that the job is tried again; what is simply not there any more is a value.
 */
export type GitHub = {
  /** Undefined when the pull request or the repository cannot be seen any more. */
  loadPullRequest(ref: PullRequestRef): Promise<PullRequest | undefined>;
  /** Cheap second look before publishing. Undefined as above. */
  loadHead(ref: PullRequestRef): Promise<{ readonly headSha: string; readonly state: 'open' | 'closed' } | undefined>;
  /** What a merge queue would merge: the files between two commits, in the shape of a pull request's. */
  loadChanges(
    repository: RepositoryRef,
    baseSha: string,
    headSha: string,
  ): Promise<{ readonly files: readonly ChangedFile[]; readonly incomplete?: string }>;
  /** The tree at a commit, whole. Throws when GitHub truncates it: then nothing may be said about what is not in it. */
  loadTaxonomy(repository: RepositoryRef, sha: string): Promise<Taxonomy>;
  /** Text of `.github/assay.yml` at a commit; undefined when there is none. */
  loadPolicy(repository: RepositoryRef, sha: string): Promise<string | undefined>;
  /** Bytes of blobs by id, many at a time. Ids that are binary, too large or gone are absent from the answer. */
  loadBlobs(repository: RepositoryRef, blobShas: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>;
  /** What of ours is on the pull request now. */
  loadPosted(pullRequest: PullRequest, comments: readonly Comment[]): Promise<Posted>;
  loadComments(ref: PullRequestRef): Promise<readonly Comment[]>;
  /** Editor and our reaction, for comments that carry commands. By comment id; ids that are gone are absent. */
  loadCommentStates(comments: readonly Comment[]): Promise<ReadonlyMap<number, CommentState>>;
  /** `unknown` on trouble: the caller denies and says so. */
  loadRole(repository: RepositoryRef, login: string): Promise<Role>;
  /** Open pull requests, oldest first. */
  listOpenPullRequests(
    repository: RepositoryRef,
  ): Promise<readonly { readonly number: number; readonly headSha: string; readonly createdAt: string }[]>;
  /** Open pull requests whose head is this commit; forks too. */
  findPullRequests(repository: RepositoryRef, headSha: string): Promise<readonly number[]>;
  /** When the App was installed (ISO 8601). Older pull requests are not answered until something happens on them. */
  installedAt(): Promise<string>;
  /**
   * Takes one step and tells the id of what it created, if it created something. The story has read what stands before it
   * comes here, and a lane runs one review at a time, so a create is only looked up again when it is repeated after trouble.
   */
  apply(target: PullRequestRef | CommitRef, action: Action): Promise<number | undefined>;
  /** Our check runs on a commit that belongs to no pull request: that of a merge queue. */
  loadChecks(commit: CommitRef): Promise<readonly PostedCheck[]>;
};

/** What the examples of a pull request look like from outside, and where else they stand. */
export type Examples = {
  /** The blobs among these that are not indexed yet. */
  missing(blobShas: readonly string[]): Promise<readonly string[]>;
  /** Indexes one blob's examples, once for ever: a blob never changes. */
  add(blobSha: string, examples: readonly IndexedExample[]): Promise<void>;
  /** Makes the examples of an open pull request known to the others, and takes out those it no longer has. */
  recordPullRequest(
    pullRequest: PullRequest,
    leaves: readonly { readonly path: string; readonly blobSha: string }[],
    now: Date,
  ): Promise<void>;
  /** It was closed or merged: others are no longer compared with it. */
  removePullRequest(ref: PullRequestRef): Promise<void>;
  /** Heals what closed unseen: of this repository, only these pull requests are open. */
  retainPullRequests(repository: RepositoryRef, openNumbers: readonly number[]): Promise<void>;
  /** Equal examples in the taxonomy (at exactly these blobs) and in the other open pull requests of the repository. */
  neighboursOf(ref: PullRequestRef, keys: readonly string[], taxonomy: Taxonomy): Promise<Neighbourhood>;
};

/** One example of a blob: its `exampleKey` and the line of its question. */
export type IndexedExample = { readonly key: string; readonly line: number };

/** Reads changed files in a thread of its own, which is killed when a file takes too long. */
export type ParseFiles = (files: readonly ChangedFile[]) => Promise<Contribution>;

/** Asks the model, or finds the stored reply. Never throws for trouble of the model: that is an outcome. */
export type Ask = (request: ModelRequest, spender: Spender) => Promise<ModelReply>;

/** Whose budget a model call is charged to. */
export type Spender = { readonly pullRequest: PullRequestRef; readonly maxTokens: number };
