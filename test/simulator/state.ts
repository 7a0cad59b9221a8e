/** What the simulated GitHub remembers. Plain mutable records: the rules are in the modules named after each noun. */
import type { KeyObject } from 'node:crypto';
import type { GitStore } from './git-store.ts';

/** A value as JSON carries it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

export type JsonObject = { readonly [key: string]: Json | undefined };

export type Account = { id: number; login: string; type: 'User' | 'Organization' | 'Bot'; createdAt: string };

/** A role as `role_name` tells it; organizations may have roles of their own, such as `security`. */
export type Role = 'admin' | 'maintain' | 'write' | 'triage' | 'read' | (string & {});

export type Access = 'read' | 'write';

export type App = {
  id: number;
  slug: string;
  name: string;
  clientId: string;
  owner: Account;
  /** The account that its comments come from: `slug[bot]`. */
  bot: Account;
  publicKey: KeyObject;
  /** PKCS#1 PEM, as GitHub hands it out. */
  privateKey: string;
  webhookSecret: string;
  permissions: Record<string, Access>;
  events: readonly string[];
  createdAt: string;
};

export type Installation = {
  id: number;
  account: Account;
  /** `all`, or the names of the repositories that were picked. */
  repositories: 'all' | Set<string>;
  permissions: Record<string, Access>;
  events: readonly string[];
  createdAt: string;
  suspendedBy: Account | null;
  suspendedAt: string | null;
};

export type Label = { id: number; name: string; color: string; description: string | null; default: boolean };

export type Repository = {
  id: number;
  name: string;
  owner: Account;
  private: boolean;
  /** SPDX id of its licence, `NOASSERTION` for one that GitHub does not know; null if it finds none. */
  licence: string | null;
  parent: Repository | null;
  defaultBranch: string;
  branches: Map<string, string>;
  git: GitStore;
  collaborators: Map<string, Role>;
  /** Names of required checks by branch. */
  requiredChecks: Map<string, readonly string[]>;
  labels: Map<string, Label>;
  pulls: Map<number, PullRequest>;
  /** Shared by issues and pull requests. */
  lastNumber: number;
  checkSuites: CheckSuite[];
  checkRuns: CheckRun[];
  createdAt: string;
  pushedAt: string;
};

export type Reaction = { id: number; user: Account; content: string; createdAt: string };

export type IssueComment = {
  id: number;
  author: Account;
  body: string;
  createdAt: string;
  updatedAt: string;
  /** Who changed it last; `null` if nobody did. */
  editor: Account | null;
  viaApp: App | null;
  reactions: Reaction[];
  minimized: string | null;
};

export type ReviewState = 'PENDING' | 'COMMENTED' | 'APPROVED' | 'CHANGES_REQUESTED' | 'DISMISSED';

export type Review = {
  id: number;
  author: Account;
  body: string;
  state: ReviewState;
  commitId: string;
  submittedAt: string | null;
  minimized: string | null;
};

export type ReviewComment = {
  id: number;
  reviewId: number;
  author: Account;
  body: string;
  path: string;
  /** `null` once the line is no longer part of the diff. */
  line: number | null;
  originalLine: number | null;
  side: 'LEFT' | 'RIGHT';
  startLine: number | null;
  startSide: 'LEFT' | 'RIGHT' | null;
  subjectType: 'line' | 'file';
  diffHunk: string;
  commitId: string;
  originalCommitId: string;
  inReplyTo: number | null;
  createdAt: string;
  updatedAt: string;
  minimized: string | null;
};

/** What the timeline remembers, in order. */
export type TimelineEvent = {
  id: number;
  event:
    | 'labeled'
    | 'unlabeled'
    | 'closed'
    | 'reopened'
    | 'merged'
    | 'head_ref_force_pushed'
    | 'ready_for_review'
    | 'convert_to_draft'
    | 'base_ref_changed'
    | 'renamed';
  actor: Account;
  viaApp: App | null;
  createdAt: string;
  label?: Label;
  rename?: { from: string; to: string };
  commitId?: string;
};

export type PullRequest = {
  id: number;
  number: number;
  repository: Repository;
  author: Account;
  title: string;
  body: string | null;
  state: 'open' | 'closed';
  draft: boolean;
  locked: boolean;
  createdAt: string;
  updatedAt: string;
  closedAt: string | null;
  mergedAt: string | null;
  mergedBy: Account | null;
  mergeCommitSha: string | null;
  /** `repository` is null after a fork was deleted. */
  head: { repository: Repository; isGone: boolean; ref: string; sha: string };
  /** `sha` is the base branch as it was at the last change of the pull request: it goes stale, as on GitHub. */
  base: { ref: string; sha: string };
  /** The base to diff against once merged or closed. */
  frozenBase: string | null;
  labels: Label[];
  assignees: Account[];
  comments: IssueComment[];
  reviews: Review[];
  reviewComments: ReviewComment[];
  /** Review threads that somebody resolved, by the id of their first comment. */
  resolvedThreads: Set<number>;
  timeline: TimelineEvent[];
  /** Its merge group while it is in the queue. */
  queued: { ref: string; sha: string; baseSha: string; by: Account } | null;
};

export type Annotation = {
  path: string;
  start_line: number;
  end_line: number;
  start_column?: number;
  end_column?: number;
  annotation_level: 'notice' | 'warning' | 'failure';
  message: string;
  title?: string;
  raw_details?: string;
};

export type CheckAction = { label: string; description: string; identifier: string };

export type CheckSuite = {
  id: number;
  app: App;
  headSha: string;
  headBranch: string | null;
  before: string | null;
  createdAt: string;
  updatedAt: string;
};

export type CheckRun = {
  id: number;
  app: App;
  suite: CheckSuite;
  name: string;
  headSha: string;
  status: 'queued' | 'in_progress' | 'completed';
  conclusion: string | null;
  externalId: string;
  detailsUrl: string | null;
  startedAt: string;
  completedAt: string | null;
  title: string | null;
  summary: string | null;
  text: string | null;
  annotations: Annotation[];
  actions: readonly CheckAction[];
};

export type Team = { organization: Account; slug: string; members: Map<string, 'member' | 'maintainer'> };

/** Something that must not happen in a test: a request we do not know, or an answer that GitHub would not give. */
export type Violation = { kind: 'request' | 'response' | 'webhook' | 'graphql'; where: string; problem: string };

export type World = {
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Where it is served, such as `http://127.0.0.1:4000`. */
  url: string;
  app: App;
  accounts: Map<string, Account>;
  /** Keyed by `owner/name` in lower case. */
  repositories: Map<string, Repository>;
  /** Repositories by the names that they once had. */
  formerNames: Map<string, Repository>;
  installations: Installation[];
  teams: Team[];
  /** Members of organizations: login in lower case to role. */
  members: Map<string, Map<string, 'admin' | 'member'>>;
  violations: Violation[];
  /** GitHub's limits, smaller where a test wants to meet them. */
  limits: { treeEntries: number; files: number; commits: number };
  nextId: () => number;
  /** The clock as GitHub writes it. */
  timestamp: () => string;
};

/** The account of that login; a person is made if there is none. */
export function accountOf(world: World, login: string, type: Account['type'] = 'User'): Account {
  const key = login.toLowerCase();
  const known = world.accounts.get(key);
  if (known !== undefined) return known;
  const account = { id: world.nextId(), login, type, createdAt: world.timestamp() };
  world.accounts.set(key, account);
  return account;
}

export const fullName = ({ owner, name }: Repository): string => `${owner.login}/${name}`;

/** The repository of that full name, or an error that says so: for people's actions, which are never wrong by accident. */
export function repositoryOf(world: World, name: string): Repository {
  const found = world.repositories.get(name.toLowerCase());
  if (found === undefined) throw new Error(`There is no repository ${name} on the simulated GitHub.`);
  return found;
}

export function pullRequestOf(repository: Repository, number: number): PullRequest {
  const found = repository.pulls.get(number);
  if (found === undefined) throw new Error(`${fullName(repository)} has no pull request #${number}.`);
  return found;
}

/** The installation that covers a repository, if any. */
export const installationOf = (world: World, repository: Repository): Installation | undefined =>
  world.installations.find(
    ({ account, repositories }) =>
      account.id === repository.owner.id && (repositories === 'all' || repositories.has(repository.name)),
  );

/** An opaque id as GraphQL and `node_id` use it; `kindOfNode` reads it back. */
export const nodeId = (kind: string, id: number): string => `${kind}_${id.toString(36).padStart(10, '0')}`;

export function readNodeId(id: string): { kind: string; id: number } | undefined {
  const found = /^([A-Z]+)_([0-9a-z]{10})$/.exec(id);
  return found === null ? undefined : { kind: String(found[1]), id: Number.parseInt(String(found[2]), 36) };
}
