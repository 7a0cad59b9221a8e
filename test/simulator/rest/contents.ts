/** Files, folders, trees and blobs over REST. */
import { dirname, join } from 'node:path/posix';
import { apiUrl } from './account-json.ts';
import type { FlatTree, TreeFile } from '../git-store.ts';
import type { OperationName } from '../openapi.ts';
import { commitsOf } from '../pull-requests.ts';
import { resolveRef } from '../references.ts';
import { type JsonObject, type Repository, nodeId } from '../state.ts';
import { branch, branchesJson, commit, commits, compare, refJson, references } from './commits.ts';
import { pullRequestSimpleJson } from './pull-request-json.ts';
import { encodePath, fullRepositoryJson, gitCommitJson, repositoryPage, repositoryUrl } from './repository-json.ts';
import {
  type Answer,
  type ApiRequest,
  type RepositoryRequest,
  type Route,
  inRepository,
  notFound,
  ok,
  page,
} from './request.ts';

const MEGABYTE = 1_000_000;

/** More than this a folder's listing leaves out. */
const MAX_FOLDER_ENTRIES = 1000;

const wantsRaw = ({ accept }: RepositoryRequest): boolean => /application\/vnd\.github\.(v3\.)?raw/.test(accept);

/** Base64 in lines of 60 characters, as GitHub sends it. */
const base64 = (bytes: Buffer): string => bytes.toString('base64').replaceAll(/.{60}/g, '$&\n');

function entryJson(
  { world, repository }: RepositoryRequest,
  ref: string,
  path: string,
  file: TreeFile | { mode: '040000'; sha: string },
): JsonObject {
  const { mode, sha } = file;
  const type = { '040000': 'dir', '160000': 'submodule', '120000': 'symlink', '100644': 'file', '100755': 'file' }[
    mode
  ];
  const self = repositoryUrl(world, repository, `/contents/${encodePath(path)}?ref=${encodeURIComponent(ref)}`);
  const isFolder = mode === '040000';
  const git =
    mode === '160000' ? null : repositoryUrl(world, repository, `/git/${isFolder ? 'trees' : 'blobs'}/${sha}`);
  const html = repositoryPage(
    world,
    repository,
    `/${isFolder ? 'tree' : 'blob'}/${encodePath(ref)}/${encodePath(path)}`,
  );
  return {
    type,
    size: repository.git.blobs.get(sha)?.length ?? 0,
    name: path.split('/').at(-1) ?? '',
    path,
    sha,
    url: self,
    git_url: git,
    html_url: html,
    download_url:
      isFolder || mode === '160000'
        ? null
        : repositoryPage(world, repository, `/raw/${encodePath(ref)}/${encodePath(path)}`),
    _links: { self, git, html },
  };
}

function contents(request: RepositoryRequest): Answer {
  const { repository, params } = request;
  const ref = String(request.query['ref'] ?? repository.defaultBranch);
  const commit = resolveRef(repository, ref);
  if (commit === undefined) throw notFound();
  const path = (params['path'] ?? '').replace(/^\/+|\/+$/g, '');
  const files = repository.git.readTree(commit.tree);
  const file = files.get(path);
  if (file !== undefined) return fileAnswer(request, ref, path, linkedFile(repository, files, path, file));
  const prefix = path === '' ? '' : `${path}/`;
  const names = new Map<string, TreeFile | { mode: '040000'; sha: string }>();
  for (const [inner, each] of files) {
    if (!inner.startsWith(prefix)) continue;
    const [name = '', ...rest] = inner.slice(prefix.length).split('/');
    names.set(
      name,
      rest.length === 0 ? each : { mode: '040000', sha: folderSha(repository, commit.tree, `${prefix}${name}`) },
    );
  }
  if (names.size === 0) throw notFound();
  const entries = [...names].slice(0, MAX_FOLDER_ENTRIES);
  const listed = entries.map(([name, each]) => entryJson(request, ref, `${prefix}${name}`, each));
  // In a listing, and only there, a submodule calls itself a file.
  return ok(listed.map(each => (each['type'] === 'submodule' ? { ...each, type: 'file' } : each)));
}

function folderSha({ git }: Repository, tree: string, path: string): string {
  return path.split('/').reduce((sha, name) => git.trees.get(sha)?.find(entry => entry.name === name)?.sha ?? '', tree);
}

/** A symlink to a normal file of the repository is answered with that file, as if it were no link. */
function linkedFile({ git }: Repository, files: FlatTree, path: string, file: TreeFile): TreeFile {
  if (file.mode !== '120000') return file;
  const target = files.get(join(dirname(path), git.blobs.get(file.sha)?.toString('utf8') ?? ''));
  return target?.mode === '100644' || target?.mode === '100755' ? target : file;
}

function fileAnswer(request: RepositoryRequest, ref: string, path: string, file: TreeFile): Answer {
  const entry = entryJson(request, ref, path, file);
  const bytes = request.repository.git.blobs.get(file.sha) ?? Buffer.alloc(0);
  if (file.mode === '160000') return ok({ ...entry, submodule_git_url: 'https://example.org/module.git' });
  if (wantsRaw(request)) return { status: 200, raw: bytes };
  if (file.mode === '120000') return ok({ ...entry, target: bytes.toString('utf8') });
  if (bytes.length > MEGABYTE) return ok({ ...entry, encoding: 'none', content: '' });
  return ok({ ...entry, encoding: 'base64', content: base64(bytes) });
}

function blob(request: RepositoryRequest): Answer {
  const { world, repository, params } = request;
  const sha = params['file_sha'] ?? '';
  const bytes = repository.git.blobs.get(sha);
  if (bytes === undefined) throw notFound();
  if (wantsRaw(request)) return { status: 200, raw: bytes };
  return ok({
    sha,
    node_id: nodeId('B', Number.parseInt(sha.slice(0, 10), 16)),
    size: bytes.length,
    url: repositoryUrl(world, repository, `/git/blobs/${sha}`),
    content: base64(bytes),
    encoding: 'base64',
  });
}

export function tree(request: RepositoryRequest): Answer {
  const { world, repository, params, query } = request;
  const { git } = repository;
  const asked = params['tree_sha'] ?? '';
  const root = git.trees.has(asked) ? asked : resolveRef(repository, asked)?.tree;
  if (root === undefined) throw notFound();
  const entries: JsonObject[] = [];
  const walk = (sha: string, prefix: string): void => {
    for (const entry of git.trees.get(sha) ?? []) {
      if (entries.length > world.limits.treeEntries) return;
      const size = git.blobs.get(entry.sha)?.length;
      entries.push({
        path: `${prefix}${entry.name}`,
        mode: entry.mode,
        type: entry.type,
        sha: entry.sha,
        ...(entry.type === 'blob' ? { size: size ?? 0 } : {}),
        ...(entry.type === 'commit'
          ? {}
          : { url: repositoryUrl(world, repository, `/git/${entry.type}s/${entry.sha}`) }),
      });
      // Any value asks for the whole tree, also `recursive=0`.
      if (entry.type === 'tree' && query['recursive'] !== undefined) walk(entry.sha, `${prefix}${entry.name}/`);
    }
  };
  walk(root, '');
  return ok({
    sha: root,
    url: repositoryUrl(world, repository, `/git/trees/${root}`),
    tree: entries.slice(0, world.limits.treeEntries),
    truncated: entries.length > world.limits.treeEntries,
  });
}

const repositoryRoute = inRepository('metadata', 'read', ({ world, repository }) =>
  ok(fullRepositoryJson(world, repository)),
);

/** GitHub redirects from a former name to the id, for those who may read the repository. */
function moved({ world, params }: ApiRequest): Answer | undefined {
  const former = world.formerNames.get(`${params['owner'] ?? ''}/${params['repo'] ?? ''}`.toLowerCase());
  if (former === undefined || former.private) return undefined;
  const url = apiUrl(world, `/repositories/${former.id}`);
  const body = { message: 'Moved Permanently', url, documentation_url: 'https://docs.github.com/rest' };
  return { status: 301, headers: { location: url }, body };
}

export const contentsRoutes = {
  'GET /repos/{owner}/{repo}': request => moved(request) ?? repositoryRoute(request),
  'GET /repos/{owner}/{repo}/branches': inRepository('contents', 'read', request =>
    page(request, branchesJson(request)),
  ),
  'GET /repos/{owner}/{repo}/branches/{branch}': inRepository('contents', 'read', branch),
  'GET /repos/{owner}/{repo}/commits': inRepository('contents', 'read', commits),
  'GET /repos/{owner}/{repo}/commits/{ref}': inRepository('contents', 'read', commit),
  'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls': inRepository('pull_requests', 'read', request => {
    const { world, repository, params } = request;
    const found = [...repository.pulls.values()].filter(
      pull => pull.head.repository === repository && commitsOf(pull).some(({ sha }) => sha === params['commit_sha']),
    );
    return page(
      request,
      found.map(pull => pullRequestSimpleJson(world, pull)),
    );
  }),
  'GET /repos/{owner}/{repo}/compare/{basehead}': inRepository('contents', 'read', compare),
  'GET /repos/{owner}/{repo}/contents/{path}': inRepository('contents', 'read', contents),
  'GET /repos/{owner}/{repo}/git/blobs/{file_sha}': inRepository('contents', 'read', blob),
  'GET /repos/{owner}/{repo}/git/commits/{commit_sha}': inRepository('contents', 'read', request => {
    const found = request.repository.git.commits.get(request.params['commit_sha'] ?? '');
    if (found === undefined) throw notFound();
    return ok(gitCommitJson(request.world, request.repository, found));
  }),
  'GET /repos/{owner}/{repo}/git/matching-refs/{ref}': inRepository('contents', 'read', request =>
    page(
      request,
      references(request)
        .filter(([ref]) => ref.startsWith(`refs/${request.params['ref'] ?? ''}`))
        .map(([ref, sha]) => refJson(request, ref, sha)),
    ),
  ),
  'GET /repos/{owner}/{repo}/git/ref/{ref}': inRepository('contents', 'read', request => {
    const found = references(request).find(([ref]) => ref === `refs/${request.params['ref'] ?? ''}`);
    if (found === undefined) throw notFound();
    return ok(refJson(request, ...found));
  }),
  'GET /repos/{owner}/{repo}/git/trees/{tree_sha}': inRepository('contents', 'read', tree),
} satisfies Partial<Record<OperationName, Route>>;
