import { z } from 'zod';

/** GitHub's own advice for secrets; a shorter one can be guessed from one captured delivery. */
export const SECRET_BYTES = 32;

export const OPENAI = 'https://api.openai.com/v1';
export const DEFAULT_MODEL = 'gpt-4.1-mini';

const flag = z
  .enum(['true', 'false', '1', '0'])
  .default('false')
  .transform(text => text === 'true' || text === '1');
const url = z.url({ protocol: /^https?$/ });

/** The variables, each with what it is for: docs/configuration.md is made from this. */
export const environmentSchema = z.object({
  APP_ID: z
    .string()
    .regex(/^[1-9]\d{0,14}$/)
    .exactOptional()
    .describe('Number of the GitHub App, from its page. Without it `assay serve` helps to register one.'),
  PRIVATE_KEY: z
    .string()
    .exactOptional()
    .describe('Private key of the App in PEM: with line breaks, with `\\n` in their place, or the whole in base64.'),
  PRIVATE_KEY_PATH: z.string().exactOptional().describe('File with the private key, in the place of `PRIVATE_KEY`.'),
  WEBHOOK_SECRET: z
    .string()
    .exactOptional()
    .describe(`Secret that GitHub signs deliveries with, at least ${SECRET_BYTES} bytes: \`openssl rand -hex 32\`.`),
  WEBHOOK_SECRET_PREVIOUS: z
    .string()
    .exactOptional()
    .describe('The secret before it, accepted as well while it is being replaced.'),
  HOST: z.string().default('127.0.0.1').describe('Address to listen on; `0.0.0.0` for every one.'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000).describe('Port to listen on; 0 takes any free one.'),
  WEBHOOK_PATH: z
    .string()
    .regex(/^\/[\w./-]*$/)
    .default('/api/github/webhooks')
    .describe('Path that takes deliveries.'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(?:ql)?:\/\//)
    .exactOptional()
    .describe('A PostgreSQL, 15 or newer, for more than one process. Without it the database is embedded.'),
  ASSAY_ROLE: z
    .enum(['all', 'web', 'worker'])
    .default('all')
    .describe(
      '`web`: takes deliveries, does no jobs. `worker`: does jobs, takes no deliveries; its port has `/healthz`, `/readyz` and `/metrics` alone. Both need `DATABASE_URL`.',
    ),
  ASSAY_DATA: z
    .string()
    .default('.assay/data')
    .describe('Folder of the embedded database. One process at a time; its lock lies beside it, in `FOLDER.lock`.'),
  OPENAI_BASE_URL: url
    .exactOptional()
    .describe(
      `OpenAI-compatible server that judges. With a key alone it is ${OPENAI}; with neither, nothing is judged.`,
    ),
  OPENAI_API_KEY: z.string().exactOptional().describe('Key for that server, if it asks for one.'),
  ASSAY_MODEL: z.string().exactOptional().describe(`Name of the model; without it \`${DEFAULT_MODEL}\`.`),
  ASSAY_STUDENT_BASE_URL: url
    .exactOptional()
    .describe(
      'OpenAI-compatible server of the model that is to be taught, such as that of `ilab model serve`; it is asked in the precheck.',
    ),
  ASSAY_STUDENT_MODEL: z.string().exactOptional().describe('Name of that model; needed with the address.'),
  ASSAY_STUDENT_API_KEY: z.string().exactOptional().describe('Key for that server, if it asks for one.'),
  ASSAY_EMBEDDINGS_BASE_URL: url
    .exactOptional()
    .describe(
      'OpenAI-compatible server of a model of embeddings. Where a policy has `duplicates.meaning: on`, examples are compared by what they mean.',
    ),
  ASSAY_EMBEDDINGS_MODEL: z.string().exactOptional().describe('Name of that model; needed with the address.'),
  ASSAY_EMBEDDINGS_API_KEY: z.string().exactOptional().describe('Key for that server, if it asks for one.'),
  ASSAY_DOCS: z
    .string()
    .regex(/^[\w.-]{1,100}\/[\w.-]{1,100}$/)
    .exactOptional()
    .describe(
      'Repository on the same GitHub that holds this documentation, such as `acme/assay`: findings then link to their rule.',
    ),
  ASSAY_READ_ONLY: flag.describe(
    '`true`: reads and computes everything, writes nothing to GitHub. Stops all writes at once.',
  ),
  ASSAY_METRICS_TOKEN: z
    .string()
    .min(16)
    .exactOptional()
    .describe('Opens `/metrics` on the port of the server, for `Authorization: Bearer TOKEN`. At least 16 characters.'),
  ASSAY_METRICS_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .exactOptional()
    .describe('Opens `/metrics` on a port of its own, without a token, in the place of the other.'),
  ASSAY_METRICS_HOST: z
    .string()
    .default('127.0.0.1')
    .describe('Address that this port listens on. Whoever can reach it can read the metrics.'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal'])
    .default('info')
    .describe('Least important lines that the log shows.'),
  NODE_ENV: z
    .string()
    .default('development')
    .describe('`production`: never offers to register an App, but refuses to start without one.'),
  GHE_HOST: z
    .string()
    .regex(/^[\w.-]+(?::\d+)?$/)
    .exactOptional()
    .describe('Host of a GitHub Enterprise Server, in the place of github.com.'),
  GHE_PROTOCOL: z.enum(['https', 'http']).default('https').describe('How to reach that server.'),
  ASSAY_PUBLIC_URL: url
    .exactOptional()
    .describe('Set-up alone: the address under which GitHub reaches this server, if the browser uses another.'),
  WEBHOOK_PROXY_URL: url
    .exactOptional()
    .describe('Set-up alone: a webhook channel that you forward to this server, for a trial on your own machine.'),
  GH_ORG: z
    .string()
    .regex(/^[\w-]+$/)
    .exactOptional()
    .describe('Set-up alone: registers the App for this organisation instead of your account.'),
});

/** One sentence a variable: what to set it to. None repeats the value: it may be a secret. */
export const remedies: Readonly<Record<keyof z.input<typeof environmentSchema>, string>> = {
  NODE_ENV: 'Set NODE_ENV to production or development.',
  LOG_LEVEL: 'Set LOG_LEVEL to trace, debug, info, warn, error or fatal.',
  APP_ID: 'Set APP_ID to the number on the page of your GitHub App.',
  PRIVATE_KEY: 'Set PRIVATE_KEY to the private key that GitHub gave you.',
  PRIVATE_KEY_PATH: 'Set PRIVATE_KEY_PATH to the file of the private key that GitHub gave you.',
  WEBHOOK_SECRET: 'Set WEBHOOK_SECRET to the secret in the settings of your GitHub App.',
  WEBHOOK_SECRET_PREVIOUS: 'Set WEBHOOK_SECRET_PREVIOUS to the secret that is being replaced.',
  ASSAY_DOCS: 'Set ASSAY_DOCS to the owner and name of a repository on your GitHub, such as acme/assay.',
  GHE_HOST: 'Set GHE_HOST to the host of your GitHub Enterprise Server alone, such as github.example.com.',
  GHE_PROTOCOL: 'Set GHE_PROTOCOL to https or http.',
  GH_ORG: 'Set GH_ORG to the name of an organisation.',
  HOST: 'Set HOST to the address to listen on, such as 0.0.0.0.',
  PORT: 'Set PORT to a number from 0 to 65535.',
  WEBHOOK_PATH: 'Set WEBHOOK_PATH to a path such as /api/github/webhooks.',
  WEBHOOK_PROXY_URL: 'Set WEBHOOK_PROXY_URL to the http or https address of your webhook channel.',
  ASSAY_PUBLIC_URL: 'Set ASSAY_PUBLIC_URL to the http or https address of this server as GitHub sees it.',
  DATABASE_URL: 'Set DATABASE_URL to an address such as postgres://user:password@host:5432/assay.',
  ASSAY_ROLE: 'Set ASSAY_ROLE to all, web or worker.',
  ASSAY_DATA: 'Set ASSAY_DATA to the folder for the embedded database.',
  OPENAI_API_KEY: 'Set OPENAI_API_KEY to the key of your model provider.',
  OPENAI_BASE_URL:
    'Set OPENAI_BASE_URL to the http or https address of an OpenAI-compatible server, such as http://127.0.0.1:8000/v1.',
  ASSAY_MODEL: 'Set ASSAY_MODEL to the name of a model.',
  ASSAY_STUDENT_BASE_URL:
    'Set ASSAY_STUDENT_BASE_URL to the http or https address of an OpenAI-compatible server, such as http://127.0.0.1:8000/v1.',
  ASSAY_STUDENT_MODEL: 'Set ASSAY_STUDENT_MODEL to the name of the student model.',
  ASSAY_STUDENT_API_KEY: 'Set ASSAY_STUDENT_API_KEY to the key of its server.',
  ASSAY_EMBEDDINGS_BASE_URL:
    'Set ASSAY_EMBEDDINGS_BASE_URL to the http or https address of an OpenAI-compatible server, such as http://127.0.0.1:8000/v1.',
  ASSAY_EMBEDDINGS_MODEL: 'Set ASSAY_EMBEDDINGS_MODEL to the name of the model of embeddings.',
  ASSAY_EMBEDDINGS_API_KEY: 'Set ASSAY_EMBEDDINGS_API_KEY to the key of its server.',
  ASSAY_METRICS_TOKEN: 'Set ASSAY_METRICS_TOKEN to at least 16 characters that nobody can guess.',
  ASSAY_METRICS_PORT: 'Set ASSAY_METRICS_PORT to a number from 0 to 65535.',
  ASSAY_METRICS_HOST: 'Set ASSAY_METRICS_HOST to the address to listen on, such as 127.0.0.1.',
  ASSAY_READ_ONLY: 'Set ASSAY_READ_ONLY to true or false.',
};

/** The process cannot run as it is configured. The message is one sentence that names the remedy, and holds no secret. */
export class Misconfigured extends Error {
  override readonly name = 'Misconfigured';
}

/** The variables as they were given, each in its form. */
export type Variables = z.output<typeof environmentSchema>;

/** An empty one counts as absent. Throws `Misconfigured`. */
export function parseVariables(variables: Readonly<Record<string, string | undefined>>): Variables {
  const given = Object.entries(variables).filter(([, value]) => value !== undefined && value.trim() !== '');
  const parsed = environmentSchema.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues[0]?.path[0];
  throw new Misconfigured(
    Object.entries(remedies).find(([name]) => name === wrong)?.[1] ?? 'Correct the variables of the environment.',
  );
}
