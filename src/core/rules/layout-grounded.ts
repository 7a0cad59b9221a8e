import type { Leaf } from '../contribution.ts';
import { inCode } from './in-code.ts';
import { newLeaves } from './new-leaves.ts';
import type { Rule } from './rule.ts';

const TREE = 'compositional_skills/';
const GROUNDED = `${TREE}grounded/`;

/** Skills whose examples carry a context live in a tree of their own. */
export const grounded: Rule = {
  doc: {
    id: 'layout/grounded',
    severity: 'question',
    why: 'Skills whose examples carry a `context` live under `compositional_skills/grounded/`, all others outside of it: people look for them there, and synthetic data is made differently for the two.',
    remedy: 'Move the folder into or out of `grounded/`, or add or remove the contexts.',
    waiver: 'triage',
    upstream: 'Nothing automatic; the README of the taxonomy asks for it, and triagers propose another path.',
    frequency:
      'A context outside of `grounded/` in 19 % of the pull requests up to April 2024, in 7 to 9 % later (907 heads counted).',
    mistake: {
      type: 'path',
      right: 'compositional_skills/writing/limericks/qna.yaml',
      wrong: 'compositional_skills/grounded/writing/limericks/qna.yaml',
    },
  },
  check: (contribution, facts) =>
    newLeaves(contribution, facts).flatMap(leaf => {
      const contexts = leaf.examples.filter(({ context }) => context !== undefined).length;
      const isInTree = leaf.path.startsWith(GROUNDED);
      const isOdd = isInTree ? contexts === 0 : contexts === leaf.examples.length;
      if (leaf.kind !== 'skill' || !leaf.path.startsWith(TREE) || leaf.examples.length === 0 || !isOdd) return [];
      return {
        rule: grounded.doc.id,
        severity: grounded.doc.severity,
        message: isInTree ? withoutContext(leaf) : withContext(leaf),
        location: { path: leaf.path, line: 1, column: 1 },
        yamlPath: '.',
      };
    }),
};

const withContext = ({ path }: Leaf): string =>
  `These examples have a \`context\`, so this is a grounded skill. It belongs at ${inCode(GROUNDED + path.slice(TREE.length))}.`;

const withoutContext = ({ path }: Leaf): string =>
  `Skills under \`grounded/\` have a \`context\` in every example, and this one has none. Without them it belongs at ${inCode(TREE + path.slice(GROUNDED.length))}.`;
