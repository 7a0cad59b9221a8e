import { letterReader } from './letters.ts';
import type { ExampleText } from './near-example.ts';
import { tellingWords } from './rare-words.ts';
import { bandsOf, mix } from './signature.ts';

/** The texts of an example by which it is looked up, each by itself. */
const fields = ['question', 'context', 'answer'] as const satisfies readonly (keyof ExampleText)[];

/**
 * What one text of an example is filed under, as hashes of 32 bits, signed: the bands of its signature for copies with small
 * changes, telling words for rewordings. Bands of different fields are different terms; a word is one wherever it stands. Texts
 * are filed once: who changes the terms empties the tables of the index in the same migration.
 */
export type IndexTerms = { readonly bands: readonly number[]; readonly words: readonly number[] };

/** The terms of each example: of its question, its context and its answer. A context that several share is read once. */
export function termsOf(examples: readonly ExampleText[]): readonly (readonly IndexTerms[])[] {
  const lettersOf = letterReader();
  const ofContext = new Map<string, IndexTerms>();
  return examples.map(example =>
    fields.map(field => {
      const text = example[field];
      if (text === undefined) return noTerms;
      const known = field === 'context' ? ofContext.get(text) : undefined;
      const terms = known ?? read(lettersOf(text), field);
      if (field === 'context') ofContext.set(text, terms);
      return terms;
    }),
  );
}

const noTerms: IndexTerms = { bands: [], words: [] };

function read(letters: Uint16Array, field: (typeof fields)[number]): IndexTerms {
  const salt = Math.imul(fields.indexOf(field) + 1, 0x9e3779b1);
  return { bands: bandsOf(letters).map(band => mix(band ^ salt)), words: tellingWords(letters) };
}
