import type { Octokit } from '@octokit/rest';
import { z } from 'zod';
import type { RepositoryRef } from '../core/pull-request.ts';
import { POLICY_PATH } from '../core/read-policy.ts';
import { TAXONOMY_FOLDERS } from '../core/taxonomy.ts';
import type { Taxonomy } from '../core/taxonomy.ts';
import { Transient, unlessMissing } from './errors.ts';
import { askGraphql } from './graphql.ts';

/** What git has at a path. */
export type TreeEntry = {
  readonly type: 'file' | 'symlink' | 'submodule' | 'folder';
  readonly sha: string;
  /** In bytes; 0 for what has none. */
  readonly size: number;
};

type Tree = {
  readonly entries: readonly (TreeEntry & { readonly path: string })[];
  readonly isTruncated: boolean;
};

/** One tree object, or all below it. Paths are from that tree. */
async function loadTree(
  octokit: Octokit,
  { owner, name: repo }: RepositoryRef,
  sha: string,
  isRecursive: boolean,
): Promise<Tree> {
  const parameters = { owner, repo, tree_sha: sha };
  const { data } = await octokit.rest.git.getTree(isRecursive ? { ...parameters, recursive: '1' } : parameters);
  return {
    isTruncated: data.truncated,
    entries: data.tree.map(({ path, mode, sha, size }) => ({ path, type: typeOfMode(mode), sha, size: size ?? 0 })),
  };
}

/** Git's modes, in octal; 100644, 100755 and the ancient 100664 are all plain files. */
const typeOfMode = (mode: string): TreeEntry['type'] =>
  mode === '120000' ? 'symlink' : mode === '160000' ? 'submodule' : mode === '040000' ? 'folder' : 'file';

/** Every path below a tree, folder by folder where GitHub would cut the list (100,000 entries or 7 MB). */
async function walk(octokit: Octokit, repository: RepositoryRef, sha: string): Promise<Tree['entries']> {
  const whole = await loadTree(octokit, repository, sha, true);
  if (!whole.isTruncated) return whole.entries;
  const top = await loadTree(octokit, repository, sha, false);
  // One folder with so many entries cannot be read at all, and nothing may be said about what may be in it.
  if (top.isTruncated) throw new Transient(`GitHub cuts the list of the folder ${sha}`);
  const below: Tree['entries'][number][] = [];
  for (const folder of top.entries) {
    below.push(folder);
    if (folder.type !== 'folder') continue;
    for (const entry of await walk(octokit, repository, folder.sha))
      below.push({ ...entry, path: `${folder.path}/${entry.path}` });
  }
  return below;
}

/** The taxonomy at a commit: only its folders are read, however large the rest of the repository is. */
export async function loadTaxonomy(octokit: Octokit, repository: RepositoryRef, sha: string): Promise<Taxonomy> {
  const root = await loadTree(octokit, repository, sha, false);
  if (root.isTruncated) throw new Transient(`GitHub cuts the list of the root of ${sha}`);
  const folders = root.entries.filter(
    ({ path, type }) => type === 'folder' && TAXONOMY_FOLDERS.some(folder => folder === path),
  );
  const files = await Promise.all(
    folders.map(async folder =>
      (await walk(octokit, repository, folder.sha))
        .filter(({ type }) => type === 'file')
        .map(({ path, sha }) => [`${folder.path}/${path}`, sha] as const),
    ),
  );
  return { sha, files: new Map(files.flat()) };
}

/** Every file of a commit; undefined when GitHub would cut the list. */
export async function loadAllEntries(
  octokit: Octokit,
  repository: RepositoryRef,
  sha: string,
): Promise<ReadonlyMap<string, TreeEntry> | undefined> {
  const { entries, isTruncated } = await loadTree(octokit, repository, sha, true);
  if (isTruncated) return undefined;
  return new Map(entries.filter(({ type }) => type !== 'folder').map(entry => [entry.path, entry]));
}

const tipAnswer = z.object({
  repository: z.object({ defaultBranchRef: z.object({ target: z.object({ oid: z.string() }) }).nullable() }),
});

/** The commit of the default branch; undefined in a repository that is empty. */
export async function loadDefaultTip(octokit: Octokit, { owner, name }: RepositoryRef): Promise<string | undefined> {
  const query = `query ($owner: String!, $name: String!) {
    repository(owner: $owner, name: $name) { defaultBranchRef { target { oid } } }
  }`;
  const { repository } = await askGraphql(octokit, query, { owner, name }, tipAnswer);
  return repository.defaultBranchRef?.target.oid;
}

const PATHS_PER_QUERY = 100;

const entrySchema = z.object({ mode: z.number(), oid: z.string(), size: z.number() });
const entriesAnswer = z.object({
  repository: z.object({ object: z.record(z.string(), entrySchema.nullable()).nullable() }),
});

/**
 * What stands at these paths of a commit, in one call for a hundred of them: lists of changed files do not tell a symlink from
 * a file. Paths that GitHub cannot find (their bytes may not be UTF-8) are absent.
 */
export async function loadEntries(
  octokit: Octokit,
  { owner, name }: RepositoryRef,
  commit: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, TreeEntry>> {
  const found = new Map<string, TreeEntry>();
  for (let start = 0; start < paths.length; start += PATHS_PER_QUERY) {
    const batch = paths.slice(start, start + PATHS_PER_QUERY);
    const declarations = batch.map((_, index) => `$p${index}: String!`).join(', ');
    const fields = batch.map((_, index) => `f${index}: file(path: $p${index}) { mode oid size }`).join(' ');
    const { repository } = await askGraphql(
      octokit,
      `query ($owner: String!, $name: String!, $commit: GitObjectID!, ${declarations}) {
        repository(owner: $owner, name: $name) { object(oid: $commit) { ... on Commit { ${fields} } } }
      }`,
      { owner, name, commit, ...Object.fromEntries(batch.map((path, index) => [`p${index}`, path])) },
      entriesAnswer,
    );
    // The commit was named a moment ago; a replica that does not know it yet will.
    if (repository.object === null) throw new Transient(`commit ${commit} cannot be seen yet`);
    for (const [index, path] of batch.entries()) {
      const entry = repository.object[`f${index}`];
      if (entry === null || entry === undefined) continue;
      found.set(path, { type: typeOfMode(entry.mode.toString(8).padStart(6, '0')), sha: entry.oid, size: entry.size });
    }
  }
  return found;
}

/**
 * Text of `.github/assay.yml` at a commit, or at the tip of the default branch; undefined when there is none, or something that is no file: the policy's defaults
 * hold then, as for a file that cannot be parsed.
 */
export async function loadPolicy(
  octokit: Octokit,
  { owner, name: repo }: Pick<RepositoryRef, 'owner' | 'name'>,
  sha?: string,
): Promise<string | undefined> {
  const place = { owner, repo, path: POLICY_PATH, ...(sha !== undefined && { ref: sha }) };
  const response = await unlessMissing(octokit.rest.repos.getContent(place));
  const file = response?.data;
  if (file === undefined || Array.isArray(file) || file.type !== 'file' || !('content' in file)) return undefined;
  if (file.encoding !== 'base64') throw new Transient(`${POLICY_PATH} is too large to be read`);
  return Buffer.from(file.content, 'base64').toString('utf8');
}
