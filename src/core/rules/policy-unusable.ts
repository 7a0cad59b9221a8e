import { POLICY_PATH } from '../read-policy.ts';
import type { Rule } from './rule.ts';

/** Merged as it is, the file would be passed over, and what maintainers decided with it. */
export const policyUnusable: Rule = {
  doc: {
    id: 'policy/unusable',
    severity: 'error',
    why: 'The policy file would not be usable after this pull request, so that none of its settings would hold. Reviews would go on with the defaults.',
    remedy:
      'Mend the line that is named. `assay policy check` tells the same on your machine, and the JSON Schema of the settings helps an editor to complete them.',
    waiver: 'maintain',
    upstream: 'Nothing: the policy file is Assay’s.',
    mistake: { type: 'excerpt', right: 'mode: observe', wrong: 'mod: observe' },
  },
  check: (_, { proposedPolicy }) =>
    proposedPolicy?.type === 'unusable'
      ? [
          {
            rule: policyUnusable.doc.id,
            severity: policyUnusable.doc.severity,
            message: `The policy could not be used like this: ${proposedPolicy.problem}.`,
            location: { path: POLICY_PATH, line: proposedPolicy.line, column: 1 },
            yamlPath: '.',
            flagged: proposedPolicy.problem,
          },
        ]
      : [],
};
