import { z } from 'zod';
import { judgePolicySchema } from './judge-policy.ts';
import { attributionPolicySchema } from './policy/attribution.ts';
import { conversationSchema } from './policy/conversation.ts';
import { documentsSchema } from './policy/documents.ts';
import { duplicatesSchema } from './policy/duplicates.ts';
import { labelsSchema } from './policy/labels.ts';
import { rejectionsSchema } from './policy/rejections.ts';
import { rolesSchema } from './policy/roles.ts';

/**
 * `.github/assay.yml` of the repository, read at the tip of the base branch. Every key has a default, so an empty file and a
 * missing one mean the same. Unknown keys are refused: a misspelt switch must not look like one that is set.
 */
export const policySchema = z.strictObject({
  extends: z
    .string()
    .regex(
      /^(?:organisation|[A-Za-z\d](?:[A-Za-z\d-]{0,38})\/[\w.-]{1,100})$/,
      'must be `organisation`, or a repository of the same owner such as `acme/policies`',
    )
    .exactOptional()
    .describe(
      'Builds on the policy of another repository of the same owner, `OWNER/NAME`, or `organisation` for that of `OWNER/.github`; read at the tip of its default branch. Mappings are joined key by key, anything else is replaced. A repository without a policy file has that of `OWNER/.github`.',
    ),
  mode: z
    .enum(['active', 'observe'])
    .default('active')
    .describe('`observe`: checks are neutral; no comment, no review, no label. The recommended first week.'),
  dco: z
    .enum(['required', 'off'])
    .default('required')
    .describe('Whether every commit must carry a `Signed-off-by` line. `off` where another check asks for it.'),
  judge: judgePolicySchema,
  conversation: conversationSchema,
  documents: documentsSchema,
  duplicates: duplicatesSchema,
  labels: labelsSchema,
  roles: rolesSchema,
  rejections: rejectionsSchema,
  attribution: attributionPolicySchema,
});

/** What the maintainers of a repository decided. */
export type Policy = z.output<typeof policySchema>;

/** The policy of a repository without a policy file. */
export const defaultPolicy: Policy = policySchema.parse({});
