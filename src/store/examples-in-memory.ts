import { firstSight } from '../core/duplicates/first-sight.ts';
import type { Neighbour } from '../core/duplicates/example-key.ts';
import { placeKey } from '../core/duplicates/open-leaf.ts';
import type { PullRequest, PullRequestRef } from '../core/pull-request.ts';
import type { Examples, IndexedExample } from '../ports.ts';
import { createNearIndex } from './near-index-in-memory.ts';
import type { Standing } from './near-index-in-memory.ts';
import { MAX_OPEN_LEAVES } from './open-leaves.ts';

type Recorded = {
  readonly pullRequest: PullRequest;
  readonly leaves: readonly { readonly path: string; readonly blobSha: string }[];
  readonly isOpen: boolean;
  readonly recordedAt: Date;
  readonly seen: ReadonlyMap<string, string>;
};

/** The index of examples for one run of the command line. The same contract as the one in SQL, checked by the same tests. */
export function createExamplesInMemory(): Examples {
  const blobs = new Map<string, readonly IndexedExample[]>();
  const index = createNearIndex();
  const recorded = new Map<string, Recorded>();
  const recordedSince = new Map<number, Date>();

  /** Where each text was read, by `wholeKey`. */
  const placesOf = new Map<string, { readonly blobSha: string; readonly line: number }[]>();

  const othersOf = (ref: PullRequestRef): readonly Recorded[] =>
    [...recorded.values()]
      .filter(({ isOpen, pullRequest }) => isOpen && isOther(pullRequest, ref))
      .toSorted((one, other) => one.pullRequest.number - other.pullRequest.number);

  const examplesOf = (blobSha: string): readonly IndexedExample[] => blobs.get(blobSha) ?? [];

  const close = (id: string): void => {
    const known = recorded.get(id);
    if (known !== undefined) recorded.set(id, { ...known, isOpen: false });
  };

  return {
    async missing(_, blobShas) {
      return [...new Set(blobShas)].filter(sha => !blobs.has(sha));
    },
    settle: async () => undefined,

    async add(_, added) {
      for (const { blobSha, examples } of added) {
        if (blobs.has(blobSha)) continue;
        blobs.set(blobSha, examples);
        index.add(examples);
        for (const [wholeKey, equal] of Map.groupBy(examples, example => example.wholeKey)) {
          const place = { blobSha, line: Math.min(...equal.map(({ line }) => line)) };
          const known = placesOf.get(wholeKey);
          if (known === undefined) placesOf.set(wholeKey, [place]);
          else known.push(place);
        }
      }
    },
    async recordPullRequest(pullRequest, leaves, now) {
      const known = recorded.get(idOf(pullRequest));
      const since = recordedSince.get(pullRequest.repository.id) ?? now;
      recordedSince.set(pullRequest.repository.id, since);
      const seenAt = known === undefined ? firstSight(pullRequest.createdAt, since, now) : now;
      const seen = new Map(known?.seen);
      for (const { key } of leaves.flatMap(leaf => examplesOf(leaf.blobSha))) {
        if (!seen.has(key)) seen.set(key, seenAt.toISOString());
      }
      for (const { path } of leaves) {
        if (!seen.has(placeKey(path))) seen.set(placeKey(path), seenAt.toISOString());
      }
      recorded.set(idOf(pullRequest), { pullRequest, leaves, isOpen: true, recordedAt: now, seen });
    },
    async removePullRequest(ref) {
      close(idOf(ref));
    },
    async retainPullRequests(repository, openNumbers) {
      const open = new Set(openNumbers);
      for (const [id, { pullRequest }] of recorded) {
        if (pullRequest.repository.id === repository.id && !open.has(pullRequest.number)) close(id);
      }
    },
    async neighboursOf(ref, keys, taxonomy) {
      const asked = new Set(keys);
      const firstPlaces = (files: Iterable<readonly [string, string]>): readonly Place[] =>
        [...files].flatMap(([path, blobSha]) => firstLines(examplesOf(blobSha), asked, path)).toSorted(byPlace);

      const inTaxonomy = firstPlaces(taxonomy.files).map(place => ({ ...place, sha: taxonomy.sha }));
      const inPullRequests = othersOf(ref).flatMap(other =>
        onePerKey(firstPlaces(other.leaves.map(({ path, blobSha }) => [path, blobSha]))).map((place): Neighbour => ({
          ...place,
          ...standingIn(other, place.key),
        })),
      );
      const ownSeen = recorded.get(idOf(ref))?.seen ?? new Map<string, string>();
      return {
        neighbours: [...inTaxonomy, ...inPullRequests],
        seenAt: new Map([...ownSeen].filter(([key]) => asked.has(key))),
      };
    },
    async openLeaves(ref) {
      const leaves = othersOf(ref).flatMap(other =>
        other.leaves
          .toSorted((a, b) => compare(a.path, b.path))
          .map(({ path, blobSha }) => ({
            path,
            examples: examplesOf(blobSha).length,
            ...standingIn(other, placeKey(path)),
          })),
      );
      return leaves.slice(0, MAX_OPEN_LEAVES);
    },
    async nearestOf(ref, texts, taxonomy, leaveOut) {
      const files = [...taxonomy.files].toSorted(([one], [other]) => compare(one, other));
      const inTaxonomy = Map.groupBy(files, ([, blobSha]) => blobSha);
      const leaves = othersOf(ref).flatMap(other => other.leaves.map(leaf => ({ ...leaf, other })));
      const inPullRequests = Map.groupBy(leaves, ({ blobSha }) => blobSha);

      const standingsOf = ({ key, wholeKey }: IndexedExample): readonly Standing[] => {
        const places = placesOf.get(wholeKey) ?? [];
        const taken = places.flatMap(({ blobSha, line }) =>
          (inTaxonomy.get(blobSha) ?? [])
            .filter(([path]) => !leaveOut.has(path))
            .map(([path]) => ({ path, line, sha: taxonomy.sha })),
        );
        const proposed = places
          .flatMap(({ blobSha, line }) => (inPullRequests.get(blobSha) ?? []).map(leaf => ({ ...leaf, line })))
          .toSorted((a, b) => compare(a.path, b.path) || a.line - b.line);
        const first = [...Map.groupBy(proposed, ({ other }) => other.pullRequest.number)].toSorted(([a], [b]) => a - b);
        const others = first.flatMap(([, [leaf]]) =>
          leaf === undefined ? [] : [{ path: leaf.path, line: leaf.line, ...standingIn(leaf.other, key) }],
        );
        const byPath = taken.toSorted((a, b) => compare(a.path, b.path));
        return [...byPath, ...others].slice(0, PLACES_OF_A_TEXT);
      };
      return index.nearest(texts, standingsOf);
    },
  };
}

/** Places that are named of one text. */
const PLACES_OF_A_TEXT = 3;

/** What is told of an example's pull request. */
const standingIn = ({ pullRequest, recordedAt, seen }: Recorded, key: string) => ({
  sha: pullRequest.headSha,
  pullRequest: {
    number: pullRequest.number,
    authorId: pullRequest.author.id,
    authorLogin: pullRequest.author.login,
    seenAt: seen.get(key) ?? recordedAt.toISOString(),
  },
});

type Place = { readonly key: string; readonly path: string; readonly line: number };

const idOf = ({ repository, number }: PullRequestRef): string => `${repository.id}#${number}`;

const isOther = (pullRequest: PullRequestRef, ref: PullRequestRef): boolean =>
  pullRequest.repository.id === ref.repository.id && pullRequest.number !== ref.number;

/** By code points, as PostgreSQL's collation "C". */
const compare = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other));

const byPlace = (one: Place, other: Place): number =>
  compare(one.path, other.path) || one.line - other.line || compare(one.key, other.key);

function firstLines(examples: readonly IndexedExample[], asked: ReadonlySet<string>, path: string): readonly Place[] {
  const lines = new Map<string, number>();
  for (const { key, line } of examples) {
    if (asked.has(key)) lines.set(key, Math.min(line, lines.get(key) ?? line));
  }
  return [...lines].map(([key, line]) => ({ key, path, line }));
}

function onePerKey(places: readonly Place[]): readonly Place[] {
  const first = new Map<string, Place>();
  for (const place of places) if (!first.has(place.key)) first.set(place.key, place);
  return [...first.values()].toSorted((one, other) => compare(one.key, other.key));
}
