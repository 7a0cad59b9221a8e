import type { Contribution, SeedExample } from '../contribution.ts';
import { baseExamples } from '../duplicates/base-examples.ts';
import { compareLeaves } from '../duplicates/overlap.ts';
import type { Nominated, Overlap } from '../duplicates/overlap.ts';
import { claimedPaths } from '../duplicates/open-leaf.ts';
import { placedExamples } from '../duplicates/placed-example.ts';
import { topicFinder } from '../duplicates/same-topic.ts';
import type { TopicFinder, TopicLink } from '../duplicates/same-topic.ts';
import type { Facts } from './rule.ts';

/** One `qna.yaml` of the contribution, and what is like it in the taxonomy and in other open pull requests. */
export type LeafElsewhere = {
  readonly path: string;
  /** The examples that the pull request brings and the taxonomy does not have word for word, which is an error of its own. */
  readonly brought: readonly SeedExample[];
  /** With most examples in common first. */
  readonly overlaps: readonly Overlap[];
  /** Pairs that only a comparison by meaning brought. */
  readonly nominated: readonly Nominated[];
  /** Leaves about the same topic. */
  readonly links: readonly TopicLink[];
};

/** The same for every rule that asks. */
export type Elsewhere = { readonly leaves: readonly LeafElsewhere[]; readonly clusterOf: TopicFinder['clusterOf'] };

/** Compares a contribution with what stands elsewhere: once, however many rules ask. */
export function lookElsewhere(contribution: Contribution, facts: Facts): Elsewhere {
  const known = looks.get(contribution);
  if (known !== undefined && isSameLook(known.facts, facts)) return known.elsewhere;
  const elsewhere = compare(contribution, facts);
  looks.set(contribution, { facts, elsewhere });
  return elsewhere;
}

/** What people or the judge said meanwhile changes nothing about where things stand. */
const isSameLook = (a: Facts, b: Facts): boolean =>
  a.neighbourhood === b.neighbourhood && a.taxonomy === b.taxonomy && a.pullRequest === b.pullRequest;

const looks = new WeakMap<Contribution, { readonly facts: Facts; readonly elsewhere: Elsewhere }>();

function compare(contribution: Contribution, { neighbourhood, pullRequest, taxonomy }: Facts): Elsewhere {
  const { stoodIn, elsewhere } = baseExamples(neighbourhood, pullRequest.files);
  const placed = Map.groupBy(
    placedExamples(contribution).filter(each => !stoodIn(each) && elsewhere(each) === undefined),
    ({ leaf }) => leaf,
  );
  const compared = compareLeaves(
    contribution.leaves.map(leaf => ({ leaf, brought: (placed.get(leaf) ?? []).map(({ example }) => example) })),
    neighbourhood,
  );
  const byPath = new Map(compared.map(each => [each.leaf.path, each]));
  const { linksOf, clusterOf } = topicFinder({
    taxonomy,
    openLeaves: neighbourhood.openLeaves,
    files: pullRequest.files,
  });
  const leaves = claimedPaths(contribution).map((path): LeafElsewhere => {
    const { brought, overlaps, nominated } = byPath.get(path) ?? { brought: [], overlaps: [], nominated: [] };
    return { path, brought, overlaps, nominated, links: linksOf(path, { brought, overlaps }) };
  });
  return { leaves, clusterOf };
}
