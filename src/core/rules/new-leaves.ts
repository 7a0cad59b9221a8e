import type { Contribution, Leaf } from '../contribution.ts';
import type { Facts } from './rule.ts';

/** The leaves that the pull request brings, as against those that it changes or moves: what was taken once is not asked for again. */
export function newLeaves({ leaves }: Contribution, { pullRequest, taxonomy }: Facts): readonly Leaf[] {
  const added = new Set(pullRequest.files.filter(({ status }) => status === 'added').map(({ path }) => path));
  return leaves.filter(({ path }) => added.has(path) && !taxonomy.files.has(path));
}
