import { leafNode } from '../contribution.ts';
import type { PullRequest } from '../pull-request.ts';
import { roleOf } from '../taxonomy.ts';
import type { Taxonomy } from '../taxonomy.ts';
import type { OpenLeaf } from './open-leaf.ts';
import type { Likeness } from './pair-verdict.ts';
import type { ComparedLeaf, Match, Overlap } from './overlap.ts';
import { sightOf } from './rivals.ts';
import { genericNames, isSameName, nameKeys, topicOf } from './topic.ts';
import type { Topic } from './topic.ts';

/** Fewer examples in common are an accident, or are told one by one. */
const MIN_MATCHES = 3;

/** Share of the smaller leaf's examples that the other has too, from which on the leaves repeat each other. */
const MIN_SHARE = 0.5;

/** Leaves elsewhere that are looked at for one leaf, the earliest first: nobody reads more, and a flood of copies costs no time. */
const MAX_LINKS = 20;

/** A leaf elsewhere about the topic of one of the contribution's. */
export type TopicLink = {
  readonly path: string;
  /** The commit at which the path is true. */
  readonly sha: string;
  /** Absent for a leaf of the taxonomy. */
  readonly pullRequest?: OpenLeaf['pullRequest'];
  /** How it is known: the same leaf node, a leaf node of the same name elsewhere, or the examples. The first that holds. */
  readonly basis: 'place' | 'name' | 'examples';
  /** Examples that both have, or may have; may be none where folders say it. */
  readonly matches: readonly Match[];
};

/** What the look at topics needs to know. */
export type TopicFacts = {
  readonly taxonomy: Taxonomy;
  readonly openLeaves: readonly OpenLeaf[];
  /** What the pull request changes or takes away: what stood there is no other leaf. */
  readonly files: PullRequest['files'];
};

export type TopicFinder = {
  /** Leaves elsewhere about the topic of the leaf at this path, those of the taxonomy first, then by when they were first seen. */
  readonly linksOf: (path: string, compared: Pick<ComparedLeaf, 'brought' | 'overlaps'>) => readonly TopicLink[];
  /** Leaves of other open pull requests that claim the topic of this path by their folders, or that of one of those. */
  readonly clusterOf: (path: string) => readonly OpenLeaf[];
};

type Claim = Pick<TopicLink, 'path' | 'sha' | 'pullRequest'> & { readonly topic: Topic };

/**
 * Finds leaves about one topic. A leaf node claims a topic only while it is new: who edits a leaf of the taxonomy takes nothing
 * from anybody, and is told of examples alone.
 */
export function topicFinder({ taxonomy, openLeaves, files }: TopicFacts): TopicFinder {
  const touched = new Set(files.flatMap(({ path, previousPath = path }) => [path, previousPath]));
  const isLeaf = (path: string): boolean => roleOf(path) === 'qna';
  const leafPaths = [...taxonomy.files.keys()].filter(isLeaf);
  const generic = new Set([...genericNames(leafPaths), ...genericNames([...touched].filter(isLeaf))]);
  const newTopic = (path: string): Topic | undefined => (taxonomy.files.has(path) ? undefined : topicOf(path));

  const open = openLeaves.toSorted((a, b) => compareSights(a.pullRequest, b.pullRequest));
  const claims = [
    ...leafPaths.filter(path => !touched.has(path)).map(path => ({ path, sha: taxonomy.sha, topic: topicOf(path) })),
    ...open.map(({ path, sha, pullRequest }) => ({ path, sha, pullRequest, topic: newTopic(path) })),
  ].flatMap(({ topic, ...claim }): readonly Claim[] => (topic === undefined ? [] : [{ ...claim, topic }]));
  const byKey = Map.groupBy(
    claims.flatMap(claim => [...keysOf(claim.topic)].map(key => ({ key, claim }))),
    ({ key }) => key,
  );
  const sizes = new Map(openLeaves.map(leaf => [idOf(leaf), leaf.examples]));

  const basisOf = (a: Topic, b: Topic): 'place' | 'name' | undefined => {
    if (a.place === b.place) return 'place';
    const isTopic = a.tree === b.tree && !generic.has(a.name) && !generic.has(b.name);
    return isTopic && isSameName(a.name, b.name) ? 'name' : undefined;
  };
  const claimsOn = (path: string) => {
    const topic = newTopic(path);
    const found = new Map<string, { readonly claim: Claim; readonly basis: 'place' | 'name' }>();
    if (topic === undefined) return found;
    for (const key of keysOf(topic)) {
      for (const { claim } of byKey.get(key) ?? []) {
        if (found.size >= MAX_LINKS) return found;
        const basis = basisOf(topic, claim.topic);
        // A second file in a leaf node of the taxonomy has the wrong name, which is told as that.
        const isSameFolder = claim.pullRequest === undefined && leafNode(claim.path) === leafNode(path);
        if (basis !== undefined && !isSameFolder) found.set(idOf(claim), { claim, basis });
      }
    }
    return found;
  };
  const repeats = ({ matches, other }: Overlap, brought: number): boolean => {
    // Questions that each have a word of their own may ask for two things: "in camel case" and "in snake case".
    const count = matches.filter(({ verdict: { likeness } }) => !hasOwnWords.has(likeness)).length;
    return count >= MIN_MATCHES && count >= MIN_SHARE * Math.min(brought, sizes.get(idOf(other)) ?? brought);
  };

  return {
    linksOf: (path, { brought, overlaps }) => {
      const byFolders = claimsOn(path);
      const matchesWith = new Map(overlaps.map(({ other, matches }) => [idOf(other), matches]));
      return [
        ...[...byFolders.values()].map(({ claim, basis }): TopicLink => ({
          ...placeOf(claim),
          basis,
          matches: matchesWith.get(idOf(claim)) ?? [],
        })),
        ...overlaps
          .filter(overlap => !byFolders.has(idOf(overlap.other)) && repeats(overlap, brought.length))
          .slice(0, MAX_LINKS)
          .map(({ other, matches }): TopicLink => ({ ...other, basis: 'examples', matches })),
      ].toSorted(byWeight);
    },
    clusterOf: path => {
      const cluster = new Map<string, OpenLeaf>();
      const openById = new Map(open.map(leaf => [idOf(leaf), leaf]));
      const waiting = [path];
      for (const next of waiting) {
        for (const id of claimsOn(next).keys()) {
          const leaf = openById.get(id);
          if (leaf === undefined || cluster.has(id) || cluster.size >= MAX_LINKS) continue;
          cluster.set(id, leaf);
          waiting.push(leaf.path);
        }
      }
      return [...cluster.values()];
    },
  };
}

const hasOwnWords: ReadonlySet<Likeness> = new Set(['same-answer', 'alike']);

const keysOf = function* ({ place, name, tree }: Topic): Generator<string> {
  yield `/${place}`;
  for (const key of nameKeys(name)) yield `${tree}:${key}`;
};

const placeOf = ({ path, sha, pullRequest }: Claim): Omit<TopicLink, 'basis' | 'matches'> => ({
  path,
  sha,
  ...(pullRequest && { pullRequest }),
});

const idOf = ({ path, pullRequest }: Pick<Claim, 'path' | 'pullRequest'>): string =>
  `${pullRequest?.number ?? ''}:${path}`;

const byWeight = (a: TopicLink, b: TopicLink): number =>
  Number(a.pullRequest !== undefined) - Number(b.pullRequest !== undefined) ||
  compareSights(a.pullRequest, b.pullRequest) ||
  (a.path === b.path ? 0 : a.path < b.path ? -1 : 1);

/** By when it was first seen, then by number; below zero when the first is the earlier. A date that cannot be read is the latest. */
export function compareSights(a: Sight | undefined, b: Sight | undefined): number {
  const [one, other] = [sightOf(a?.seenAt), sightOf(b?.seenAt)];
  if (one !== other) return one < other ? -1 : 1;
  const [number, otherNumber] = [a?.number ?? Number.MAX_VALUE, b?.number ?? Number.MAX_VALUE];
  return Math.sign(number - otherNumber);
}

type Sight = { readonly seenAt?: string | undefined; readonly number?: number | undefined };
