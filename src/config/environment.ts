import { createPrivateKey } from 'node:crypto';
import { Misconfigured, SECRET_BYTES, DEFAULT_MODEL, OPENAI, parseVariables, remedies } from './variables.ts';
import type { Variables } from './variables.ts';

/** What the App proves itself with. */
export type AppCredentials = {
  readonly appId: number;
  /** PEM. */
  readonly privateKey: string;
  /** The secret that GitHub signs with, then the one before it while it is being replaced. */
  readonly webhookSecrets: readonly string[];
};

/** What one of several processes does. */
export type Role = 'all' | 'web' | 'worker';

/** The environment of the process, read once. */
export type Environment = {
  readonly isProduction: boolean;
  /** `web` takes deliveries and does no jobs, `worker` the other way round. */
  readonly role: Role;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';
  readonly github: {
    /** For links, such as `https://github.com`. */
    readonly webUrl: string;
    /** Such as `https://api.github.com`. */
    readonly apiUrl: string;
  };
  /** Holds this documentation, on the same GitHub. */
  readonly docs?: { readonly owner: string; readonly name: string };
  /** Absent until the App is registered. */
  readonly credentials?: AppCredentials;
  readonly server: {
    readonly host: string;
    /** 0 takes any that is free. */
    readonly port: number;
    readonly webhookPath: string;
  };
  readonly setup: {
    /** The address under which GitHub reaches this server, if it is not the one that the browser uses. */
    readonly publicUrl?: string;
    /** A channel that someone forwards to the webhook's path. */
    readonly webhookProxyUrl?: string;
    /** Registers the App for an organisation and not for a person. */
    readonly organisation?: string;
  };
  readonly database: { readonly dataDir: string } | { readonly databaseUrl: string };
  /** Absent: leaves are checked but not judged. */
  readonly model?: { readonly baseUrl: string; readonly apiKey: string; readonly name: string };
  /** The model that is to be taught, for the precheck. */
  readonly student?: { readonly baseUrl: string; readonly apiKey: string; readonly name: string };
  /** The model of embeddings, for comparison by meaning. */
  readonly embeddings?: { readonly baseUrl: string; readonly apiKey: string; readonly name: string };
  /** Where the metrics can be read, if anywhere. */
  readonly metrics?: { readonly token: string } | { readonly host: string; readonly port: number };
  /** Nothing is written to GitHub, whatever a policy says. */
  readonly isReadOnly: boolean;
};

/** Reads the variables; an empty one counts as absent. Throws `Misconfigured`. `readFile` is for PRIVATE_KEY_PATH. */
export function readEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
  readFile: (path: string) => string,
): Environment {
  const env = parseVariables(variables);
  const credentials = credentialsOf(env, readFile);
  const model = modelOf(env);
  const student = furtherModel(env, 'ASSAY_STUDENT');
  const embeddings = furtherModel(env, 'ASSAY_EMBEDDINGS');
  return {
    isProduction: env.NODE_ENV === 'production',
    role: roleOf(env),
    logLevel: env.LOG_LEVEL,
    github:
      env.GHE_HOST === undefined
        ? { webUrl: 'https://github.com', apiUrl: 'https://api.github.com' }
        : {
            webUrl: `${env.GHE_PROTOCOL}://${env.GHE_HOST}`,
            apiUrl: `${env.GHE_PROTOCOL}://${env.GHE_HOST}/api/v3`,
          },
    ...(credentials && { credentials }),
    server: { host: env.HOST, port: env.PORT, webhookPath: env.WEBHOOK_PATH },
    setup: {
      ...(env.ASSAY_PUBLIC_URL !== undefined && { publicUrl: env.ASSAY_PUBLIC_URL }),
      ...(env.WEBHOOK_PROXY_URL !== undefined && { webhookProxyUrl: env.WEBHOOK_PROXY_URL }),
      ...(env.GH_ORG !== undefined && { organisation: env.GH_ORG }),
    },
    database: env.DATABASE_URL === undefined ? { dataDir: env.ASSAY_DATA } : { databaseUrl: env.DATABASE_URL },
    ...(model && { model }),
    ...(student && { student }),
    ...(embeddings && { embeddings }),
    ...metricsOf(env),
    ...(env.ASSAY_DOCS !== undefined && { docs: repositoryNamed(env.ASSAY_DOCS) }),
    isReadOnly: env.ASSAY_READ_ONLY,
  };
}

/** The embedded database has one process, so that one must do everything. */
function roleOf({ ASSAY_ROLE: role, DATABASE_URL }: Variables): Role {
  if (role === 'all' || DATABASE_URL !== undefined) return role;
  throw new Misconfigured(
    `Set DATABASE_URL for a process that is ${role} alone: the embedded database belongs to one process, which does everything (role all).`,
  );
}

function repositoryNamed(path: string): { readonly owner: string; readonly name: string } {
  const [owner = '', name = ''] = path.split('/');
  return { owner, name };
}

function credentialsOf(env: Variables, readFile: (path: string) => string): AppCredentials | undefined {
  const hasKey = env.PRIVATE_KEY !== undefined || env.PRIVATE_KEY_PATH !== undefined;
  if (env.APP_ID === undefined && !hasKey) return undefined;
  if (env.APP_ID === undefined) throw new Misconfigured(remedies.APP_ID);
  if (!hasKey) throw new Misconfigured('Set PRIVATE_KEY or PRIVATE_KEY_PATH to the private key of your GitHub App.');
  return {
    appId: Number(env.APP_ID),
    privateKey: privateKeyOf(env, readFile),
    webhookSecrets: secretsOf(env),
  };
}

/** As Probot takes it: with line breaks, with `\n` for them, or the whole in base64; else from a file. */
function privateKeyOf({ PRIVATE_KEY, PRIVATE_KEY_PATH }: Variables, readFile: (path: string) => string): string {
  const given = PRIVATE_KEY?.replaceAll('\\n', '\n').trim() ?? readKey(PRIVATE_KEY_PATH ?? '', readFile);
  const key = given.startsWith('-----BEGIN') ? given : Buffer.from(given, 'base64').toString('utf8').trim();
  try {
    createPrivateKey(key);
  } catch {
    const name = PRIVATE_KEY === undefined ? 'PRIVATE_KEY_PATH' : 'PRIVATE_KEY';
    throw new Misconfigured(`${remedies[name].slice(0, -1)}: what is there is not a private key in PEM format.`);
  }
  return `${key}\n`;
}

function readKey(path: string, readFile: (path: string) => string): string {
  try {
    return readFile(path).trim();
  } catch (error) {
    throw new Misconfigured(`${remedies.PRIVATE_KEY_PATH.slice(0, -1)}: the file cannot be read.`, { cause: error });
  }
}

function secretsOf({ WEBHOOK_SECRET, WEBHOOK_SECRET_PREVIOUS }: Variables): readonly string[] {
  if (WEBHOOK_SECRET === undefined) throw new Misconfigured(`${remedies.WEBHOOK_SECRET.slice(0, -1)}: it is missing.`);
  const secrets = { WEBHOOK_SECRET, ...(WEBHOOK_SECRET_PREVIOUS !== undefined && { WEBHOOK_SECRET_PREVIOUS }) };
  for (const [name, secret] of Object.entries(secrets)) {
    if (Buffer.byteLength(secret) >= SECRET_BYTES) continue;
    throw new Misconfigured(
      `Set ${name} to a random secret of at least ${SECRET_BYTES} bytes, such as the output of "openssl rand -hex 32", and the same in the settings of your GitHub App: ${secret === 'development' ? 'everyone knows "development"' : 'this one is too short'}.`,
    );
  }
  return Object.values(secrets);
}

/** A base URL alone is enough: local servers ask for no key. */
function modelOf({ OPENAI_API_KEY, OPENAI_BASE_URL, ASSAY_MODEL }: Variables): Environment['model'] {
  if (OPENAI_API_KEY === undefined && OPENAI_BASE_URL === undefined) return undefined;
  return {
    baseUrl: OPENAI_BASE_URL ?? OPENAI,
    apiKey: OPENAI_API_KEY ?? 'none',
    name: ASSAY_MODEL ?? DEFAULT_MODEL,
  };
}

function metricsOf({
  ASSAY_METRICS_PORT: port,
  ASSAY_METRICS_HOST: host,
  ASSAY_METRICS_TOKEN: token,
}: Variables): Pick<Environment, 'metrics'> {
  if (port !== undefined) return { metrics: { host, port } };
  return token === undefined ? {} : { metrics: { token } };
}

type ModelVariables = 'ASSAY_EMBEDDINGS' | 'ASSAY_STUDENT';

/** A model that has variables of its own. Address and name belong together: a server may serve several models. */
function furtherModel(env: Variables, prefix: ModelVariables): Environment['student'] {
  const baseUrl = env[`${prefix}_BASE_URL`];
  const name = env[`${prefix}_MODEL`];
  if (baseUrl === undefined && name === undefined) return undefined;
  if (baseUrl === undefined) throw new Misconfigured(remedies[`${prefix}_BASE_URL`]);
  if (name === undefined) throw new Misconfigured(remedies[`${prefix}_MODEL`]);
  return { baseUrl, apiKey: env[`${prefix}_API_KEY`] ?? 'none', name };
}
