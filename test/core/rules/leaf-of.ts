import type { Contribution, Leaf, SeedExample, Text } from '../../../src/core/contribution.ts';
import { exampleKey } from '../../../src/core/duplicates/example-key.ts';
import { leafKindOf } from '../../../src/core/taxonomy.ts';

const textOf = (value: string, yamlPath: string, line: number): Text => ({
  value,
  yamlPath,
  line,
  column: 15,
  endLine: line,
});

/** A seed example whose question stands on line 5, 15, 25 … */
export function exampleOf(index: number, question: string, context?: string): SeedExample {
  const yamlPath = `.seed_examples[${index}]`;
  const line = 5 + index * 10;
  return {
    yamlPath,
    line,
    column: 5,
    endLine: line + 2,
    question: textOf(question, `${yamlPath}.question`, line),
    answer: textOf(`Answer ${index} of ${question}`, `${yamlPath}.answer`, line + 1),
    ...(context === undefined ? {} : { context: textOf(context, `${yamlPath}.context`, line + 2) }),
  };
}

/** A leaf with these questions. */
export const leafOf = (path: string, questions: readonly string[]): Leaf => ({
  kind: leafKindOf(path) ?? 'skill',
  path,
  blobSha: `blob of ${path}`,
  version: 3,
  examples: questions.map((question, index) => exampleOf(index, question)),
});

/** A contribution of these leaves and nothing else. */
export const contributionOf = (...leaves: readonly Leaf[]): Contribution => ({
  leaves,
  attributions: [],
  account: leaves.map(({ path }) => ({ path, role: 'qna', state: 'reviewed' })),
  concerns: [],
});

/** The key of a freeform example with this question. */
export const keyOf = (question: string): string => exampleKey(exampleOf(0, question));
