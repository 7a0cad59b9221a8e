import { lstat, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { MAX_FILE_BYTES } from '../core/pull-request.ts';
import type { ChangedFile, FileContent, PullRequest } from '../core/pull-request.ts';
import { isInTaxonomy, roleOf } from '../core/taxonomy.ts';
import type { Source } from '../recorded/rehearsal.ts';
import type { Git } from './git.ts';
import { gitBlobId } from './git-blob-id.ts';

/** The working tree's pull request. Its repository has no name, so nothing is linked: nobody else could open the links. */
export const localRef = { repository: { id: 1, owner: '', name: '' }, number: 1 } as const;

/**
 * The pull request that a working tree would make, uncommitted and untracked files included, and the base that it would be
 * merged into. Throws with a sentence for people when there is no base to compare with.
 */
export async function workingTreeSource(
  git: Git,
  top: string,
  baseRef: string | undefined,
  now: Date,
): Promise<Source> {
  const base = await findBase(git, baseRef);
  const mergeBaseSha = (await git.read('merge-base', 'HEAD', base.sha)).trim();
  const pullRequest: PullRequest = {
    ...localRef,
    title: 'The working tree',
    author: { login: 'you', id: 0, isBot: false },
    state: 'open',
    isDraft: false,
    createdAt: now.toISOString(),
    headSha: (await git.read('rev-parse', 'HEAD')).trim(),
    baseRef: base.ref,
    baseSha: base.sha,
    mergeBaseSha,
    files: await changedFiles(git, top, mergeBaseSha),
  };
  return {
    loadPullRequest: () => Promise.resolve(pullRequest),
    async loadTaxonomy(_, sha) {
      const entries = await git.list('ls-tree', '-r', '-z', '--full-tree', sha);
      const files = entries
        .map(entry => /^\d+ \w+ (\w+)\t([^]*)$/.exec(entry))
        .map(match => [match?.[2] ?? '', match?.[1] ?? ''] as const);
      return { sha, files: new Map(files.filter(([path]) => isInTaxonomy(path))) };
    },
    async loadPolicy(_, sha) {
      const [entry] = await git.list('ls-tree', '-z', '--full-tree', sha, '.github/assay.yml');
      return entry === undefined ? undefined : git.read('cat-file', 'blob', `${sha}:.github/assay.yml`);
    },
    loadBlobs: (_, ids) => git.blobs(ids, MAX_FILE_BYTES),
  };
}

async function findBase(git: Git, given: string | undefined): Promise<{ readonly ref: string; readonly sha: string }> {
  for (const ref of given === undefined ? ['origin/main', 'main'] : [given]) {
    const sha = await git
      .read('rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`)
      .catch(() => '');
    if (sha !== '') return { ref, sha: sha.trim() };
  }
  throw new Error(
    given === undefined
      ? 'There is neither origin/main nor main to compare with. Name the branch with --base.'
      : `There is no branch or commit ${JSON.stringify(given)}.`,
  );
}

/** Tracked files that differ from the merge base, committed or not, and untracked ones that are not ignored. */
async function changedFiles(git: Git, top: string, mergeBase: string): Promise<readonly ChangedFile[]> {
  const parts = await git.list(
    'diff',
    '--name-status',
    '-z',
    '--find-renames',
    '--no-ext-diff',
    '--no-textconv',
    mergeBase,
  );
  const untracked = await git.list('ls-files', '--others', '--exclude-standard', '-z', '--full-name', ':/');
  const files: ChangedFile[] = [];
  for (let at = 0; at < parts.length;) {
    const letter = (parts[at++] ?? '').charAt(0);
    const first = parts[at++] ?? '';
    if (letter === 'R' || letter === 'C') {
      const path = parts[at++] ?? '';
      const renamed =
        letter === 'R' ? ({ status: 'renamed', previousPath: first } as const) : ({ status: 'added' } as const);
      files.push({ path, ...renamed, ...(await contentOf(top, path)) });
    } else if (letter === 'D') files.push({ path: first, status: 'removed', blobSha: '' });
    else files.push({ path: first, status: letter === 'A' ? 'added' : 'modified', ...(await contentOf(top, first)) });
  }
  for (const path of untracked) files.push({ path, status: 'added', ...(await contentOf(top, path)) });
  return files;
}

async function contentOf(top: string, path: string): Promise<Pick<ChangedFile, 'blobSha' | 'content'>> {
  const file = join(top, path);
  const stat = await lstat(file);
  if (stat.isDirectory()) return { blobSha: '', content: { type: 'submodule' } };
  if (stat.isSymbolicLink())
    return { blobSha: gitBlobId(Buffer.from(await readlink(file))), content: { type: 'symlink' } };
  if (roleOf(path) === 'other') return { blobSha: '' };
  if (stat.size > MAX_FILE_BYTES) return { blobSha: '', content: { type: 'too-large', size: stat.size } };
  const bytes = await readFile(file);
  const content: FileContent = { type: 'bytes', bytes };
  return { blobSha: gitBlobId(bytes), content };
}
