import type { Octokit } from '@octokit/rest';
import type { DocumentSource, SourceLicence } from '../core/documents/lookup.ts';
import { MAX_FILE_BYTES } from '../core/pull-request.ts';
import type { FoundSource, SourceRef } from '../ports.ts';
import { readBlobs } from './blobs.ts';
import { Transient, unlessMissing } from './errors.ts';
import type { Remembered } from './memory.ts';

/** Larger repositories are not looked through. The largest list that GitHub gives has 100,000 entries. */
const MAX_FILES = 20_000;

/** What GitHub answers, and nobody else: a renamed repository's redirect is an answer, and is not followed anywhere. */
const here = { request: { redirect: 'manual' } } as const;

type Repository = { readonly id: number; readonly defaultBranch: string; readonly licence: SourceLicence };

/**
 * Finds a public repository and commit, in four calls; one if the commit is kept. That the repository is public is asked anew
 * each time: an installation may read private ones, and nobody may learn through us what is in those.
 */
export async function findSource(
  octokit: Octokit,
  ref: SourceRef,
  kept: Remembered<FoundSource>,
): Promise<FoundSource> {
  const repository = await findRepository(octokit, ref);
  if ('type' in repository) return repository;
  return kept(`${repository.id} ${ref.commit}`, () => findCommit(octokit, ref, repository));
}

async function findRepository(
  octokit: Octokit,
  { owner, name: repo }: SourceRef,
): Promise<Repository | Extract<FoundSource, { type: 'unseen' | 'moved' }>> {
  const response = await unlessMissing(octokit.rest.repos.get({ owner, repo, ...here }));
  if (response === undefined) return { type: 'unseen' };
  if (isRedirect(response.status)) return { type: 'moved' };
  const { id, full_name: fullName, private: isPrivate, visibility = 'public', default_branch, license } = response.data;
  if (isPrivate || visibility !== 'public') return { type: 'unseen' };
  if (fullName.toLowerCase() !== `${owner}/${repo}`.toLowerCase()) return { type: 'moved' };
  return { id, defaultBranch: default_branch, licence: licenceOf(license?.spdx_id) };
}

function licenceOf(id: string | null | undefined): SourceLicence {
  if (id === undefined) return { type: 'none' };
  return id === null || id === 'NOASSERTION' ? { type: 'other' } : { type: 'known', id };
}

async function findCommit(octokit: Octokit, ref: SourceRef, repository: Repository): Promise<FoundSource> {
  const { owner, name: repo, commit } = ref;
  const compared = await standing(octokit, ref, repository.defaultBranch);
  const response = await unlessMissing(
    octokit.rest.git.getTree({ owner, repo, tree_sha: commit, recursive: '1', ...here }),
  );
  if (response === undefined) return { type: 'commit-unseen' };
  answered(response.status);
  const { tree, truncated } = response.data;
  const files = tree.filter(({ type, mode }) => type === 'blob' && mode !== '120000');
  if (truncated || files.length > MAX_FILES)
    return { type: 'not-looked-up', severity: 'question', reason: 'its repository has too many files' };
  const source: DocumentSource = {
    isOnDefaultBranch: compared,
    licence: repository.licence,
    files: new Map(files.map(({ path, sha, size = 0 }) => [path, { sha, size }])),
  };
  return { type: 'source', source };
}

/** Whether the default branch holds the commit. One that it shares no history with, or that is a tree, is not on it. */
async function standing(octokit: Octokit, { owner, name: repo, commit }: SourceRef, branch: string): Promise<boolean> {
  const response = await unlessMissing(
    octokit.rest.repos.compareCommitsWithBasehead({
      owner,
      repo,
      basehead: `${branch}...${commit}`,
      per_page: 1,
      ...here,
    }),
  );
  if (response === undefined) return false;
  answered(response.status);
  return response.data.status === 'identical' || response.data.status === 'behind';
}

const isRedirect = (status: number): boolean => status >= 300 && status < 400;

function answered(status: number): void {
  if (isRedirect(status)) throw new Transient('the repository moved while it was looked at');
}

/** The texts of these blobs by id, in one call. What is not UTF-8 or too large is absent. */
export async function loadTexts(
  octokit: Octokit,
  { owner, name }: SourceRef,
  shas: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const contents = await readBlobs(octokit, { id: 0, owner, name }, shas);
  const texts = new Map<string, string>();
  for (const [sha, content] of contents) {
    const text =
      content.type === 'bytes' && content.bytes.byteLength <= MAX_FILE_BYTES ? decoded(content.bytes) : undefined;
    if (text !== undefined) texts.set(sha, text);
  }
  return texts;
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
