/** What people do on GitHub's pages. Each promise settles once the App has answered the webhooks that follow. */
import { type CheckRunDraft, addCheckRun, suiteOf } from './checks.ts';
import type { Events } from './events.ts';
import type { FileChange } from './git-store.ts';
import { addComment, addLabels, findComment, react, removeLabel } from './issues.ts';
import { latestRuns, mergeability } from './mergeability.ts';
import { baseTip, mergedTree } from './pull-requests.ts';
import { type DraftComment, type ReviewEvent, addReply, addReview, outdateComments } from './reviews.ts';
import {
  type Account,
  type App,
  type CheckRun,
  type PullRequest,
  type Repository,
  type TimelineEvent,
  type World,
  accountOf,
  fullName,
  pullRequestOf,
  repositoryOf,
} from './state.ts';

type Files = Readonly<Record<string, FileChange>>;

/** `owner/name` and number: how people name a pull request. */
export type PullRequestName = { repository: string; number: number };

type ByPerson<T = unknown> = PullRequestName & { by: string } & T;

/** What a commit needs besides its files; the author's date can be forged here as it can be in git. */
type CommitMessage = { message?: string; date?: string };

export type People = ReturnType<typeof createPeople>;

export function createPeople(
  world: World,
  events: Events,
  createRepository: (owner: Account, parent: Repository) => Repository,
) {
  const others = new Map<string, App>();
  const person = (login: string): Account => accountOf(world, login);
  const find = ({ repository, number }: PullRequestName): PullRequest =>
    pullRequestOf(repositoryOf(world, repository), number);

  function commit(
    repository: Repository,
    branch: string,
    files: Files,
    by: Account,
    more: CommitMessage & { parent?: string | undefined; parents?: readonly string[]; tree?: string } = {},
  ): string {
    const { git } = repository;
    const parent = more.parent ?? repository.branches.get(branch);
    const signature = {
      name: by.login,
      email: `${by.login}@users.noreply.github.com`,
      date: more.date ?? world.timestamp(),
    };
    const made = git.addCommit({
      tree: more.tree ?? git.changeTree(parent === undefined ? undefined : git.commits.get(parent)?.tree, files),
      parents: more.parents ?? (parent === undefined ? [] : [parent]),
      author: signature,
      committer: signature,
      message: more.message ?? 'Update files',
    });
    repository.branches.set(branch, made.sha);
    repository.pushedAt = world.timestamp();
    return made.sha;
  }

  const note = (
    pull: PullRequest,
    event: TimelineEvent['event'],
    actor: Account,
    more: Partial<TimelineEvent> = {},
  ): void => {
    pull.updatedAt = world.timestamp();
    pull.timeline.push({ id: world.nextId(), event, actor, viaApp: null, createdAt: pull.updatedAt, ...more });
  };

  /** The suite that GitHub makes by itself for a push to the repository; a fork's push makes none here. */
  async function requestSuite(repository: Repository, sha: string, by: Account): Promise<void> {
    await events.checkSuite('requested', repository, suiteOf(world, repository, world.app, sha), by);
  }

  /** After a branch moved: its push event, and `synchronize` for the pull requests that have it as head. */
  async function moved(
    repository: Repository,
    branch: string,
    before: string | undefined,
    by: Account,
    forced = false,
  ): Promise<void> {
    const after = repository.branches.get(branch) ?? '';
    await events.push(repository, branch, before, after, by, forced);
    await requestSuite(repository, after, by);
    for (const base of world.repositories.values())
      for (const pull of base.pulls.values()) {
        if (pull.head.repository !== repository || pull.head.ref !== branch || pull.state !== 'open') continue;
        pull.head.sha = after;
        pull.base.sha = base.branches.get(pull.base.ref) ?? pull.base.sha;
        outdateComments(pull);
        if (forced) note(pull, 'head_ref_force_pushed', by, { commitId: after });
        pull.updatedAt = world.timestamp();
        await events.pullRequest('synchronize', pull, by, { before: before ?? '' });
      }
  }

  function forkOf(parent: Repository, owner: Account): Repository {
    const known = [...world.repositories.values()].find(each => each.parent === parent && each.owner.id === owner.id);
    return known ?? createRepository(owner, parent);
  }

  async function close(pull: PullRequest, by: Account): Promise<void> {
    pull.state = 'closed';
    pull.closedAt = world.timestamp();
    pull.frozenBase = baseTip(pull);
    note(pull, 'closed', by);
    await events.pullRequest('closed', pull, by);
  }

  const latestRun = (repository: Repository, name: string, sha: string): CheckRun => {
    const run = latestRuns(repository, sha).find(each => each.name === name);
    if (run === undefined) throw new Error(`no check run ${name} on ${sha}`);
    return run;
  };

  return {
    /** Opens a pull request from a branch, or from a fork of the author's. Returns its number. */
    async openPullRequest(
      draft: CommitMessage & {
        repository: string;
        author: string;
        title: string;
        body?: string | null;
        branch?: string;
        base?: string;
        files: Files;
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
      const isNew = !home.branches.has(ref);
      const sha = commit(home, ref, draft.files, author, {
        message: draft.title,
        ...draft,
        parent: home.branches.get(ref) ?? baseSha,
      });
      if (isNew) await events.push(home, ref, undefined, sha, author);
      const now = world.timestamp();
      const pull: PullRequest = {
        id: world.nextId(),
        number,
        repository: base,
        author,
        title: draft.title,
        body: draft.body ?? null,
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
        comments: [],
        reviews: [],
        reviewComments: [],
        resolvedThreads: new Set(),
        timeline: [],
        queued: false,
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
    /** Returns the comment's id. */
    async comment({ by, body, ...name }: ByPerson<{ body: string }>): Promise<number> {
      const pull = find(name);
      const comment = addComment(world, pull, person(by), body, null);
      await events.issueComment('created', pull, comment, person(by));
      return comment.id;
    },
    /** Anyone with write access may edit anyone's comment: `by` need not be its author. */
    async editComment({
      repository,
      id,
      by,
      body,
    }: {
      repository: string;
      id: number;
      by: string;
      body: string;
    }): Promise<void> {
      const { pull, comment } = findComment(repositoryOf(world, repository), id);
      const was = comment.body;
      comment.body = body;
      comment.updatedAt = world.timestamp();
      comment.editor = person(by);
      await events.issueComment('edited', pull, comment, person(by), was);
    },
    async deleteComment({ repository, id, by }: { repository: string; id: number; by: string }): Promise<void> {
      const { pull, comment } = findComment(repositoryOf(world, repository), id);
      pull.comments.splice(pull.comments.indexOf(comment), 1);
      await events.issueComment('deleted', pull, comment, person(by));
    },
    /** GitHub sends no webhook for a reaction. */
    react({ repository, id, by, content }: { repository: string; id: number; by: string; content: string }): void {
      react(world, findComment(repositoryOf(world, repository), id).comment, person(by), content);
    },
    async addLabel({ by, label, ...name }: ByPerson<{ label: string }>): Promise<void> {
      const pull = find(name);
      for (const each of addLabels(world, pull, [label], person(by), null))
        await events.pullRequest('labeled', pull, person(by), { label: each });
    },
    async removeLabel({ by, label, ...name }: ByPerson<{ label: string }>): Promise<void> {
      const pull = find(name);
      await events.pullRequest('unlabeled', pull, person(by), {
        label: removeLabel(world, pull, label, person(by), null),
      });
    },
    /** Submits a review; as in the interface, a comment must be on a line of the diff. */
    async review({
      by,
      event,
      body,
      comments,
      ...name
    }: ByPerson<{ event?: ReviewEvent; body?: string; comments?: readonly DraftComment[] }>): Promise<void> {
      addReview(world, find(name), person(by), {
        event: event ?? 'COMMENT',
        body: body ?? '',
        comments: comments ?? [],
      });
    },
    /** Answers under a review comment. Returns the answer's id. */
    reply({ by, to, body, ...name }: ByPerson<{ to: number; body: string }>): number {
      const pull = find(name);
      const comment = pull.reviewComments.find(({ id }) => id === to);
      if (comment === undefined) throw new Error(`no review comment ${to}`);
      return addReply(world, pull, person(by), comment, body).id;
    },
    resolveThread({ of, ...name }: PullRequestName & { of: number }): void {
      find(name).resolvedThreads.add(of);
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
    /** Merges with a merge commit; refused unless GitHub would let it through or `force` overrides as an admin. */
    async merge({ by, force, ...name }: ByPerson<{ force?: boolean }>): Promise<string> {
      const pull = find(name);
      const { repository } = pull;
      if (force !== true && !mergeability(pull).isMergeable)
        throw new Error(`#${pull.number} is ${mergeability(pull).state}`);
      const before = baseTip(pull);
      const tree = mergedTree(pull);
      const message = `Merge pull request #${pull.number} from ${pull.head.repository.owner.login}/${pull.head.ref}`;
      const sha = commit(repository, pull.base.ref, {}, person(by), {
        message,
        tree,
        parents: [before, pull.head.sha],
      });
      pull.frozenBase = before;
      pull.mergedAt = world.timestamp();
      pull.mergedBy = person(by);
      pull.mergeCommitSha = sha;
      pull.state = 'closed';
      pull.closedAt = pull.mergedAt;
      note(pull, 'merged', person(by), { commitId: sha });
      note(pull, 'closed', person(by));
      await events.push(repository, pull.base.ref, before, sha, person(by));
      await events.pullRequest('closed', pull, person(by));
      return sha;
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
    /** "Re-run" beside one check of the pull request's head. */
    async rerunCheck({ by, check, ...name }: ByPerson<{ check: string }>): Promise<void> {
      const { repository, head } = find(name);
      await events.checkRun('rerequested', repository, latestRun(repository, check, head.sha), person(by));
    },
    /** "Re-run all checks". */
    async rerunSuite({ by, ...name }: ByPerson): Promise<void> {
      const { repository, head } = find(name);
      await events.checkSuite('rerequested', repository, suiteOf(world, repository, world.app, head.sha), person(by));
    },
    /** Presses a button that the App put on its check. */
    async pressButton({ by, check, button, ...name }: ByPerson<{ check: string; button: string }>): Promise<void> {
      const { repository, head } = find(name);
      const run = latestRun(repository, check, head.sha);
      if (!run.actions.some(({ identifier }) => identifier === button))
        throw new Error(`${check} has no button ${button}`);
      await events.checkRun('requested_action', repository, run, person(by), button);
    },
    /** Another App, such as a CI, reports a check on a commit. */
    reportCheck({ repository: name, app, ...draft }: CheckRunDraft & { repository: string; app: string }): void {
      addCheckRun(world, repositoryOf(world, name), otherApp(app), draft);
    },
    /** Another App comments. Returns the comment's id. */
    async commentAsApp({ app, body, ...name }: PullRequestName & { app: string; body: string }): Promise<number> {
      const pull = find(name);
      const other = otherApp(app);
      const comment = addComment(world, pull, other.bot, body, other);
      await events.issueComment('created', pull, comment, other.bot);
      return comment.id;
    },
    /** "Merge when ready": a branch with base and pull request merged, and its checks asked for. Returns the group's head. */
    async enqueue({ by, ...name }: ByPerson): Promise<{ sha: string; ref: string }> {
      const pull = find(name);
      const { repository, base } = pull;
      const baseSha = baseTip(pull);
      const ref = `gh-readonly-queue/${base.ref}/pr-${pull.number}-${baseSha}`;
      const message = `Merge pull request #${pull.number} from ${pull.head.repository.owner.login}/${pull.head.ref}`;
      const sha = commit(repository, ref, {}, person(by), {
        message,
        tree: mergedTree(pull),
        parents: [baseSha, pull.head.sha],
      });
      pull.queued = true;
      await events.push(repository, ref, undefined, sha, person(by));
      await events.pullRequest('enqueued', pull, person(by));
      await events.mergeGroup('checks_requested', repository, { ref, sha, base: base.ref, baseSha }, person(by));
      return { sha, ref };
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

  function otherApp(slug: string): App {
    const known = others.get(slug);
    if (known !== undefined) return known;
    const app: App = {
      ...world.app,
      id: world.nextId(),
      slug,
      name: slug,
      bot: accountOf(world, `${slug}[bot]`, 'Bot'),
      permissions: {},
      events: [],
    };
    others.set(slug, app);
    return app;
  }
}
