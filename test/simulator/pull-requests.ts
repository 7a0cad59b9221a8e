/** What follows from a pull request's commits: its files, commits, conflicts. */
import { type ChangedFile, diffTrees } from './diff.ts';
import type { Commit } from './git-store.ts';
import type { PullRequest } from './state.ts';

/** The base branch as it is now; once merged or closed, as it was then. */
export const baseTip = ({ repository, base, frozenBase }: PullRequest): string =>
  frozenBase ?? repository.branches.get(base.ref) ?? base.sha;

const cache = new WeakMap<PullRequest, { key: string; files: readonly ChangedFile[] }>();

/** The files tab: the diff of merge base and head. */
export function filesOf(pull: PullRequest): readonly ChangedFile[] {
  const { git } = pull.repository;
  const base = git.mergeBase(baseTip(pull), pull.head.sha);
  const key = `${base ?? ''}..${pull.head.sha}`;
  const cached = cache.get(pull);
  if (cached?.key === key) return cached.files;
  const files = diffTrees(git, git.commitTree(base ?? ''), git.commitTree(pull.head.sha));
  cache.set(pull, { key, files });
  return files;
}

/** The commits tab, oldest first. */
export const commitsOf = (pull: PullRequest): readonly Commit[] =>
  pull.repository.git.commitsBetween(baseTip(pull), pull.head.sha);

/** Whether both sides changed a file in different ways, which is where our merge gives up (git's looks at lines). */
export function hasConflict(pull: PullRequest): boolean {
  const { git } = pull.repository;
  const [base, head] = [baseTip(pull), pull.head.sha];
  const common = git.commitTree(git.mergeBase(base, head) ?? '');
  const [ours, theirs] = [git.commitTree(base), git.commitTree(head)];
  const shaIn = (tree: typeof ours, path: string) => tree.get(path)?.sha;
  return [...new Set([...common.keys(), ...ours.keys(), ...theirs.keys()])].some(path => {
    const [was, our, their] = [shaIn(common, path), shaIn(ours, path), shaIn(theirs, path)];
    return our !== was && their !== was && our !== their;
  });
}

/** The tree of base and head together. Only for a pull request without conflicts. */
export function mergedTree(pull: PullRequest): string {
  const { git } = pull.repository;
  const [base, head] = [baseTip(pull), pull.head.sha];
  const common = git.commitTree(git.mergeBase(base, head) ?? '');
  const merged = new Map(git.commitTree(base));
  const theirs = git.commitTree(head);
  for (const [path, file] of theirs) if (common.get(path)?.sha !== file.sha) merged.set(path, file);
  for (const path of common.keys()) if (!theirs.has(path)) merged.delete(path);
  return git.addTree(merged);
}
