/** Check runs and suites as GitHub's API shows them. */
import {
  type CheckRun,
  type CheckSuite,
  type Json,
  type JsonObject,
  type Repository,
  type World,
  nodeId,
} from '../state.ts';
import { appJson } from './account-json.ts';
import { repositoryJson, repositoryPage, repositoryUrl } from './repository-json.ts';

const minimalRepository = (world: World, repository: Repository): JsonObject => ({
  id: repository.id,
  url: repositoryUrl(world, repository),
  name: repository.name,
});

/** Open pull requests whose head is that commit of a branch of this very repository: never a fork's. */
function pullRequestsJson(world: World, repository: Repository, sha: string): Json {
  return [...repository.pulls.values()]
    .filter(({ state, head }) => state === 'open' && head.sha === sha && head.repository === repository)
    .map(pull => ({
      id: pull.id,
      number: pull.number,
      url: repositoryUrl(world, repository, `/pulls/${pull.number}`),
      head: { ref: pull.head.ref, sha: pull.head.sha, repo: minimalRepository(world, repository) },
      base: { ref: pull.base.ref, sha: pull.base.sha, repo: minimalRepository(world, repository) },
    }));
}

export function checkRunJson(world: World, repository: Repository, run: CheckRun): JsonObject {
  const url = repositoryUrl(world, repository, `/check-runs/${run.id}`);
  const page = repositoryPage(world, repository, `/runs/${run.id}`);
  return {
    id: run.id,
    name: run.name,
    node_id: nodeId('CR', run.id),
    head_sha: run.headSha,
    external_id: run.externalId,
    url,
    html_url: page,
    details_url: run.detailsUrl ?? page,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: {
      title: run.title,
      summary: run.summary,
      text: run.text,
      annotations_count: run.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: run.suite.id },
    app: appJson(world, run.app),
    pull_requests: pullRequestsJson(world, repository, run.headSha),
  };
}

/** A check run as a webhook carries it: with more of its suite. */
export const checkRunEventJson = (world: World, repository: Repository, run: CheckRun): JsonObject => ({
  ...checkRunJson(world, repository, run),
  check_suite: {
    id: run.suite.id,
    node_id: nodeId('CS', run.suite.id),
    head_branch: run.suite.headBranch,
    head_sha: run.suite.headSha,
    ...suiteState(repository, run.suite),
    url: repositoryUrl(world, repository, `/check-suites/${run.suite.id}`),
    before: run.suite.before,
    after: run.suite.headSha,
    pull_requests: pullRequestsJson(world, repository, run.headSha),
    app: appJson(world, run.app),
    created_at: run.suite.createdAt,
    updated_at: run.suite.updatedAt,
  },
});

/** From the gravest to the least; a suite takes the gravest conclusion of its runs. */
const gravity = ['failure', 'timed_out', 'action_required', 'cancelled', 'success', 'neutral', 'skipped'];

function suiteState({ checkRuns }: Repository, suite: CheckSuite): { status: string; conclusion: string | null } {
  const runs = checkRuns.filter(run => run.suite === suite);
  if (runs.length === 0) return { status: 'queued', conclusion: null };
  if (runs.some(({ status }) => status !== 'completed')) return { status: 'in_progress', conclusion: null };
  const conclusion = gravity.find(each => runs.some(run => run.conclusion === each));
  return { status: 'completed', conclusion: conclusion ?? null };
}

export function checkSuiteJson(world: World, repository: Repository, suite: CheckSuite): JsonObject {
  const url = repositoryUrl(world, repository, `/check-suites/${suite.id}`);
  return {
    id: suite.id,
    node_id: nodeId('CS', suite.id),
    head_branch: suite.headBranch,
    head_sha: suite.headSha,
    ...suiteState(repository, suite),
    url,
    before: suite.before,
    after: suite.headSha,
    pull_requests: pullRequestsJson(world, repository, suite.headSha),
    app: appJson(world, suite.app),
    repository: repositoryJson(world, repository),
    created_at: suite.createdAt,
    updated_at: suite.updatedAt,
    rerequestable: true,
    runs_rerequestable: true,
    head_commit: simpleCommitJson(repository, suite.headSha),
    latest_check_runs_count: repository.checkRuns.filter(run => run.suite === suite).length,
    check_runs_url: `${url}/check-runs`,
  };
}

/** A merge group's or a push's commit in a webhook. */
export function simpleCommitJson(repository: Repository, sha: string): JsonObject {
  const commit = repository.git.commits.get(sha);
  if (commit === undefined) throw new Error(`no commit ${sha}`);
  return {
    id: sha,
    tree_id: commit.tree,
    message: commit.message,
    timestamp: commit.committer.date,
    author: { name: commit.author.name, email: commit.author.email },
    committer: { name: commit.committer.name, email: commit.committer.email },
  };
}

export const annotationJson = (
  world: World,
  repository: Repository,
  { headSha }: CheckRun,
  annotation: CheckRun['annotations'][number],
): JsonObject => ({
  path: annotation.path,
  start_line: annotation.start_line,
  end_line: annotation.end_line,
  start_column: annotation.start_column ?? null,
  end_column: annotation.end_column ?? null,
  annotation_level: annotation.annotation_level,
  message: annotation.message,
  title: annotation.title ?? null,
  raw_details: annotation.raw_details ?? null,
  blob_href: repositoryUrl(world, repository, `/contents/${encodeURIComponent(annotation.path)}?ref=${headSha}`),
});
