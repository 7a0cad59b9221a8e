/** Pull requests as people handle them: open, push, edit, close. */
import { baseTip } from '../pull-requests.ts';
import { type Account, type PullRequest, fullName, repositoryOf } from '../state.ts';
import type { ByPerson, CommitMessage, Files, Ground, PullRequestName } from './ground.ts';

export function pullRequestActions({ world, events, person, find, commit, note, requestSuite, moved, forkOf }: Ground) {
  async function close(pull: PullRequest, by: Account): Promise<void> {
    pull.state = 'closed';
    pull.closedAt = world.timestamp();
    pull.frozenBase = baseTip(pull);
    note(pull, 'closed', by);
    await events.pullRequest('closed', pull, by);
  }

  return {
    /**
     * Opens a pull request from a branch, or from a fork of the author's. Without files the branch must be there already, and
     * its last commit is the head. Returns its number.
     */
    async openPullRequest(
      draft: CommitMessage & {
        repository: string;
        author: string;
        title: string;
        body?: string | null;
        branch?: string;
        base?: string;
        files?: Files;
        fork?: boolean;
        draft?: boolean;
      },
    ): Promise<number> {
      const base = repositoryOf(world, draft.repository);
      const author = person(draft.author);
      const home = draft.fork === true ? forkOf(base, author) : base;
      const baseRef = draft.base ?? base.defaultBranch;
      const baseSha = base.branches.get(baseRef);
      if (baseSha === undefined) throw new Error(`${fullName(base)} has no branch ${baseRef}`);
      const number = ++base.lastNumber;
      const ref = draft.branch ?? `patch-${number}`;
      const tip = home.branches.get(ref);
      const isNew = tip === undefined;
      if (isNew && draft.files === undefined) throw new Error(`${fullName(home)} has no branch ${ref}`);
      const sha =
        draft.files === undefined && tip !== undefined
          ? tip
          : commit(home, ref, draft.files ?? {}, author, { message: draft.title, ...draft, parent: tip ?? baseSha });
      if (isNew) await events.push(home, ref, undefined, sha, author);
      const now = world.timestamp();
      const pull: PullRequest = {
        id: world.nextId(),
        number,
        repository: base,
        author,
        title: draft.title,
        body: draft.body === undefined ? 'What it adds, and how it was tried out.' : draft.body,
        state: 'open',
        draft: draft.draft ?? false,
        locked: false,
        createdAt: now,
        updatedAt: now,
        closedAt: null,
        mergedAt: null,
        mergedBy: null,
        mergeCommitSha: null,
        head: { repository: home, isGone: false, ref, sha },
        base: { ref: baseRef, sha: baseSha },
        frozenBase: null,
        labels: [],
        assignees: [],
        comments: [],
        reviews: [],
        reviewComments: [],
        resolvedThreads: new Set(),
        timeline: [],
        queued: null,
      };
      base.pulls.set(number, pull);
      if (home === base) await requestSuite(base, sha, author);
      await events.pullRequest('opened', pull, author);
      return number;
    },
    /** Adds a commit to the pull request's branch. Returns its SHA. */
    async push({
      by,
      files,
      ...rest
    }: PullRequestName & CommitMessage & { by?: string; files: Files }): Promise<string> {
      const pull = find(rest);
      const { repository, ref, sha: before } = pull.head;
      const sha = commit(repository, ref, files, by === undefined ? pull.author : person(by), rest);
      await moved(repository, ref, before, by === undefined ? pull.author : person(by));
      return sha;
    },
    /** Replaces the branch by one commit on the base branch's tip. Returns its SHA. */
    async forcePush({
      by,
      files,
      ...rest
    }: PullRequestName & CommitMessage & { by?: string; files: Files }): Promise<string> {
      const pull = find(rest);
      const { repository, ref, sha: before } = pull.head;
      const actor = by === undefined ? pull.author : person(by);
      const sha = commit(repository, ref, files, actor, { ...rest, parent: baseTip(pull) });
      await moved(repository, ref, before, actor, true);
      return sha;
    },
    /** Commits straight to a branch of the repository, such as its default branch. Returns the SHA. */
    async pushToBranch({
      repository: name,
      branch,
      by,
      files,
      ...more
    }: CommitMessage & { repository: string; branch?: string; by: string; files: Files }): Promise<string> {
      const repository = repositoryOf(world, name);
      const ref = branch ?? repository.defaultBranch;
      const before = repository.branches.get(ref);
      const parent = before ?? repository.branches.get(repository.defaultBranch);
      const sha = commit(repository, ref, files, person(by), { ...more, parent });
      await moved(repository, ref, before, person(by));
      return sha;
    },
    async close({ by, ...name }: ByPerson): Promise<void> {
      await close(find(name), person(by));
    },
    async reopen({ by, ...name }: ByPerson): Promise<void> {
      const pull = find(name);
      pull.state = 'open';
      pull.closedAt = null;
      pull.frozenBase = null;
      note(pull, 'reopened', person(by));
      await events.pullRequest('reopened', pull, person(by));
    },
    async markReady({ by, ...name }: ByPerson): Promise<void> {
      const pull = find(name);
      pull.draft = false;
      note(pull, 'ready_for_review', person(by));
      await events.pullRequest('ready_for_review', pull, person(by));
    },
    async convertToDraft({ by, ...name }: ByPerson): Promise<void> {
      const pull = find(name);
      pull.draft = true;
      note(pull, 'convert_to_draft', person(by));
      await events.pullRequest('converted_to_draft', pull, person(by));
    },
    /** Changes the base branch. */
    async retarget({ by, base, ...name }: ByPerson<{ base: string }>): Promise<void> {
      const pull = find(name);
      const was = { ...pull.base };
      pull.base = { ref: base, sha: pull.repository.branches.get(base) ?? '' };
      note(pull, 'base_ref_changed', person(by));
      await events.pullRequest('edited', pull, person(by), {
        changes: { base: { ref: { from: was.ref }, sha: { from: was.sha } } },
      });
    },
    /** Changes title or text. */
    async edit({ by, title, body, ...name }: ByPerson<{ title?: string; body?: string }>): Promise<void> {
      const pull = find(name);
      const changes = {
        ...(title === undefined ? {} : { title: { from: pull.title } }),
        ...(body === undefined ? {} : { body: { from: pull.body ?? '' } }),
      };
      if (title !== undefined) note(pull, 'renamed', person(by), { rename: { from: pull.title, to: title } });
      pull.title = title ?? pull.title;
      pull.body = body ?? pull.body;
      await events.pullRequest('edited', pull, person(by), { changes });
    },
    /** Deletes the author's fork: the pull request stays, its head repository is gone. */
    deleteFork(name: PullRequestName): void {
      const { head } = find(name);
      head.isGone = true;
      world.repositories.delete(fullName(head.repository).toLowerCase());
    },
    /** Locks the conversation. */
    lock(name: PullRequestName): void {
      find(name).locked = true;
    },
  };
}
