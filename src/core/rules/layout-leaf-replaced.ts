import { baseExamples } from '../duplicates/base-examples.ts';
import { placedExamples } from '../duplicates/placed-example.ts';
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
  check: (contribution, { pullRequest, taxonomy, neighbourhood }) => {
    const { stoodIn } = baseExamples(neighbourhood, pullRequest.files);
    const statusOf = new Map(pullRequest.files.map(({ path, status }) => [path, status]));
    const byPath = Map.groupBy(placedExamples(contribution), ({ leaf }) => leaf.path);
    return [...byPath].flatMap(([path, placed]) => {
      const status = statusOf.get(path);
      if ((status !== 'modified' && status !== 'added') || !taxonomy.files.has(path) || placed.some(stoodIn)) return [];
      return {
        rule: leafReplaced.doc.id,
        severity: leafReplaced.doc.severity,
        message:
          'The taxonomy has a leaf here already, and none of its examples is left in this file. Use another folder, or keep the examples that were there.',
        location: { path, line: 1, column: 1 },
        yamlPath: '.',
      };
    });
  },
};
