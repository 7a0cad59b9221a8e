import type { PullRequest } from '../pull-request.ts';
import type { Neighbour, Neighbourhood } from './example-key.ts';
import type { PlacedExample } from './placed-example.ts';

/** What the base branch holds of the contribution's own examples. */
export type BaseExamples = {
  /** The example stood in this very leaf (or the one it was renamed from) before: it is not the pull request's. */
  readonly stoodIn: (placed: PlacedExample) => boolean;
  /**
   * The first equal example in a file that the pull request leaves alone. Files that it changes count as they are afterwards: an
   * example that is moved from one leaf to another is no duplicate.
   */
  readonly elsewhere: (placed: PlacedExample) => Neighbour | undefined;
};

/** Looks up each neighbour once, so that thousands of equal examples cost no more than as many different ones. */
export function baseExamples({ neighbours }: Neighbourhood, files: PullRequest['files']): BaseExamples {
  const touched = new Set(
    files.flatMap(({ path, previousPath }) => (previousPath === undefined ? [path] : [path, previousPath])),
  );
  const previousPaths = new Map(files.map(({ path, previousPath }) => [path, previousPath ?? path]));
  const places = new Map<string, Set<string>>();
  const first = new Map<string, Neighbour>();
  for (const neighbour of neighbours) {
    const { key, path, pullRequest } = neighbour;
    if (pullRequest !== undefined) continue;
    places.set(key, (places.get(key) ?? new Set()).add(path));
    const known = first.get(key);
    if (!touched.has(path) && (known === undefined || isBefore(neighbour, known))) first.set(key, neighbour);
  }
  return {
    stoodIn: ({ key, leaf }) => places.get(key)?.has(previousPaths.get(leaf.path) ?? leaf.path) ?? false,
    elsewhere: ({ key }) => first.get(key),
  };
}

/** By path, then line: the answer must not hang on the order in which an index finds things. */
const isBefore = (a: Neighbour, b: Neighbour): boolean => (a.path === b.path ? a.line < b.line : a.path < b.path);
