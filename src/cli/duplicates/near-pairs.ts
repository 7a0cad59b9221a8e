import { comparableMaker } from '../../core/duplicates/comparable.ts';
import type { NearExample } from '../../core/duplicates/near-example.ts';
import { comparePair } from '../../core/duplicates/pair-verdict.ts';
import type { PairVerdict } from '../../core/duplicates/pair-verdict.ts';
import type { Leaf, SeedExample } from '../../core/contribution.ts';

/** A leaf that was looked up, with what the index nominated for an example of it. */
export type SearchedLeaf = {
  readonly leaf: Leaf;
  /** How to name the file to whoever asked. */
  readonly shown: string;
  readonly nearTo: (example: SeedExample) => readonly NearExample[];
};

/** An example and those that have something to do with it, likeliest first. */
export type NearPairs = {
  readonly shown: string;
  readonly example: SeedExample;
  readonly others: readonly { readonly near: NearExample; readonly verdict: PairVerdict }[];
};

/**
 * The examples that have neighbours: equal ones and those that may be the same; with `hasSiblings`, also those of one frame that
 * are filled differently. What is nominated and turns out to have nothing to do with the example is left out.
 */
export function pairsOf(leaves: readonly SearchedLeaf[], hasSiblings: boolean): readonly NearPairs[] {
  const make = comparableMaker();
  return leaves.flatMap(({ leaf, shown, nearTo }) =>
    leaf.examples.flatMap(example => {
      const own = make.ofSeed(example);
      const others = nearTo(example).flatMap(near => {
        const verdict = comparePair(own, make.ofText(near));
        const isShown = verdict !== undefined && (hasSiblings || verdict.type !== 'template-sibling');
        return isShown ? [{ near, verdict }] : [];
      });
      const sorted = others.toSorted((a, b) => ranks[a.verdict.type] - ranks[b.verdict.type]);
      return sorted.length === 0 ? [] : [{ shown, example, others: sorted }];
    }),
  );
}

const ranks = { duplicate: 0, 'possible-duplicate': 1, 'template-sibling': 2 } as const;
