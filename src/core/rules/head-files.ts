import type { ChangedFile } from '../pull-request.ts';
import { leafNode } from '../contribution.ts';
import type { Facts } from './rule.ts';

/** Whether a path exists once the pull request is merged into the tip of the base branch. */
export function headFiles({ pullRequest, taxonomy }: Facts): (path: string) => boolean {
  const gone = new Set<string>();
  const added = new Set<string>();
  for (const { path, previousPath, status } of pullRequest.files) {
    if (previousPath !== undefined) gone.add(previousPath);
    if (status === 'removed') gone.add(path);
    else added.add(path);
  }
  return path => added.has(path) || (taxonomy.files.has(path) && !gone.has(path));
}

/** The changed files that are still there afterwards. */
export const keptFiles = ({ pullRequest }: Facts): readonly ChangedFile[] =>
  pullRequest.files.filter(({ status }) => status !== 'removed');

/** Paths under each folder of the pull request's kept files, for hints such as "there is a qna.yml". */
export function siblingsOf(facts: Facts): (folder: string) => readonly string[] {
  const byFolder = Map.groupBy(keptFiles(facts), ({ path }) => leafNode(path));
  return folder => byFolder.get(folder)?.map(({ path }) => path) ?? [];
}

/** The last part of a path. */
export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
