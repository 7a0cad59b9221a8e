import type { Octokit } from '@octokit/rest';
import { MAX_FILE_BYTES } from '../core/pull-request.ts';
import type { ChangedFile, CommitList, FileContent, RepositoryRef } from '../core/pull-request.ts';
import { isInTaxonomy, roleOf } from '../core/taxonomy.ts';
import { readBlobs } from './blobs.ts';
import { toCommit } from './commit.ts';
import { Missing, Transient } from './errors.ts';
import { newSideLines } from './patch.ts';
import { loadAllEntries, loadEntries } from './tree.ts';
import type { TreeEntry } from './tree.ts';

/** Files that changed, and in words for people why the list may not be whole. */
export type Changes = { readonly files: readonly ChangedFile[]; readonly incomplete?: string };

/** A comparison lists no more files than this, on any page. */
export const MAX_COMPARED_FILES = 300;

/** Commits that are looked at, a hundred a call. Of 562 recorded pull requests none has more than 22 of its own. */
const MAX_LISTED_COMMITS = 300;
const COMMITS_A_CALL = 100;

/**
 * The bytes of one pull request that are held at once. The largest real one has under 3 MB; 3,000 files of almost a megabyte
 * each would be 3 GB.
 */
const MAX_TOTAL_BYTES = 64_000_000;

/** A changed file as GitHub's lists give it. */
type ListedFile = {
  readonly filename: string;
  readonly status: string;
  readonly previous_filename?: string | undefined;
  readonly sha: string | null;
  readonly patch?: string | undefined;
};

/** Between the merge base of two commits and the second of them. */
export type Comparison = {
  readonly mergeBaseSha: string;
  /** At most `MAX_COMPARED_FILES`. */
  readonly files: readonly ChangedFile[];
  /** What the second has and the first has not. At most `MAX_LISTED_COMMITS` are listed. */
  readonly commits: CommitList;
};

/** Undefined when the two have no history in common. Both commits are named by id, so a push in between changes nothing. */
export async function compare(
  octokit: Octokit,
  { owner, name: repo }: RepositoryRef,
  baseSha: string,
  headSha: string,
): Promise<Comparison | undefined> {
  const ask = async (page: number) => {
    const basehead = `${baseSha}...${headSha}`;
    const parameters = { owner, repo, basehead, per_page: COMMITS_A_CALL, page };
    return (await octokit.rest.repos.compareCommitsWithBasehead(parameters)).data;
  };
  try {
    // Files are on the first page whatever its size.
    const first = await ask(1);
    const total = first.total_commits;
    const listed = first.commits.map(toCommit);
    for (let page = 2; listed.length < Math.min(total, MAX_LISTED_COMMITS); page++) {
      const { commits } = await ask(page);
      if (commits.length === 0) break;
      listed.push(...commits.map(toCommit));
    }
    return {
      mergeBaseSha: first.merge_base_commit.sha,
      files: (first.files ?? []).map(toChangedFile),
      commits: { listed, total },
    };
  } catch (error) {
    if (!(error instanceof Missing)) throw error;
    if (/no common ancestor/i.test(error.message)) return undefined;
    throw new Transient(`${headSha} or ${baseSha} cannot be seen yet`);
  }
}

/** What GitHub's lists say of a file, without its content. */
export const toChangedFile = (file: ListedFile): ChangedFile => ({
  path: file.filename,
  status: statusOf(file.status),
  ...(file.previous_filename !== undefined && { previousPath: file.previous_filename }),
  blobSha: file.status === 'removed' ? '' : (file.sha ?? ''),
  ...(file.patch !== undefined && { diffLines: newSideLines(file.patch) }),
});

/** A copy is a new file; a changed mode or type is a modification. */
function statusOf(status: string): ChangedFile['status'] {
  if (status === 'added' || status === 'removed' || status === 'renamed') return status;
  return status === 'copied' ? 'added' : 'modified';
}

/** The files between two commits of the base repository, with the content of those that matter. */
export async function loadChanges(
  octokit: Octokit,
  repository: RepositoryRef,
  baseSha: string,
  headSha: string,
): Promise<Changes> {
  const comparison = await compare(octokit, repository, baseSha, headSha);
  if (comparison === undefined) return { files: [], incomplete: 'The two commits have no history in common.' };
  if (comparison.files.length < MAX_COMPARED_FILES)
    return withContents(octokit, repository, headSha, { files: comparison.files });

  const [base, head] = await Promise.all([
    loadAllEntries(octokit, repository, comparison.mergeBaseSha),
    loadAllEntries(octokit, repository, headSha),
  ]);
  const changes =
    base === undefined || head === undefined
      ? {
          files: comparison.files,
          incomplete: `GitHub lists only the first ${MAX_COMPARED_FILES} changed files, and the repository is too large to compare.`,
        }
      : { files: changedBetween(base, head) };
  return withContents(octokit, repository, headSha, changes);
}

/** The files in which two trees differ. A rename shows as one file removed and one added. */
function changedBetween(
  base: ReadonlyMap<string, TreeEntry>,
  head: ReadonlyMap<string, TreeEntry>,
): readonly ChangedFile[] {
  const removed = [...base.keys()].filter(path => !head.has(path));
  const changed = [...head].filter(
    ([path, { sha, type }]) => base.get(path)?.sha !== sha || base.get(path)?.type !== type,
  );
  return [
    ...removed.map(path => ({ path, status: 'removed' as const, blobSha: '' })),
    ...changed.map(([path, { sha }]) => ({
      path,
      status: base.has(path) ? ('modified' as const) : ('added' as const),
      blobSha: sha,
    })),
  ];
}

/**
 * Adds what stands at the head for the files that are our business: bytes for those with a role, and for everything in the
 * taxonomy's folders whether it is a symlink or a submodule.
 */
export async function withContents(
  octokit: Octokit,
  repository: RepositoryRef,
  headSha: string,
  { files, incomplete }: Changes,
): Promise<Changes> {
  const ours = files.filter(({ path, status }) => status !== 'removed' && (isInTaxonomy(path) || hasRole(path)));
  const paths = ours.map(({ path }) => path);
  const entries = await loadEntries(octokit, repository, headSha, paths);
  const { readable, isTooMuch } = withinBudget(paths.filter(hasRole), entries);
  const blobs = await readBlobs(octokit, repository, readable);

  const unseen = paths.find(path => !entries.has(path));
  const reason =
    incomplete ??
    (isTooMuch ? `The changed files have more than ${MAX_TOTAL_BYTES / 1_000_000} MB together.` : undefined) ??
    (unseen === undefined ? undefined : `GitHub shows no file at ${JSON.stringify(unseen)}.`);
  return {
    files: files.map(file => withContent(file, entries.get(file.path), blobs)),
    ...(reason !== undefined && { incomplete: reason }),
  };
}

const hasRole = (path: string): boolean => roleOf(path) !== 'other';

/** Blobs to be read, in the order of the list, until the budget is spent. */
export function withinBudget(
  paths: readonly string[],
  entries: ReadonlyMap<string, TreeEntry>,
): { readonly readable: readonly string[]; readonly isTooMuch: boolean } {
  const readable: string[] = [];
  let total = 0;
  for (const path of paths) {
    const entry = entries.get(path);
    if (entry?.type !== 'file' || entry.size > MAX_FILE_BYTES) continue;
    total += entry.size;
    if (total > MAX_TOTAL_BYTES) return { readable, isTooMuch: true };
    readable.push(entry.sha);
  }
  return { readable, isTooMuch: false };
}

function withContent(
  file: ChangedFile,
  entry: TreeEntry | undefined,
  blobs: ReadonlyMap<string, FileContent>,
): ChangedFile {
  if (entry === undefined || file.status === 'removed') return file;
  if (entry.type === 'submodule' || entry.type === 'folder')
    return { ...file, blobSha: '', content: { type: 'submodule' } };
  const blobSha = entry.sha;
  if (entry.type === 'symlink') return { ...file, blobSha, content: { type: 'symlink' } };
  if (!hasRole(file.path)) return { ...file, blobSha };
  if (entry.size > MAX_FILE_BYTES) return { ...file, blobSha, content: { type: 'too-large', size: entry.size } };
  const content = blobs.get(blobSha);
  return content === undefined ? { ...file, blobSha } : { ...file, blobSha, content };
}
