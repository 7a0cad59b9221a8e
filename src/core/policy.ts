import { z } from 'zod';
import { judgePolicySchema } from './judge-policy.ts';

/**
 * `.github/assay.yml` of the repository, read at the tip of the base branch. Every key has a default, so an empty file and a
 * missing one mean the same. Unknown keys are refused: a misspelt switch must not look like one that is set.
 */
export const policySchema = z.strictObject({
  mode: z
    .enum(['active', 'observe'])
    .default('active')
    .describe('`observe`: checks are neutral; no comment, no review, no label. The recommended first week.'),
  judge: judgePolicySchema,
  labels: z
    .strictObject({
      enabled: z.boolean().default(true).describe('Whether Assay sets and removes labels.'),
      skill: z.string().min(1).max(50).default('skill').describe('Changes a leaf under `compositional_skills/`.'),
      knowledge: z.string().min(1).max(50).default('knowledge').describe('Changes a leaf under `knowledge/`.'),
      pass: z.string().min(1).max(50).default('triage-needed').describe('Nothing stands in the way of a triager.'),
      escalate: z.string().min(1).max(50).default('triage-uncertain').describe('A triager must look at a question.'),
      request_changes: z
        .string()
        .min(1)
        .max(50)
        .default('triage-requested-changes')
        .describe('The contributor must act.'),
    })
    .prefault({})
    .describe('Names of the labels that Assay owns. It touches no other.'),
});

/** What the maintainers of a repository decided. */
export type Policy = z.output<typeof policySchema>;

/** The policy of a repository without a policy file. */
export const defaultPolicy: Policy = policySchema.parse({});
