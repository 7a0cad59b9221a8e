import type { Contribution } from './core/contribution.ts';
import type { Comment, CommentState, Role } from './core/conversation.ts';
import type { Membership } from './core/policy/roles.ts';
import type { DocumentLookup, DocumentSource } from './core/documents/lookup.ts';
import type { Neighbourhood } from './core/duplicates/example-key.ts';
import type { MeaningState } from './core/duplicates/layers.ts';
import type { Vector } from './core/duplicates/meaning.ts';
import type { ExampleText, NearExample } from './core/duplicates/near-example.ts';
import type { OpenLeaf } from './core/duplicates/open-leaf.ts';
import type { Caps, ModelReply, Spender, Usage } from './core/judge/model.ts';
import type { Spent } from './core/judge/spent.ts';
import type { Action, Posted, PostedCheck } from './core/plan.ts';
import type { ChangedFile, CommitRef, PullRequest, PullRequestRef, RepositoryRef } from './core/pull-request.ts';
import type { SharedPolicyName } from './core/read-policy.ts';
import type { Taxonomy } from './core/taxonomy.ts';

export type { Ask, Spender } from './core/judge/model.ts';

/**
 * GitHub, as one installation of the App sees one repository. Every call re-reads GitHub. They throw on trouble (network, rate
 * limit, 5xx) so that the job is tried again; what is simply not there any more is a value.
 */
export type GitHub = {
  readonly documents: Documents;
  /** Undefined when the pull request or the repository cannot be seen any more. */
  loadPullRequest(ref: PullRequestRef): Promise<PullRequest | undefined>;
  /** What one cheap call tells: a second look before publishing, or the only one in trouble. Undefined as above. */
  loadHead(ref: PullRequestRef): Promise<PullRequestHead | undefined>;
  /** The commit at which a branch stands now. Throws when there is no such branch. */
  loadTip(repository: RepositoryRef, branch: string): Promise<string>;
  /** The commit at which the default branch stands now; undefined when it has none. */
  loadDefaultTip(repository: RepositoryRef): Promise<string | undefined>;
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
  /** Text of `.github/assay.yml` at the tip of another repository's default branch, up to a minute old; none when we may not see one. */
  loadSharedPolicy(name: SharedPolicyName): Promise<{ readonly text?: string }>;
  /** Bytes of blobs by id, many at a time. Ids that are too large or gone are absent from the answer. */
  loadBlobs(repository: RepositoryRef, blobShas: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>;
  /** What of ours is on the pull request now. */
  loadPosted(pullRequest: PullRequestRef & Pick<PullRequest, 'headSha'>, comments: readonly Comment[]): Promise<Posted>;
  loadComments(ref: PullRequestRef): Promise<readonly Comment[]>;
  /** Editor and our reaction, for comments that carry commands. By comment id; ids that are gone are absent. */
  loadCommentStates(
    repository: RepositoryRef,
    comments: readonly Comment[],
  ): Promise<ReadonlyMap<number, CommentState>>;
  /** `unknown` on trouble: the caller denies and says so. */
  loadRole(repository: RepositoryRef, login: string): Promise<Role>;
  /** Whether somebody is in a team, named `organisation/team`. `unknown` on trouble, and for a team that is not there. */
  loadMembership(team: string, login: string): Promise<Membership>;
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

/** HTTP requests that really went out, repeated ones included; those for tokens are not counted. */
export type CallCounts = {
  readonly reads: number;
  /** Reads to which GitHub said that nothing has changed; they cost nothing of the hour's limit. */
  readonly unchanged: number;
  readonly writes: number;
};

/** GitHub, and what its calls have cost so far. */
export type CountedGitHub = GitHub & { readonly counts: () => CallCounts };

/** A pull request without its files, and without a commit of its base: the one that GitHub tells of may be long past. */
export type PullRequestHead = Pick<
  PullRequest,
  'headSha' | 'baseRef' | 'isToDefault' | 'state' | 'isLocked' | 'createdAt'
>;

/** A commit of somebody's repository: names as the contributor wrote them, in a form that was found safe, and 40 hex digits. */
export type SourceRef = { readonly owner: string; readonly name: string; readonly commit: string };

export type FoundSource =
  | { readonly type: 'source'; readonly source: DocumentSource }
  | Exclude<DocumentLookup, { type: 'found' }>;

/**
 * Repositories that knowledge is drawn from. Only the GitHub that the App talks to is ever asked, through its API, and only what
 * everybody may read is told. They throw on trouble.
 */
export type Documents = {
  find(ref: SourceRef): Promise<FoundSource>;
  /** UTF-8 texts of blobs by id, of a repository that `find` has just found. What is no text or too large is absent. */
  loadTexts(ref: SourceRef, blobShas: readonly string[]): Promise<ReadonlyMap<string, string>>;
};

/** What the examples of a pull request look like from outside, and where else they stand. */
export type Examples = {
  /** The blobs among these that are not indexed yet. Here and below a blob is named by its `readingKey`. */
  missing(repository: RepositoryRef, blobShas: readonly string[]): Promise<readonly string[]>;
  /** Indexes the examples of blobs, each once for ever: a blob never changes. */
  add(repository: RepositoryRef, blobs: readonly IndexedBlob[]): Promise<void>;
  /** Makes lookups quick again after many additions. Takes its time, and may be left out. */
  settle(repository: RepositoryRef): Promise<void>;
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
  neighboursOf(ref: PullRequestRef, keys: readonly string[], taxonomy: Taxonomy): Promise<EqualExamples>;
  /**
   * For each of these texts what may be like it in the taxonomy (at exactly these blobs) and in the other open pull requests of
   * the repository: the likeliest first, at most `MAX_NEAR`, equal ones among them. Leaves of the taxonomy at the paths of
   * `leaveOut` do not count. An index nominates: it finds nearly all, and never compares more than a fixed number.
   */
  nearestOf(
    ref: PullRequestRef,
    texts: readonly ExampleText[],
    taxonomy: Taxonomy,
    leaveOut: ReadonlySet<string>,
  ): Promise<readonly (readonly NearExample[])[]>;
  /** The leaves of the other open pull requests of the repository, by number and path; of a flood of them, the oldest 20,000. */
  openLeaves(ref: PullRequestRef): Promise<readonly OpenLeaf[]>;
};

/**
 * Vectors of texts, from a model of embeddings, in the order of the texts. Never throws for trouble of the model. With a `spender`
 * the call is charged to its budgets.
 */
export type Embedding = {
  /** The model's name, for people. */
  readonly model: string;
  /** Names model and address: vectors of one space say nothing about those of another. */
  readonly space: string;
  embed(
    texts: readonly string[],
    spender?: Spender,
  ): Promise<
    | { readonly type: 'vectors'; readonly vectors: readonly Vector[] }
    | { readonly type: 'failed'; readonly reason: string }
  >;
};

/** Comparison by meaning. It nominates and never decides. Throws on trouble of the store; that of the model is a state. */
export type Meanings = {
  /**
   * For each text up to three examples elsewhere that are at least so near in meaning, as a cosine, nearest first; where they may
   * stand is as for `Examples.nearestOf`. What the taxonomy lacks of vectors is made, at most 1,000 at one look.
   */
  nearestOf(
    texts: readonly ExampleText[],
    place: {
      readonly ref: PullRequestRef;
      readonly taxonomy: Taxonomy;
      readonly leaveOut: ReadonlySet<string>;
    },
    nearness: number,
    spender?: Spender,
  ): Promise<{ readonly near: readonly (readonly NearExample[])[]; readonly state: MeaningState }>;
};

/** Where equal examples stand, and when the pull request's own were first seen. */
export type EqualExamples = Pick<Neighbourhood, 'neighbours' | 'seenAt'>;

/** What was read from one blob, in the order of the file. */
export type IndexedBlob = { readonly blobSha: string; readonly examples: readonly IndexedExample[] };

/** One example of a blob: its `exampleKey` and `wholeKey`, the line of its question, and its texts. */
export type IndexedExample = {
  readonly key: string;
  readonly wholeKey: string;
  readonly line: number;
  readonly text: ExampleText;
};

/** Reads changed files in a thread of its own, which is killed when a file takes too long. */
export type ParseFiles = (files: readonly ChangedFile[]) => Promise<Contribution>;

/** A reply that was paid for and will be the same again. Outcomes that a second try may mend are never stored. */
export type StoredReply =
  | { readonly outcome: 'ok'; readonly text: string; readonly model: string; readonly usage: Usage }
  | { readonly outcome: 'refused' | 'truncated' | 'filtered'; readonly reason: string; readonly usage: Usage };

/** What became of an attempt to reserve tokens: the id to settle the charge with, or the cap that stands in the way. */
export type Reserved =
  | { readonly type: 'charged'; readonly id: string }
  | { readonly type: 'over'; readonly cap: keyof Caps };

/** How a call ended, for the ledger. */
export type EndedCall = {
  readonly outcome: ModelReply['outcome'];
  readonly model: string;
  readonly usage: Usage;
  readonly milliseconds: number;
};

/**
 * Replies of the model that were paid for, and the ledger of what every call cost. Throws on trouble of the store: then the job
 * is tried again.
 */
export type Replies = {
  /**
   * The stored reply to an equal request. `hash` is 64 hex digits. `isEarlier` unless it was this head of this pull request that
   * asked for it.
   */
  find(hash: string, spender: Spender): Promise<(StoredReply & { readonly isEarlier: boolean }) | undefined>;
  /**
   * Writes a charge for the most that a call may use into the ledger before the call, in one atomic step with the look at what
   * the pull request, its author on the day of `now` and its repository on that day are already charged. Nothing is written where
   * one of their caps would be exceeded. A charge that is never settled (the process was killed during the call) stays: nobody
   * knows what that call cost.
   */
  reserve(
    hash: string,
    spender: Spender,
    call: { readonly model: string; readonly usage: Usage },
    now: Date,
  ): Promise<Reserved>;
  /**
   * Replaces a charge by what the call really used and, in the same transaction, stores its reply under the charge's hash if
   * one is given. Of two replies to one hash the first stays.
   */
  settle(charge: string, spender: Spender, call: EndedCall, reply?: StoredReply): Promise<void>;
  spent(pullRequest: PullRequestRef): Promise<Spent>;
};
