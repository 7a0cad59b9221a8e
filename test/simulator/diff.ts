/** Which files differ between two trees, and the unified diff of each, as GitHub lists them. */
import { structuredPatch } from 'diff';
import type { FlatTree, GitStore, TreeFile } from './git-store.ts';

export type ChangedFile = {
  filename: string;
  previousFilename?: string;
  status: 'added' | 'removed' | 'modified' | 'renamed' | 'changed';
  /** Blob of the new file, or of the old one if it was removed. */
  sha: string;
  additions: number;
  deletions: number;
  /** Absent for binary and for very large files. */
  patch?: string;
};

/** A diff larger than this is not shown: GitHub's limits on a diff (repository limits, "Diff limits"). */
const MAX_PATCH_LINES = 20_000;

const MAX_PATCH_BYTES = 500_000;

const MAX_TOTAL_BYTES = 1_000_000;

const isBinary = (content: Buffer): boolean => content.subarray(0, 8000).includes(0);

/** What git diffs: a file's bytes, a symlink's target, a submodule's commit. */
const contentOf = (store: GitStore, file: TreeFile | undefined): Buffer => {
  if (file === undefined) return Buffer.alloc(0);
  if (file.mode === '160000') return Buffer.from(`Subproject commit ${file.sha}\n`);
  return store.blobs.get(file.sha) ?? Buffer.alloc(0);
};

const linesOf = (text: string): string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));

type Patch = { patch?: string; additions: number; deletions: number };

function wholeFilePatch(text: string, sign: '+' | '-'): string {
  const lines = linesOf(text);
  if (lines.length === 0) return '';
  const range = lines.length === 1 ? '1' : `1,${lines.length}`;
  const header = sign === '+' ? `@@ -0,0 +${range} @@` : `@@ -${range} +0,0 @@`;
  const ending = text.endsWith('\n') ? [] : ['\\ No newline at end of file'];
  return [header, ...lines.map(line => `${sign}${line}`), ...ending].join('\n');
}

const rangeOf = (start: number, lines: number): string => (lines === 1 ? String(start) : `${start},${lines}`);

/** All lines out, all lines in: one hunk. */
function replacedPatch(before: string, after: string): Patch {
  const [out, into] = [wholeFilePatch(before, '-'), wholeFilePatch(after, '+')].map(patch =>
    patch.split('\n').slice(1),
  );
  const [deletions, additions] = [linesOf(before).length, linesOf(after).length];
  const header = `@@ -${rangeOf(1, deletions)} +${rangeOf(1, additions)} @@`;
  return { patch: [header, ...(out ?? []), ...(into ?? [])].join('\n'), additions, deletions };
}

function patchOf(before: Buffer, after: Buffer): Patch {
  if (isBinary(before) || isBinary(after)) return { additions: 0, deletions: 0 };
  const [oldText, newText] = [before.toString('utf8'), after.toString('utf8')];
  const [removed, added] = [linesOf(oldText).length, linesOf(newText).length];
  if (oldText === '') return { patch: wholeFilePatch(newText, '+'), additions: added, deletions: 0 };
  if (newText === '') return { patch: wholeFilePatch(oldText, '-'), additions: 0, deletions: removed };
  // A diff of two long texts without anything in common is quadratic; past the bound everything counts as replaced.
  const found = structuredPatch('', '', oldText, newText, '', '', { context: 3, maxEditLength: 1500 });
  if (found === undefined) return replacedPatch(oldText, newText);
  const hunks = found.hunks.map(({ oldStart, oldLines, newStart, newLines, lines }) =>
    [`@@ -${rangeOf(oldStart, oldLines)} +${rangeOf(newStart, newLines)} @@`, ...lines].join('\n'),
  );
  const lines = found.hunks.flatMap(hunk => hunk.lines);
  return {
    patch: hunks.join('\n'),
    additions: lines.filter(line => line.startsWith('+')).length,
    deletions: lines.filter(line => line.startsWith('-')).length,
  };
}

/** Share of lines that two texts have in common, from 0 to 1: a cheap stand-in for git's similarity index. */
function similarity(a: Buffer, b: Buffer): number {
  const lines = linesOf(a.toString('utf8'));
  const others = new Map<string, number>();
  for (const line of linesOf(b.toString('utf8'))) others.set(line, (others.get(line) ?? 0) + 1);
  const common = lines.filter(line => {
    const left = others.get(line) ?? 0;
    if (left > 0) others.set(line, left - 1);
    return left > 0;
  }).length;
  return common / Math.max(lines.length, linesOf(b.toString('utf8')).length, 1);
}

/** Pairs a removed file with an added one that has the same content, or at least half of its lines (git's default). */
function findRenames(
  store: GitStore,
  removed: Map<string, TreeFile>,
  added: Map<string, TreeFile>,
): Map<string, string> {
  const renames = new Map<string, string>();
  const take = (from: string, to: string) => {
    renames.set(to, from);
    removed.delete(from);
    added.delete(to);
  };
  for (const [to, file] of added) {
    const from = [...removed].find(([, { sha }]) => sha === file.sha)?.[0];
    if (from !== undefined) take(from, to);
  }
  if (removed.size * added.size > 10_000) return renames;
  for (const [to, file] of added) {
    const [best] = [...removed]
      .map(([from, old]) => ({ from, alike: similarity(contentOf(store, old), contentOf(store, file)) }))
      .sort((a, b) => b.alike - a.alike);
    if (best !== undefined && best.alike >= 0.5) take(best.from, to);
  }
  return renames;
}

/** Every file that differs, by path in git's order. `base` and `head` are trees. */
export function diffTrees(store: GitStore, base: FlatTree, head: FlatTree): readonly ChangedFile[] {
  const removed = new Map([...base].filter(([path]) => !head.has(path)));
  const added = new Map([...head].filter(([path]) => !base.has(path)));
  const renames = findRenames(store, removed, added);
  const changed = [...head].filter(([path, file]) => {
    const old = base.get(path);
    return old !== undefined && (old.sha !== file.sha || old.mode !== file.mode);
  });
  const pair = (path: string, old: TreeFile | undefined, file: TreeFile | undefined) => ({ path, old, file });
  const pairs = [
    ...[...removed].map(([path, old]) => pair(path, old, undefined)),
    ...[...added].map(([path, file]) => pair(path, undefined, file)),
    ...[...renames].map(([to, from]) => pair(to, base.get(from), head.get(to))),
    ...changed.map(([path, file]) => pair(path, base.get(path), file)),
  ].sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));

  let total = 0;
  return pairs.map(({ path, old, file }) => {
    const { patch, additions, deletions } = patchOf(contentOf(store, old), contentOf(store, file));
    total += patch?.length ?? 0;
    const isShown =
      patch !== undefined &&
      patch !== '' &&
      patch.length <= MAX_PATCH_BYTES &&
      additions + deletions <= MAX_PATCH_LINES &&
      total <= MAX_TOTAL_BYTES;
    const from = renames.get(path);
    return {
      filename: path,
      ...(from === undefined ? {} : { previousFilename: from }),
      status: statusOf(old, file, from),
      sha: (file ?? old)?.sha ?? '',
      additions,
      deletions,
      ...(isShown ? { patch } : {}),
    };
  });
}

function statusOf(
  old: TreeFile | undefined,
  file: TreeFile | undefined,
  from: string | undefined,
): ChangedFile['status'] {
  if (from !== undefined) return 'renamed';
  if (old === undefined) return 'added';
  if (file === undefined) return 'removed';
  return old.sha === file.sha ? 'changed' : 'modified';
}

/** A hunk's lines by side: the only places where GitHub takes a review comment. */
export type Hunk = { left: ReadonlySet<number>; right: ReadonlySet<number>; text: string };

/** Reads the hunks of a patch. */
export function hunksOf(patch: string): readonly Hunk[] {
  const hunks: { left: Set<number>; right: Set<number>; lines: string[]; old: number; new: number }[] = [];
  for (const line of patch.split('\n')) {
    const header = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(line);
    if (header !== null) {
      hunks.push({ left: new Set(), right: new Set(), lines: [line], old: Number(header[1]), new: Number(header[2]) });
      continue;
    }
    const hunk = hunks.at(-1);
    if (hunk === undefined) continue;
    hunk.lines.push(line);
    if (line.startsWith('\\')) continue;
    if (!line.startsWith('+')) hunk.left.add(hunk.old++);
    if (!line.startsWith('-')) hunk.right.add(hunk.new++);
  }
  return hunks.map(({ left, right, lines }) => ({ left, right, text: lines.join('\n') }));
}
