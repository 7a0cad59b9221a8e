import type { Leaf, SeedExample } from '../contribution.ts';
import { comparableMaker } from './comparable.ts';
import type { Comparable } from './comparable.ts';
import { wholeKey } from './example-key.ts';
import type { Neighbourhood } from './example-key.ts';
import type { NearExample } from './near-example.ts';
import { comparePair } from './pair-verdict.ts';
import type { PairVerdict } from './pair-verdict.ts';

/** Pairs of one contribution that are compared, at most: about a quarter of a second. Each example gets an equal share. */
const MAX_PAIRS = 5_000;

/** An example of the contribution and one elsewhere. */
export type Pair = { readonly example: SeedExample; readonly near: NearExample };

/** Names a pair, at whatever line the example stands. */
export const pairName = ({ example, near: { sha, path, line, pullRequest } }: Pair): string =>
  JSON.stringify([wholeKey(example), sha, path, line, pullRequest?.number]);

/** Two that are, or may be, the same example. */
export type Match = Pair & { readonly verdict: Exclude<PairVerdict, { readonly type: 'template-sibling' }> };

/** What a leaf of the contribution has in common with one leaf elsewhere. */
export type Overlap = {
  readonly other: Pick<NearExample, 'path' | 'sha' | 'pullRequest'>;
  /** Duplicates and possible ones: each example is in one match at most, here and there. Duplicates first. */
  readonly matches: readonly Match[];
  /** Examples of this leaf that have a sibling there and no match. */
  readonly siblings: readonly Pair[];
};

/** Two of which nothing but their meaning is alike, as far as a model of embeddings tells: worth a question to the judge. */
export type Nominated = Pair;

/** A leaf with what is like it elsewhere. */
export type ComparedLeaf = {
  readonly leaf: Leaf;
  /** The examples that the pull request brings: those that stood in the leaf before are not compared. */
  readonly brought: readonly SeedExample[];
  /** With most matches first. */
  readonly overlaps: readonly Overlap[];
  /** Nearest in meaning first for each example. */
  readonly nominated: readonly Nominated[];
};

/** Compares what each leaf brings with what was nominated for it. Bounded: see `MAX_PAIRS`. */
export function compareLeaves(
  leaves: readonly { readonly leaf: Leaf; readonly brought: readonly SeedExample[] }[],
  { near }: Pick<Neighbourhood, 'near'>,
): readonly ComparedLeaf[] {
  const { ofSeed, ofText } = comparableMaker();
  const nearOnes = new Map<string, Comparable>();
  const readNear = (example: NearExample): Comparable => {
    const place = JSON.stringify([example.sha, example.path, example.line]);
    const known = nearOnes.get(place);
    if (known !== undefined) return known;
    const comparable = ofText(example);
    nearOnes.set(place, comparable);
    return comparable;
  };
  const total = leaves.reduce((sum, { brought }) => sum + brought.length, 0);
  const share = Math.max(1, Math.floor(MAX_PAIRS / Math.max(1, total)));
  let left = MAX_PAIRS;
  return leaves.map(({ leaf, brought }) => {
    const seen = new Set<string>();
    const nominated: Nominated[] = [];
    const found = brought.flatMap(example => {
      if (left === 0 || near.size === 0) return [];
      const key = wholeKey(example);
      const candidates = seen.has(key) ? [] : (near.get(key) ?? []).slice(0, Math.min(share, left));
      seen.add(key);
      left -= candidates.length;
      if (candidates.length === 0) return [];
      const own = ofSeed(example);
      return candidates.flatMap((candidate): readonly Found[] => {
        const verdict = comparePair(own, readNear(candidate));
        if (verdict !== undefined) return [{ example, near: candidate, verdict }];
        if (candidate.meaning !== undefined) nominated.push({ example, near: candidate });
        return [];
      });
    });
    const byLeaf = Map.groupBy(found, ({ near: { sha, path } }) => JSON.stringify([sha, path]));
    const overlaps = [...byLeaf.values()].flatMap(matches => overlapOf(matches) ?? []);
    return { leaf, brought, overlaps: overlaps.toSorted((a, b) => b.matches.length - a.matches.length), nominated };
  });
}

type Found = Pair & { readonly verdict: PairVerdict };

const isMatch = (found: Found): found is Match => found.verdict.type !== 'template-sibling';

function overlapOf(found: readonly Found[]): Overlap | undefined {
  const [first] = found;
  if (first === undefined) return undefined;
  const { path, sha, pullRequest } = first.near;
  const here = new Set<SeedExample>();
  const there = new Set<number>();
  // Those that are equal choose first.
  const candidates = found.filter(isMatch).toSorted((a, b) => Number(isPossible(a)) - Number(isPossible(b)));
  const matches = candidates.filter(({ example, near: { line } }) => {
    if (here.has(example) || there.has(line)) return false;
    here.add(example);
    there.add(line);
    return true;
  });
  const siblings = found.filter(({ example, verdict }) => {
    if (verdict.type !== 'template-sibling' || here.has(example)) return false;
    here.add(example);
    return true;
  });
  return { other: { path, sha, ...(pullRequest && { pullRequest }) }, matches, siblings };
}

const isPossible = ({ verdict }: Match): boolean => verdict.type === 'possible-duplicate';
