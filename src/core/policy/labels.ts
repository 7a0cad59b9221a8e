import { z } from 'zod';

/** A label by its name, or with the colour that it gets when the repository does not have it yet. */
const label = (name: string, color: string, description: string) =>
  z
    .union([
      z
        .string()
        .min(1)
        .max(50)
        .transform(given => ({ name: given, color })),
      z.strictObject({
        name: z.string().min(1).max(50).default(name),
        color: z
          .string()
          .regex(/^[0-9a-f]{6}$/i, 'must be six hexadecimal digits, such as `fbca04`')
          .default(color)
          .describe('Six hexadecimal digits. Used when the label is made; one that is there keeps its own.'),
      }),
    ])
    .prefault(name)
    .describe(description);

/** The names of the labels: where triage stands, one at a time, and what the pull request holds. Colours as in the taxonomy's guide. */
export const labelsSchema = z
  .strictObject({
    enabled: z.boolean().default(true).describe('Whether Assay sets and removes labels.'),
    skill: label('skill', '295fa1', 'Changes a leaf under `compositional_skills/`.'),
    knowledge: label('knowledge', '997fdf', 'Changes a leaf under `knowledge/`.'),
    pass: label('triage-needed', 'f5c271', 'Nothing stands in the way of a triager.'),
    follow_up: label(
      'triage-follow-up',
      'fbe3b5',
      'A triager asked for changes, and the contributor has pushed since.',
    ),
    escalate: label('triage-uncertain', 'd36ca0', 'There is a question: one that was found, or `/assay uncertain`.'),
    request_changes: label('triage-requested-changes', 'd86763', 'The contributor must act.'),
    approved: label('triage-approved', '5c9a61', '`/assay approve`'),
    rejected: label('triage-rejected', 'd8d8b5', '`/assay reject` or `/assay duplicate-of`'),
    topic_failure: label('topic-failure', 'f4bebf', '`/assay topic-failure`'),
    legal_hold: label('legal-hold', 'b60205', '`/assay legal-hold`'),
    precheck: label('precheck-generate-ready', 'bfd4f2', '`/assay precheck` was given and nothing must change.'),
  })
  .prefault({})
  .describe('Labels that Assay owns. It touches no other.');

type Labels = z.output<typeof labelsSchema>;

/** Keys of the policy that name a label. */
export type LabelKey = Exclude<keyof Labels, 'enabled'>;

/** Where triage stands: of these labels a pull request has one. */
export const triageKeys = [
  'pass',
  'follow_up',
  'escalate',
  'request_changes',
  'approved',
  'rejected',
  'topic_failure',
  'legal_hold',
] as const satisfies readonly LabelKey[];

/** Every key that names a label. */
export const labelKeys: readonly LabelKey[] = ['skill', 'knowledge', ...triageKeys, 'precheck'];
