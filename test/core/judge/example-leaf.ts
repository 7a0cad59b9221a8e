import type { Leaf, SeedExample, Text } from '../../../src/core/contribution.ts';
import type { Spender } from '../../../src/core/judge/model.ts';

/** A text at a place in the file, one line long unless it has line breaks. */
export const textAt = (value: string, yamlPath: string, line = 10): Text => ({
  value,
  yamlPath,
  line,
  column: 13,
  endLine: line + value.trimEnd().split('\n').length - 1,
});

/** A seed example of our own writing, with whatever is given in place of it. */
export function exampleOf(given: { question?: string; answer?: string; context?: string }, index = 0): SeedExample {
  const yamlPath = `.seed_examples[${index}]`;
  const line = 5 + index * 10;
  return {
    yamlPath,
    line,
    column: 5,
    endLine: line + 9,
    question: textAt(given.question ?? `Put in order: pear, apple, number ${index}.`, `${yamlPath}.question`, line),
    answer: textAt(given.answer ?? `Apple, number ${index}, pear.`, `${yamlPath}.answer`, line + 4),
    ...(given.context !== undefined && { context: textAt(given.context, `${yamlPath}.context`, line + 2) }),
  };
}

/** A skill with these examples. */
export const leafOf = (examples: readonly SeedExample[], path = 'compositional_skills/sorting/qna.yaml'): Leaf => ({
  kind: path.startsWith('knowledge/') ? 'knowledge' : 'skill',
  path,
  blobSha: 'b'.repeat(40),
  version: 3,
  taskDescription: textAt('Sort words by the alphabet.', '.task_description', 3),
  examples,
});

/** A skill with as many examples of our own writing. */
export const leafWith = (count: number, path?: string): Leaf =>
  leafOf(
    Array.from({ length: count }, (_, index) => exampleOf({}, index)),
    path,
  );

export const KEY = 'a server key that nobody knows';

export const SPENDER: Spender = {
  pullRequest: { repository: { id: 1, owner: 'o', name: 'r' }, number: 7 },
  headSha: 'f'.repeat(40),
  authorId: 3,
  caps: { pullRequest: 1_000_000, authorPerDay: 100_000_000, repositoryPerDay: 1_000_000_000 },
  prices: {},
};
