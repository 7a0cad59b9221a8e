import type { Octokit } from '@octokit/rest';
import { z } from 'zod';
import { MAX_FILE_BYTES } from '../core/pull-request.ts';
import type { FileContent, RepositoryRef } from '../core/pull-request.ts';
import { Transient, unlessMissing } from './errors.ts';
import { gitBlobSha } from './git-blob.ts';
import { askGraphql } from './graphql.ts';
import type { Remembered } from './memory.ts';

/** Real files have 30 kB at most in 99 of 100 cases, so a full batch is about a megabyte. */
const BLOBS_PER_QUERY = 50;

const blob = z.object({ byteSize: z.number(), text: z.string().nullable() });
const answer = z.object({ repository: z.record(z.string(), z.union([blob, z.object({})]).nullable()) });

/**
 * Reads of one blob alone in one look. Three thousand tiny files that are not UTF-8 would take more than half of what GitHub
 * allows an installation in an hour, again at every look. No real pull request has ten.
 */
const MAX_SINGLE_READS = 200;

// By the client, because blobs are read on several ways, and all of them have the client in hand.
const keptBy = new WeakMap<Octokit, Remembered<FileContent | undefined>>();

/** What is read one by one through this client is kept there, by repository and blob. */
export function keepBlobs(octokit: Octokit, kept: Remembered<FileContent | undefined>): void {
  keptBy.set(octokit, kept);
}

/**
 * Reads blobs by id: as text many at a time, and one by one where the text is not what git has (binary, cut, not UTF-8; told by
 * hashing it again). Absent are ids that do not exist, and those for which `MAX_SINGLE_READS` leaves no room: a file without
 * content counts as unread, so its pull request is not passed.
 */
export async function readBlobs(
  octokit: Octokit,
  repository: RepositoryRef,
  shas: readonly string[],
): Promise<ReadonlyMap<string, FileContent>> {
  const wanted = [...new Set(shas)].filter(sha => /^[0-9a-f]{40}$/.test(sha));
  const contents = new Map<string, FileContent>();
  const kept = keptBy.get(octokit) ?? ((_, load) => load());
  let singleReads = 0;
  for (let start = 0; start < wanted.length; start += BLOBS_PER_QUERY) {
    const batch = wanted.slice(start, start + BLOBS_PER_QUERY);
    const { texts, trouble } = await readTexts(octokit, repository, batch);
    for (const sha of batch) {
      const content =
        texts.get(sha) ??
        (await kept(`${repository.id} ${sha}`, async () => {
          singleReads += 1;
          if (singleReads <= MAX_SINGLE_READS) return readBytes(octokit, repository, sha);
          // Nothing is known about these files, so the whole look is tried again.
          if (trouble !== undefined) throw trouble;
          return undefined;
        }));
      if (content !== undefined) contents.set(sha, content);
    }
  }
  return contents;
}

/** Only blobs whose text is proved to be their bytes, or that are too large anyway. */
async function readTexts(
  octokit: Octokit,
  { owner, name }: RepositoryRef,
  shas: readonly string[],
): Promise<{ readonly texts: ReadonlyMap<string, FileContent>; readonly trouble?: Transient }> {
  const fields = shas.map((sha, index) => `b${index}: object(oid: "${sha}") { ... on Blob { byteSize text } }`);
  const query = `query ($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { ${fields.join(' ')} } }`;
  let found: z.output<typeof answer>;
  try {
    found = await askGraphql(octokit, query, { owner, name }, answer);
  } catch (error) {
    // Fifty large files can be too much for one answer; one by one they are not.
    if (error instanceof Transient && shas.length > 1) return { texts: new Map(), trouble: error };
    throw error;
  }
  const texts = new Map<string, FileContent>();
  for (const [index, sha] of shas.entries()) {
    const { data } = blob.safeParse(found.repository[`b${index}`]);
    if (data === undefined) continue;
    if (data.byteSize > MAX_FILE_BYTES) texts.set(sha, { type: 'too-large', size: data.byteSize });
    const bytes = new TextEncoder().encode(data.text ?? '');
    if (gitBlobSha(bytes) === sha) texts.set(sha, { type: 'bytes', bytes });
  }
  return { texts };
}

async function readBytes(
  octokit: Octokit,
  { owner, name: repo }: RepositoryRef,
  sha: string,
): Promise<FileContent | undefined> {
  const response = await unlessMissing(octokit.rest.git.getBlob({ owner, repo, file_sha: sha }));
  if (response === undefined) return undefined;
  const { content, encoding, size } = response.data;
  if (size !== null && size > MAX_FILE_BYTES) return { type: 'too-large', size };
  const bytes = Uint8Array.from(Buffer.from(content, encoding === 'base64' ? 'base64' : 'utf8'));
  if (gitBlobSha(bytes) !== sha) throw new Transient(`blob ${sha} arrived with other bytes`);
  return { type: 'bytes', bytes };
}
