import type { Contribution, Leaf, SeedExample } from '../contribution.ts';
import { exampleKey } from './example-key.ts';

/** A seed example with its leaf and its key, so that equal ones find each other. */
export type PlacedExample = { readonly leaf: Leaf; readonly example: SeedExample; readonly key: string };

/** Every example of a contribution, in the order in which people read them. */
export const placedExamples = ({ leaves }: Pick<Contribution, 'leaves'>): readonly PlacedExample[] =>
  leaves.flatMap(leaf => leaf.examples.map(example => ({ leaf, example, key: exampleKey(example) })));

/** Where a finding about the example points: its question. */
export const questionLocation = ({ leaf, example }: PlacedExample) => ({
  path: leaf.path,
  line: example.question.line,
  column: example.question.column,
  endLine: example.question.endLine,
});

/** What the two have in common, for messages: a grounded example is equal only with its context. */
export const sharedText = ({ example }: PlacedExample): string =>
  example.context === undefined ? 'This question' : 'This question, with the same context,';
