/** What all that people do has in common: who, which pull request, a commit, and what follows when a branch moves. */
import { suiteOf } from '../checks.ts';
import type { Events } from '../events.ts';
import type { FileChange } from '../git-store.ts';
import { latestRuns } from '../mergeability.ts';
import { outdateComments } from '../reviews.ts';
import {
  type Account,
  type App,
  type CheckRun,
  type PullRequest,
  type Repository,
  type TimelineEvent,
  type World,
  accountOf,
  pullRequestOf,
  repositoryOf,
} from '../state.ts';

export type Files = Readonly<Record<string, FileChange>>;
/** `owner/name` and number: how people name a pull request. */
export type PullRequestName = { repository: string; number: number };
export type ByPerson<T = unknown> = PullRequestName & { by: string } & T;

/** What a commit needs besides its files; the author's date can be forged here as it can be in git. */
export type CommitMessage = { message?: string; date?: string; unsigned?: boolean };

/** People sign their commits off unless told not to. */
const signedOff = (message: string, { login }: Account, unsigned = false): string =>
  unsigned || message.includes('Signed-off-by:')
    ? message
    : `${message}\n\nSigned-off-by: ${login} <${login}@users.noreply.github.com>`;

export type Ground = ReturnType<typeof createGround>;

export function createGround(
  world: World,
  events: Events,
  createFork: (owner: Account, parent: Repository) => Repository,
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
      message: signedOff(more.message ?? 'Update files', by, more.unsigned),
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
    return known ?? createFork(owner, parent);
  }

  const latestRun = (repository: Repository, name: string, sha: string): CheckRun => {
    const run = latestRuns(repository, sha).find(each => each.name === name);
    if (run === undefined) throw new Error(`no check run ${name} on ${sha}`);
    return run;
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

  return { world, events, person, find, commit, note, requestSuite, moved, forkOf, latestRun, otherApp };
}
