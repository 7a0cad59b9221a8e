import { z } from 'zod';
import { policySchema } from '../core/policy.ts';
import { POLICY_PATH } from '../core/read-policy.ts';
import { environmentSchema } from './variables.ts';

/** A setting in JSON Schema, as far as it is told here. */
const settingSchema = z.looseObject({
  description: z.string().default(''),
  // A mapping's own default says nothing: its keys have theirs.
  default: z.union([z.string(), z.number(), z.boolean()]).optional().catch(undefined),
  properties: z.record(z.string(), z.unknown()).optional(),
  anyOf: z.array(z.unknown()).default([]),
});

/** JSON Schema of the policy file: editors complete and check it. */
export const policyJsonSchema = (): Readonly<Record<string, unknown>> => ({
  ...z.toJSONSchema(policySchema, { io: 'input' }),
  title: 'Policy of Assay',
  description: `What Assay does in a repository: \`${POLICY_PATH}\` on its default branch.`,
});

/** The page that lists every environment variable and every key of the policy file, each with its default. */
export function renderConfigurationDocs(): string {
  const environment = z.toJSONSchema(environmentSchema, { io: 'input' });
  return `# Configuration

The server is configured by its environment, a repository by its policy file. This page is made from the code (\`npm run docs\`).

## Environment

An empty variable counts as absent. \`npm start\` and \`assay serve\` read a \`.env\` file in the working folder, too; what is set outside it goes first. A variable that cannot be used stops the start with one sentence that names the remedy, and \`assay doctor\` tries what they lead to.

${table(['variable', 'default', 'what it is for'], rowsOf(environment))}

## Policy file

\`${POLICY_PATH}\` is read at the tip of the base branch when a review starts; a pull request that changes it is still reviewed by the old one. Every key has a default, so an empty file and no file mean the same. A file that cannot be used changes nothing: the defaults hold, and Assay's comment says which line to mend. Unknown keys are refused, so that a misspelt switch does not look like one that is set.

A repository without a policy file has that of its organisation: \`${POLICY_PATH}\` in \`OWNER/.github\`. One with a file of its own builds on that with \`extends: organisation\`, or on another repository of the same owner with \`extends: OWNER/NAME\`. Mappings are joined key by key; a list or a word takes the place of the other one. It goes one step, and changes there count within a minute.

A pull request that changes the file is told which settings would be others, and whether it could be used. \`assay policy check\` says the same of a file on a disk, \`assay policy print\` writes out the whole policy that results, and \`assay policy explain KEY\` what a setting is for.

${table(['key', 'default', 'what it is for'], rowsOf(policyJsonSchema()))}

\`judge: on\` and \`judge: off\` are short for the mapping. A label that the repository does not have is made when it is first needed.

\`\`\`yaml
mode: observe
judge:
  maxTokensPerPullRequest: 100000
labels:
  pass: ready-for-triage
\`\`\`

Editors that check YAML can use [assay.schema.json](assay.schema.json). \`mode: observe\` is meant for the first week: checks are neutral, and nothing else is written.
`;
}

/** A setting of the policy: its path, what it is for, and its default where that is a word or a number. */
export type Setting = { readonly name: string; readonly description: string; readonly standard?: string };

/** Every setting of the policy; of a mapping, one for each key, too. */
export const listSettings = (): readonly Setting[] => settingsOf(policyJsonSchema());

const rowsOf = (schema: unknown): readonly (readonly string[])[] =>
  settingsOf(schema).map(({ name, description, standard }) => [
    code(name),
    standard === undefined ? '' : code(standard),
    description,
  ]);

function settingsOf(schema: unknown, prefix = ''): readonly Setting[] {
  const { properties = {}, anyOf } = settingSchema.parse(schema);
  const own = Object.entries(properties).flatMap(([name, each]) => {
    const { description, default: standard } = settingSchema.parse(each);
    const setting = { name: prefix + name, description, ...(standard !== undefined && { standard: String(standard) }) };
    return [setting, ...settingsOf(each, `${prefix}${name}.`)];
  });
  return [...own, ...anyOf.flatMap(choice => settingsOf(choice, prefix))];
}

const code = (text: string): string => `\`${text}\``;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n');
