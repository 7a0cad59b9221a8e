import { createHash } from 'node:crypto';
import type { ChangedFile, LineRange } from '../core/pull-request.ts';
import { roleOf } from '../core/taxonomy.ts';
import type { RecordedFile, RecordedPullRequest, Recording } from './recording.ts';

/** Lines of context that a hunk shows on either side. */
const HUNK_CONTEXT = 3;

/** The files of a recorded pull request, in the shape that GitHub gives them. Contents outside the data set are not known. */
export function changedFiles(pullRequest: RecordedPullRequest, recording: Recording): readonly ChangedFile[] {
  const recorded = [...pullRequest.files, ...(pullRequest.misplaced_files ?? [])];
  const known = new Set(recorded.map(({ path }) => path));
  const tree = recording.treeOf(pullRequest.base_commit);
  return [
    ...recorded.map(file => changedFile(file, tree, recording)),
    ...pullRequest.other_files.filter(({ path }) => !known.has(path)).map(unknownFile),
  ];
}

function changedFile(
  { path, status, previous_path: previousPath, sha256 }: RecordedFile,
  tree: ReadonlyMap<string, string>,
  { blobOf }: Recording,
): ChangedFile {
  const head = sha256 === undefined ? undefined : blobOf(sha256);
  const renamed = previousPath === undefined ? {} : { previousPath };
  if (status === 'removed' || head === undefined) return { path, status, ...renamed, blobSha: '' };
  const file = { path, status, ...renamed, blobSha: head.gitId };
  if (roleOf(path) === 'other') return file;
  const before = status === 'added' ? undefined : blobOf(tree.get(previousPath ?? path) ?? '')?.bytes;
  return { ...file, content: { type: 'bytes', bytes: head.bytes }, diffLines: diffLines(before, head.bytes) };
}

/** A file that is named but not recorded; its id is made from its path, so that it is the same in every run. */
function unknownFile({
  path,
  status,
  previous_path: previousPath,
}: RecordedPullRequest['other_files'][number]): ChangedFile {
  const isRemoved = status === 'removed';
  return {
    path,
    status: isRemoved || status === 'added' || status === 'renamed' ? status : 'modified',
    ...(previousPath === undefined ? {} : { previousPath }),
    blobSha: isRemoved ? '' : createHash('sha1').update(path).digest('hex'),
  };
}

/**
 * One hunk from the first line that differs to the last. GitHub may show several; what lies between two of them then counts as
 * shown here and not there.
 */
function diffLines(before: Uint8Array | undefined, after: Uint8Array): readonly LineRange[] {
  const lines = linesOf(after);
  if (lines.length === 0) return [];
  if (before === undefined) return [{ start: 1, end: lines.length }];
  const old = linesOf(before);
  const shortest = Math.min(lines.length, old.length);
  let head = 0;
  while (head < shortest && lines[head] === old[head]) head++;
  let tail = 0;
  while (tail < shortest - head && lines.at(-1 - tail) === old.at(-1 - tail)) tail++;
  if (head === lines.length && lines.length === old.length) return [];
  return [
    { start: Math.max(1, head + 1 - HUNK_CONTEXT), end: Math.min(lines.length, lines.length - tail + HUNK_CONTEXT) },
  ];
}

function linesOf(bytes: Uint8Array): readonly string[] {
  const text = new TextDecoder().decode(bytes);
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}
