/** The repository, its branches and its commits over REST. */
import { diffTrees } from '../diff.ts';
import type { Commit } from '../git-store.ts';
import { resolveRef } from '../references.ts';
import { type Json, type JsonObject, type Repository, nodeId } from '../state.ts';
import { commitFiles, commitJson, encodePath, fileJson, repositoryPage, repositoryUrl } from './repository-json.ts';
import { type Answer, type RepositoryRequest, notFound, ok, page, unprocessable } from './request.ts';

const MAX_COMMIT_FILES = 300;

function commitIn({ repository }: RepositoryRequest, ref: string | undefined): Commit {
  const commit = resolveRef(repository, ref ?? repository.defaultBranch);
  if (commit === undefined) throw unprocessable(`No commit found for SHA: ${ref ?? ''}`);
  return commit;
}

export const refJson = ({ world, repository }: RepositoryRequest, ref: string, sha: string): JsonObject => ({
  ref,
  node_id: nodeId('REF', Number.parseInt(sha.slice(0, 10), 16)),
  url: repositoryUrl(world, repository, `/git/${ref}`),
  object: { sha, type: 'commit', url: repositoryUrl(world, repository, `/git/commits/${sha}`) },
});

export const references = ({ repository }: RepositoryRequest): readonly [string, string][] => [
  ...[...repository.branches].map(([name, sha]): [string, string] => [`refs/heads/${name}`, sha]),
  ...[...repository.pulls.values()].map(({ number, head }): [string, string] => [`refs/pull/${number}/head`, head.sha]),
];

export function branch(request: RepositoryRequest): Answer {
  const { world, repository, params } = request;
  const name = params['branch'] ?? '';
  const commit = repository.git.commits.get(repository.branches.get(name) ?? '');
  if (commit === undefined) throw notFound();
  const self = repositoryUrl(world, repository, `/branches/${encodeURIComponent(name)}`);
  const required = repository.requiredChecks.get(name) ?? [];
  return ok({
    name,
    commit: commitJson(world, repository, commit),
    _links: { self, html: repositoryPage(world, repository, `/tree/${encodePath(name)}`) },
    protected: required.length > 0,
    protection: {
      enabled: required.length > 0,
      required_status_checks: { enforcement_level: 'non_admins', contexts: required, checks: [] },
    },
    protection_url: `${self}/protection`,
  });
}

/** `branch` here, or `owner:branch` of a fork. */
function resolveInNetwork({ world, repository }: RepositoryRequest, name: string): Commit | undefined {
  const [, owner, ref = ''] = /^(?:([^:]+):)?(.*)$/.exec(name) ?? [];
  const isThere = (each: Repository): boolean => each.git === repository.git && each.owner.login === owner;
  const home = owner === undefined ? repository : [...world.repositories.values()].find(isThere);
  return home === undefined ? undefined : resolveRef(home, ref);
}

export function compare(request: RepositoryRequest): Answer {
  const { world, repository, params } = request;
  const { git } = repository;
  const [from, to] = (params['basehead'] ?? '').split('...').map(name => resolveInNetwork(request, name));
  if (from === undefined || to === undefined) throw notFound();
  const base = git.commits.get(git.mergeBase(from.sha, to.sha) ?? '');
  if (base === undefined) throw notFound();
  const [ahead, behind] = [git.commitsBetween(from.sha, to.sha), git.commitsBetween(to.sha, from.sha)];
  const status =
    ahead.length === 0 ? (behind.length === 0 ? 'identical' : 'behind') : behind.length === 0 ? 'ahead' : 'diverged';
  const html = repositoryPage(world, repository, `/compare/${from.sha}...${to.sha}`);
  const files = diffTrees(git, git.commitTree(base.sha), git.commitTree(to.sha)).slice(0, MAX_COMMIT_FILES);
  return page(
    request,
    ahead.map(each => commitJson(world, repository, each)),
    commits => ({
      url: repositoryUrl(world, repository, `/compare/${params['basehead'] ?? ''}`),
      html_url: html,
      permalink_url: html,
      diff_url: `${html}.diff`,
      patch_url: `${html}.patch`,
      base_commit: commitJson(world, repository, from),
      merge_base_commit: commitJson(world, repository, base),
      status,
      ahead_by: ahead.length,
      behind_by: behind.length,
      total_commits: ahead.length,
      commits,
      // Files come with the first page only.
      files: Number(request.query['page'] ?? 1) > 1 ? [] : files.map(file => fileJson(world, repository, to.sha, file)),
    }),
  );
}

export function commits(request: RepositoryRequest): Answer {
  const { world, repository, query } = request;
  const { git } = repository;
  const start = resolveRef(repository, String(query['sha'] ?? repository.defaultBranch));
  if (start === undefined) throw notFound();
  const path = query['path'] === undefined ? undefined : String(query['path']);
  const touches = (commit: Commit): boolean =>
    path === undefined ||
    git.commitTree(commit.sha).get(path)?.sha !== git.commitTree(commit.parents[0] ?? '').get(path)?.sha;
  return page(
    request,
    git
      .history(start.sha)
      .filter(touches)
      .map(each => commitJson(world, repository, each)),
  );
}

export function commit(request: RepositoryRequest): Answer {
  const { world, repository, params } = request;
  const found = commitIn(request, params['ref']);
  const files = commitFiles(repository, found);
  const [additions, deletions] = [
    files.reduce((sum, each) => sum + each.additions, 0),
    files.reduce((sum, each) => sum + each.deletions, 0),
  ];
  return page(
    request,
    files.slice(0, 3000).map(file => fileJson(world, repository, found.sha, file)),
    shown => ({
      ...commitJson(world, repository, found),
      stats: { additions, deletions, total: additions + deletions },
      files: shown,
    }),
  );
}

export const branchesJson = ({ world, repository }: RepositoryRequest): Json[] =>
  [...repository.branches].map(([name, sha]) => ({
    name,
    commit: { sha, url: repositoryUrl(world, repository, `/commits/${sha}`) },
    protected: (repository.requiredChecks.get(name) ?? []).length > 0,
  }));
