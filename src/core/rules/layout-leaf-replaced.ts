import type { Leaf, SeedExample } from '../contribution.ts';
import { exampleKey } from '../duplicates/example-key.ts';
import type { Rule } from './rule.ts';

/** Somebody else's examples are gone. */
export const leafReplaced: Rule = {
  doc: {
    id: 'layout/leaf-replaced',
    severity: 'question',
    why: 'The taxonomy has a leaf at this place, and none of its examples is left. Mostly a new contribution was written over an old one by accident.',
    remedy:
      'Put your examples into a folder of their own, or add them below those that are there. If the old ones are to go, say why in the description.',
    waiver: 'triage',
    upstream: 'Nothing automatic.',
  },
  check: ({ leaves }, { leavesBefore }) =>
    leaves.flatMap(leaf => {
      const before = leavesBefore?.get(leaf.path);
      if (before === undefined || !isReplaced(before, leaf)) return [];
      const count = before.examples.length;
      return {
        rule: leafReplaced.doc.id,
        severity: leafReplaced.doc.severity,
        message: `The taxonomy has a leaf here already, and ${count === 1 ? 'its example is not' : `none of its ${count} examples is`} left in this file. Use another folder, or keep what was there.`,
        location: { path: leaf.path, line: 1, column: 1 },
        yamlPath: '.',
      };
    }),
};

/** An example that kept its question or its answer is the same one, mended. */
function isReplaced({ examples: before }: Leaf, { examples: after }: Leaf): boolean {
  const known = new Set(before.flatMap(marksOf));
  return (
    before.length > 0 && after.length > 0 && !after.some(example => marksOf(example).some(mark => known.has(mark)))
  );
}

const marksOf = (example: SeedExample): readonly string[] => [
  exampleKey(example),
  `answer ${example.answer.value.replaceAll(/\s+/gu, ' ').trim()}`,
];
