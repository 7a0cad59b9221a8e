/** What the simulator tells the App about, event by event. */
import { diffTrees } from './diff.ts';
import { accountJson, installationJson } from './rest/account-json.ts';
import { checkRunEventJson, checkSuiteJson, simpleCommitJson } from './rest/check-json.ts';
import { issueCommentJson } from './rest/conversation-json.ts';
import { issueJson, pullRequestJson } from './rest/pull-request-json.ts';
import { labelJson, repositoryPage, shortRepositoryJson } from './rest/repository-json.ts';
import type {
  Account,
  CheckRun,
  CheckSuite,
  Installation,
  IssueComment,
  JsonObject,
  Label,
  PullRequest,
  Repository,
  World,
} from './state.ts';
import type { Webhooks } from './webhooks.ts';

export type Events = ReturnType<typeof createEvents>;

const ZERO = '0'.repeat(40);

export function createEvents(world: World, { send }: Webhooks) {
  return {
    pullRequest(
      action: string,
      pull: PullRequest,
      sender: Account,
      more: { label?: Label; changes?: JsonObject; before?: string; reason?: string } = {},
    ) {
      const { label, changes, before, reason } = more;
      return send({
        event: 'pull_request',
        action,
        sender,
        repository: pull.repository,
        payload: {
          number: pull.number,
          pull_request: pullRequestJson(world, pull),
          ...(label === undefined ? {} : { label: labelJson(world, pull.repository, label) }),
          ...(changes === undefined ? {} : { changes }),
          ...(reason === undefined ? {} : { reason }),
          ...(before === undefined ? {} : { before, after: pull.head.sha }),
        },
      });
    },
    issueComment(
      action: 'created' | 'edited' | 'deleted',
      pull: PullRequest,
      comment: IssueComment,
      sender: Account,
      was?: string,
    ) {
      return send({
        event: 'issue_comment',
        action,
        sender,
        repository: pull.repository,
        payload: {
          issue: issueJson(world, pull),
          comment: issueCommentJson(world, pull, comment),
          ...(action === 'edited' ? { changes: { body: { from: was ?? '' } } } : {}),
        },
      });
    },
    /** Names no pull request at its top, and inside only those of this repository's own branches. */
    checkRun(
      action: 'created' | 'completed' | 'rerequested' | 'requested_action',
      repository: Repository,
      run: CheckRun,
      sender: Account,
      button?: string,
    ) {
      return send({
        event: 'check_run',
        action,
        sender,
        repository,
        payload: {
          check_run: checkRunEventJson(world, repository, run),
          ...(button === undefined ? {} : { requested_action: { identifier: button } }),
        },
      });
    },
    checkSuite(action: 'requested' | 'rerequested', repository: Repository, suite: CheckSuite, sender: Account) {
      const { repository: _, ...rest } = checkSuiteJson(world, repository, suite);
      return send({ event: 'check_suite', action, sender, repository, payload: { check_suite: rest } });
    },
    mergeGroup(
      action: 'checks_requested' | 'destroyed',
      repository: Repository,
      group: { ref: string; sha: string; base: string; baseSha: string },
      sender: Account,
      reason?: string,
    ) {
      return send({
        event: 'merge_group',
        action,
        sender,
        repository,
        payload: {
          ...(reason === undefined ? {} : { reason }),
          merge_group: {
            head_sha: group.sha,
            head_ref: `refs/heads/${group.ref}`,
            base_sha: group.baseSha,
            base_ref: `refs/heads/${group.base}`,
            head_commit: simpleCommitJson(repository, group.sha),
          },
        },
      });
    },
    push(
      repository: Repository,
      branch: string,
      before: string | undefined,
      after: string,
      sender: Account,
      forced = false,
    ) {
      const { git } = repository;
      const commits = git.commitsBetween(before ?? '', after).slice(-2048);
      const seconds = (iso: string) => Math.floor(Date.parse(iso) / 1000);
      const describe = (sha: string): JsonObject => {
        const parent = git.commits.get(sha)?.parents[0] ?? '';
        const files = diffTrees(git, git.commitTree(parent), git.commitTree(sha));
        const named = (...states: string[]) =>
          files.filter(({ status }) => states.includes(status)).map(({ filename }) => filename);
        const { author, committer, ...rest } = simpleCommitJson(repository, sha);
        return {
          ...rest,
          author: { ...(author as JsonObject), username: sender.login },
          committer: { ...(committer as JsonObject), username: sender.login },
          distinct: true,
          url: repositoryPage(world, repository, `/commit/${sha}`),
          added: named('added', 'renamed'),
          removed: named('removed'),
          modified: named('modified', 'changed'),
        };
      };
      const owner = { ...accountJson(world, repository.owner), name: repository.owner.login, email: null };
      return send({
        event: 'push',
        action: null,
        sender,
        repository,
        payload: {
          ref: `refs/heads/${branch}`,
          before: before ?? ZERO,
          after,
          created: before === undefined,
          deleted: false,
          forced,
          base_ref: null,
          compare: repositoryPage(
            world,
            repository,
            `/compare/${(before ?? ZERO).slice(0, 12)}...${after.slice(0, 12)}`,
          ),
          commits: commits.map(({ sha }) => describe(sha)),
          head_commit: describe(after),
          pusher: { name: sender.login, email: `${sender.login}@users.noreply.github.com` },
          // Here, and only here, GitHub writes seconds instead of a date.
          repository: {
            owner,
            url: repositoryPage(world, repository),
            created_at: seconds(repository.createdAt),
            pushed_at: seconds(repository.pushedAt),
            stargazers: 0,
            master_branch: repository.defaultBranch,
          },
        },
      });
    },
    installation(
      action: 'created' | 'deleted' | 'suspend' | 'unsuspend',
      installation: Installation,
      repositories: readonly Repository[],
      sender: Account,
    ) {
      return send({
        event: 'installation',
        action,
        sender,
        installation,
        payload: {
          installation: installationJson(world, installation),
          repositories: repositories.map(each => shortRepositoryJson(world, each)),
          requester: null,
        },
      });
    },
    installationRepositories(
      action: 'added' | 'removed',
      installation: Installation,
      repositories: readonly Repository[],
      sender: Account,
    ) {
      const short = repositories.map(each => shortRepositoryJson(world, each));
      return send({
        event: 'installation_repositories',
        action,
        sender,
        installation,
        payload: {
          installation: installationJson(world, installation),
          repository_selection: installation.repositories === 'all' ? 'all' : 'selected',
          repositories_added: action === 'added' ? short : [],
          repositories_removed: action === 'removed' ? short : [],
          requester: null,
        },
      });
    },
    ping(sender: Account) {
      return send({
        event: 'ping',
        action: null,
        sender,
        payload: {
          zen: 'Anything added dilutes everything else.',
          hook_id: world.app.id + 1000,
          hook: {
            type: 'App',
            id: world.app.id + 1000,
            name: 'web',
            active: true,
            app_id: world.app.id,
            events: world.app.events,
            config: { content_type: 'json', insecure_ssl: '0', url: repositoryUrlOf(world) },
            updated_at: world.timestamp(),
            created_at: world.timestamp(),
            deliveries_url: `${world.url}/api/v3/app/hook/deliveries`,
          },
        },
      });
    },
  };
}

const repositoryUrlOf = ({ url }: World): string => `${url}/webhooks`;
