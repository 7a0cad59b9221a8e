import type { ExampleText } from './near-example.ts';
import { tellingWords } from './rare-words.ts';
import { bandsOf, mix } from './signature.ts';

/** The texts of an example by which it is looked up, each by itself. */
export const fields = ['question', 'context', 'answer'] as const satisfies readonly (keyof ExampleText)[];

/**
 * What a text is filed under, as hashes of 32 bits, signed: bands of its signature for copies with small changes, telling words for
 * rewordings. Those of different fields are different terms.
 */
export type IndexTerms = { readonly bands: readonly number[]; readonly words: readonly number[] };

const noTerms: IndexTerms = { bands: [], words: [] };

/** The terms of each example, field by field in the order of `fields`. A context that several share is read once. */
export function termsOf(examples: readonly ExampleText[]): readonly (readonly IndexTerms[])[] {
  const ofContext = new Map<string, IndexTerms>();
  return examples.map(example =>
    fields.map((field, index) => {
      const text = example[field];
      if (text === undefined) return noTerms;
      const known = field === 'context' ? ofContext.get(text) : undefined;
      const terms = known ?? salted(text, index + 1);
      if (field === 'context') ofContext.set(text, terms);
      return terms;
    }),
  );
}

function salted(text: string, field: number): IndexTerms {
  const salt = Math.imul(field, 0x9e3779b1);
  return {
    bands: bandsOf(text).map(band => mix(band ^ salt)),
    words: tellingWords(text).map(word => mix(hashWord(word) ^ salt)),
  };
}

function hashWord(word: string): number {
  let hash = 0;
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x9e3779b1);
  return hash;
}
