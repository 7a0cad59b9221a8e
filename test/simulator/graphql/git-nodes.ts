/** Blobs, trees, commits and branches as GraphQL's objects. */
import { resolveRef } from '../references.ts';
import { repositoryPage } from '../rest/repository-json.ts';
import { type Repository, type World, nodeId } from '../state.ts';
import type { Node } from './connection.ts';

/** From here on the text of a blob is cut. */
const MAX_TEXT = 512_000;

function blobNode({ git }: Repository, sha: string): Node {
  const bytes = git.blobs.get(sha) ?? Buffer.alloc(0);
  const isBinary = bytes.includes(0);
  return {
    __typename: 'Blob',
    id: nodeId('B', Number.parseInt(sha.slice(0, 10), 16)),
    oid: sha,
    abbreviatedOid: sha.slice(0, 7),
    byteSize: bytes.length,
    isBinary,
    isTruncated: bytes.length > MAX_TEXT,
    text: isBinary ? null : bytes.subarray(0, MAX_TEXT).toString('utf8'),
  };
}

export function objectNode(world: World, repository: Repository, sha: string): Node | null {
  const { git } = repository;
  if (git.blobs.has(sha)) return blobNode(repository, sha);
  const commit = git.commits.get(sha);
  if (commit !== undefined)
    return {
      __typename: 'Commit',
      id: nodeId('C', Number.parseInt(sha.slice(0, 10), 16)),
      oid: sha,
      message: commit.message,
      committedDate: commit.committer.date,
      authoredDate: commit.author.date,
      url: repositoryPage(world, repository, `/commit/${sha}`),
      tree: () => objectNode(world, repository, commit.tree),
      file: ({ path }: { path: string }) => entryAt(world, repository, commit.tree, path),
    };
  const entries = git.trees.get(sha);
  if (entries === undefined) return null;
  return {
    __typename: 'Tree',
    id: nodeId('T', Number.parseInt(sha.slice(0, 10), 16)),
    oid: sha,
    entries: entries.map(entry => entryNode(world, repository, entry.name, entry)),
  };
}

const entryNode = (
  world: World,
  repository: Repository,
  path: string,
  entry: { name: string; mode: string; type: string; sha: string },
): Node => ({
  name: entry.name,
  path,
  mode: Number.parseInt(entry.mode, 8),
  type: entry.type,
  oid: entry.sha,
  size: repository.git.blobs.get(entry.sha)?.length ?? 0,
  object: () => (entry.type === 'commit' ? null : objectNode(world, repository, entry.sha)),
});

function findEntry({ git }: Repository, root: string, path: string) {
  let entry: { name: string; mode: string; type: string; sha: string } = {
    name: '',
    mode: '040000',
    type: 'tree',
    sha: root,
  };
  for (const name of path.split('/').filter(part => part !== '')) {
    const found = git.trees.get(entry.sha)?.find(each => each.name === name);
    if (found === undefined) return undefined;
    entry = found;
  }
  return entry;
}

function entryAt(world: World, repository: Repository, root: string, path: string): Node | null {
  const entry = findEntry(repository, root, path);
  return entry === undefined ? null : entryNode(world, repository, path, entry);
}

/** `oid`, or an expression such as `main:folder/file` or `HEAD`. */
export function gitObject(
  world: World,
  repository: Repository,
  { oid, expression }: { oid?: string | null; expression?: string | null },
): Node | null {
  if (typeof oid === 'string') return objectNode(world, repository, oid);
  const [, ref = '', path] = /^([^:]*)(?::(.*))?$/s.exec(expression ?? '') ?? [];
  const commit = resolveRef(repository, ref === 'HEAD' ? repository.defaultBranch : ref);
  if (commit === undefined) return path === undefined ? objectNode(world, repository, ref) : null;
  if (path === undefined) return objectNode(world, repository, commit.sha);
  const entry = findEntry(repository, commit.tree, path);
  return entry === undefined || entry.type === 'commit' ? null : objectNode(world, repository, entry.sha);
}

export const refNode = (world: World, repository: Repository, name: string): Node | null => {
  const sha = repository.branches.get(name);
  if (sha === undefined) return null;
  return {
    __typename: 'Ref',
    id: nodeId('REF', repository.id),
    name,
    prefix: 'refs/heads/',
    target: () => objectNode(world, repository, sha),
  };
};
