import { firstSight } from '../core/duplicates/first-sight.ts';
import type { Neighbour } from '../core/duplicates/example-key.ts';
import type { PullRequest, PullRequestRef } from '../core/pull-request.ts';
import type { Examples, IndexedExample } from '../ports.ts';

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
  const recorded = new Map<string, Recorded>();
  const recordedSince = new Map<number, Date>();

  const examplesOf = (blobSha: string): readonly IndexedExample[] => blobs.get(blobSha) ?? [];

  const close = (id: string): void => {
    const known = recorded.get(id);
    if (known !== undefined) recorded.set(id, { ...known, isOpen: false });
  };

  return {
    async missing(blobShas) {
      return [...new Set(blobShas)].filter(sha => !blobs.has(sha));
    },
    async add(blobSha, examples) {
      if (!blobs.has(blobSha)) blobs.set(blobSha, examples);
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
      const others = [...recorded.values()]
        .filter(({ isOpen, pullRequest }) => isOpen && isOther(pullRequest, ref))
        .toSorted((one, other) => one.pullRequest.number - other.pullRequest.number);
      const inPullRequests = others.flatMap(({ pullRequest, leaves, recordedAt, seen }) =>
        onePerKey(firstPlaces(leaves.map(({ path, blobSha }) => [path, blobSha]))).map((place): Neighbour => ({
          ...place,
          sha: pullRequest.headSha,
          pullRequest: {
            number: pullRequest.number,
            authorId: pullRequest.author.id,
            authorLogin: pullRequest.author.login,
            seenAt: seen.get(place.key) ?? recordedAt.toISOString(),
          },
        })),
      );
      const ownSeen = recorded.get(idOf(ref))?.seen ?? new Map<string, string>();
      return {
        neighbours: [...inTaxonomy, ...inPullRequests],
        seenAt: new Map([...ownSeen].filter(([key]) => asked.has(key))),
      };
    },
  };
}

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
