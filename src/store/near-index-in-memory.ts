import { createRanking } from '../core/duplicates/closeness.ts';
import { termsOf } from '../core/duplicates/index-terms.ts';
import { MAX_NEAR } from '../core/duplicates/near-example.ts';
import type { ExampleText, NearExample } from '../core/duplicates/near-example.ts';
import { nominate } from '../core/duplicates/nominate.ts';
import type { Postings } from '../core/duplicates/nominate.ts';
import { MAX_INDEXED_WORDS, rarity } from '../core/duplicates/rare-words.ts';
import type { IndexedExample } from '../ports.ts';

/** A place where a text stands now. */
export type Standing = Pick<NearExample, 'path' | 'line' | 'sha' | 'pullRequest'>;

/** A word in more texts than this is not looked up. */
const MAX_WORD_TEXTS = 4_096;

/** Posting lists for one run of the command line. What the ones in SQL do, without their limits for crafted indexes. */
export type NearIndex = {
  add(examples: readonly IndexedExample[]): void;
  /** For each the nearest texts of those that stand somewhere now. */
  nearest(
    texts: readonly ExampleText[],
    standingsOf: (example: IndexedExample) => readonly Standing[],
  ): readonly (readonly NearExample[])[];
};

export function createNearIndex(): NearIndex {
  const examples: IndexedExample[] = [];
  const known = new Set<string>();
  const byBand = new Map<number, number[]>();
  const byWord = new Map<number, number[]>();
  const frequency = (word: number): number => byWord.get(word)?.length ?? 0;
  const postings: Postings = {
    ofBand: (term, visit) => byBand.get(term)?.forEach(visit),
    ofWord(term, visit) {
      const ids = byWord.get(term) ?? [];
      if (ids.length > MAX_WORD_TEXTS) return;
      const weight = rarity(ids.length, examples.length);
      for (const id of ids) visit(id, weight);
    },
  };

  return {
    add(added) {
      const fresh = added.filter(({ wholeKey }) => !known.has(wholeKey) && known.add(wholeKey) !== undefined);
      const terms = termsOf(fresh.map(({ text }) => text));
      for (const [index, example] of fresh.entries()) {
        const id = examples.push(example) - 1;
        const chosen = new Set<number>();
        for (const { bands, words } of terms[index] ?? []) {
          for (const band of bands) file(byBand, band, id);
          const rarest = words.toSorted((a, b) => frequency(a) - frequency(b)).slice(0, MAX_INDEXED_WORDS);
          for (const word of rarest) chosen.add(word);
        }
        for (const word of chosen) file(byWord, word, id);
      }
    },
    nearest(texts, standingsOf) {
      const rank = createRanking();
      return termsOf(texts).map((terms, index): readonly NearExample[] => {
        const candidates = nominate(terms, postings).flatMap(candidate => {
          const example = examples[candidate.id];
          const standings = example === undefined ? [] : standingsOf(example);
          return example === undefined || standings.length === 0 ? [] : [{ candidate, text: example.text, standings }];
        });
        return rank(texts[index] ?? noText, candidates)
          .flatMap(({ candidate: { sharedBands, weight }, text, standings }) =>
            standings.map(standing => ({ ...text, ...standing, sharedBands, weight })),
          )
          .slice(0, MAX_NEAR);
      });
    },
  };
}

const noText: ExampleText = { question: '', answer: '' };

function file(lists: Map<number, number[]>, term: number, id: number): void {
  const list = lists.get(term);
  if (list === undefined) lists.set(term, [id]);
  else list.push(id);
}
