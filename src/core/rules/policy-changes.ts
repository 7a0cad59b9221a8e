import { changesBetween } from '../policy-change.ts';
import type { SettingChange } from '../policy-change.ts';
import { POLICY_PATH } from '../read-policy.ts';
import { inCode } from './in-code.ts';
import type { Rule } from './rule.ts';

/** More settings than these are counted. */
const MAX_TOLD = 12;

/** What a value may take in a message. */
const MAX_VALUE = 60;

/** What a pull request would make of the rules of the game: people should see it before they merge, and it holds only then. */
export const policyChanges: Rule = {
  doc: {
    id: 'policy/changes',
    severity: 'note',
    why: 'This pull request changes the policy by which pull requests are reviewed. It is still reviewed by the one of the base branch.',
    remedy: 'Nothing. Whoever merges it should want the settings that are named.',
    waiver: 'triage',
    upstream: 'Nothing: the policy file is Assay’s.',
    mistake: { type: 'excerpt', right: '# The judge reads, too.', wrong: 'judge: off' },
  },
  check(_, { proposedPolicy, policy }) {
    if (proposedPolicy?.type !== 'policy') return [];
    const changes = changesBetween(policy, proposedPolicy.policy);
    if (changes.length === 0) return [];
    const rest = changes.length - MAX_TOLD;
    const told = changes.slice(0, MAX_TOLD).map(describe).join('; ');
    return [
      {
        rule: policyChanges.doc.id,
        severity: policyChanges.doc.severity,
        message: `Once merged, other settings would hold: ${told}${rest > 0 ? `; and ${rest} more` : ''}. This pull request is reviewed by those of the base branch.`,
        location: { path: POLICY_PATH, line: 1, column: 1 },
        yamlPath: '.',
        flagged: JSON.stringify(changes),
      },
    ];
  },
};

const describe = ({ key, before, after }: SettingChange): string =>
  after === ''
    ? `${inCode(key)} no more (it was ${shown(before)})`
    : before === ''
      ? `${inCode(key)}: ${shown(after)}`
      : `${inCode(key)}: ${shown(before)} becomes ${shown(after)}`;

const shown = (value: string): string => inCode(value.length > MAX_VALUE ? `${value.slice(0, MAX_VALUE)}…` : value);
