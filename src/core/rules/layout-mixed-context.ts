import type { Rule } from './rule.ts';

/** A leaf is grounded or freeform as a whole. */
export const mixedContext: Rule = {
  doc: {
    id: 'layout/mixed-context',
    severity: 'question',
    why: 'Some examples of this skill carry a `context` and others do not. Synthetic data is made in one way for a whole leaf, so one of the two kinds would be used wrongly.',
    remedy: 'Give every example a `context`, or none, or split the leaf in two.',
    waiver: 'triage',
    upstream: 'Nothing automatic; the guide of the generator (instructlab/sdg) says that the two must not be mixed.',
    frequency: 'In 1 to 3 % of the pull requests (907 heads counted).',
  },
  check: ({ leaves }) =>
    leaves.flatMap(leaf => {
      const bare = leaf.examples.filter(({ context }) => context === undefined);
      const [first] = bare;
      if (leaf.kind !== 'skill' || first === undefined || bare.length === leaf.examples.length) return [];
      return {
        rule: mixedContext.doc.id,
        severity: mixedContext.doc.severity,
        message: `${bare.length} of the ${leaf.examples.length} examples have no \`context\`, beginning with this one. Give one to all or to none, or split the skill in two.`,
        location: { path: leaf.path, line: first.line, column: first.column },
        yamlPath: first.yamlPath,
      };
    }),
};
