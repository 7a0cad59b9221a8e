import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { readLines } from './lines.ts';
import { openedAt } from './opened-at.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const tree = z.record(z.string(), sha256);

const blobSchema = z.object({ sha256, text: z.string().optional(), base64: z.string().optional() });

const baseSchema = z.object({
  base_commit: z.string(),
  tree: tree.optional(),
  parent: z.string().optional(),
  set: tree.optional(),
  del: z.array(z.string()).optional(),
});

const fileSchema = z.object({
  path: z.string(),
  status: z.enum(['added', 'modified', 'removed', 'renamed']),
  previous_path: z.string().optional(),
  sha256: sha256.optional(),
});

const commitSchema = z.object({
  sha: z.string(),
  date: z.string(),
  author_login_or_hash: z.string().default(''),
  subject: z.string().default(''),
  signed_off: z.boolean().default(false),
  signoff_matches_author: z.boolean().default(false),
  merge: z.boolean().default(false),
  /** Made anew on the branch from one of main, when that was rewritten: not the contributor's. */
  copy_of_main: z.boolean().default(false),
});

const pullRequestSchema = z.object({
  number: z.int().positive(),
  title: z.string(),
  base_commit: z.string(),
  head_commit: z.string(),
  author_login_or_hash: z.string(),
  author_id: z.string(),
  commits: z.array(commitSchema),
  files: z.array(fileSchema),
  other_files: z.array(z.object({ path: z.string(), status: z.string(), previous_path: z.string().optional() })),
  misplaced_files: z.array(fileSchema).optional(),
  texts: z.record(sha256, z.string()).optional(),
});

/** A pull request as it was recorded, and when it was opened as far as can be told. */
export type RecordedPullRequest = z.infer<typeof pullRequestSchema> & { readonly openedAt: Date };
/** A file of one, at its head. */
export type RecordedFile = z.infer<typeof fileSchema>;

/** A file's bytes under both its names. */
export type RecordedBlob = { readonly bytes: Uint8Array; readonly gitId: string };

/** A folder of recorded pull requests, read once. */
export type Recording = {
  /** By number. */
  readonly pullRequests: readonly RecordedPullRequest[];
  /** Path to SHA-256 of every file under the taxonomy's folders at a base commit. */
  readonly treeOf: (baseCommit: string) => ReadonlyMap<string, string>;
  readonly blobOf: (sha256: string) => RecordedBlob | undefined;
  /** By Git's id. */
  readonly bytesOf: (gitId: string) => Uint8Array | undefined;
};

/** Reads `blobs`, `bases`, `prs` and, if there is one, `prs-misplaced` (each `.jsonl.gz`). Throws with what does not fit. */
export async function readRecording(folder: string): Promise<Recording> {
  const blobs = new Map<string, RecordedBlob>();
  const byGitId = new Map<string, Uint8Array>();
  const addBlob = (sha: string, bytes: Buffer) => {
    const gitId = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
    blobs.set(sha, { bytes, gitId });
    byGitId.set(gitId, bytes);
  };
  for await (const { sha256: sha, text, base64 } of readLines(join(folder, 'blobs.jsonl.gz'), blobSchema))
    addBlob(sha, text === undefined ? Buffer.from(base64 ?? '', 'base64') : Buffer.from(text));

  const trees = new Map<string, ReadonlyMap<string, string>>();
  for await (const base of readLines(join(folder, 'bases.jsonl.gz'), baseSchema))
    trees.set(base.base_commit, treeAfter(base, trees));

  const lines: z.infer<typeof pullRequestSchema>[] = [];
  for (const [name, isOptional] of [
    ['prs', false],
    ['prs-misplaced', true],
  ] as const) {
    for await (const pullRequest of readLines(join(folder, `${name}.jsonl.gz`), pullRequestSchema, { isOptional })) {
      for (const [sha, text] of Object.entries(pullRequest.texts ?? {})) addBlob(sha, Buffer.from(text));
      lines.push(pullRequest);
    }
  }
  lines.sort((a, b) => a.number - b.number);
  const days = openedAt(lines.map(({ commits }) => new Date(commits[0]?.date ?? 0)));
  const pullRequests = lines.map((line, index) => ({ ...line, openedAt: days[index] ?? new Date(0) }));
  lendTrees(pullRequests, trees);
  return {
    pullRequests,
    treeOf: commit => trees.get(commit) ?? new Map(),
    blobOf: sha => blobs.get(sha),
    bytesOf: gitId => byGitId.get(gitId),
  };
}

/** A tree given whole, or as what differs from an earlier line's. */
function treeAfter(
  { base_commit, tree, parent, set = {}, del = [] }: z.infer<typeof baseSchema>,
  trees: ReadonlyMap<string, ReadonlyMap<string, string>>,
): ReadonlyMap<string, string> {
  if (tree !== undefined) return new Map(Object.entries(tree));
  const before = trees.get(parent ?? '');
  if (before === undefined)
    throw new Error(`Base ${base_commit} builds on ${parent ?? 'nothing'}, which is not there.`);
  const after = new Map(before);
  for (const [path, sha] of Object.entries(set)) after.set(path, sha);
  for (const path of del) after.delete(path);
  return after;
}

/** A misplaced file may be the first of its base, which then was not recorded: the taxonomy is that of the pull request before it. */
function lendTrees(
  pullRequests: readonly RecordedPullRequest[],
  trees: Map<string, ReadonlyMap<string, string>>,
): void {
  let latest: ReadonlyMap<string, string> = new Map();
  for (const { base_commit } of pullRequests) {
    latest = trees.get(base_commit) ?? latest;
    trees.set(base_commit, latest);
  }
}
