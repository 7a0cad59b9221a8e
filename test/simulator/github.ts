/** A GitHub that behaves, on loopback: state, REST, GraphQL, webhooks, people. See FACTS.md for what it knows and from where. */
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { createAdministration } from './administration.ts';
import { createEvents } from './events.ts';
import { type Fault, createFaults } from './faults.ts';
import { createGraphql } from './graphql/graphql.ts';
import { type Mergeability, mergeability } from './mergeability.ts';
import { createPeople } from './people.ts';
import { type RateLimitOptions, createRateLimit } from './rate-limit.ts';
import { accessRoutes } from './rest/access.ts';
import { appJson } from './rest/account-json.ts';
import { appRoutes } from './rest/apps.ts';
import { checkRoutes } from './rest/checks.ts';
import { contentsRoutes } from './rest/contents.ts';
import { webhookRoutes } from './rest/deliveries.ts';
import { issueRoutes } from './rest/issues.ts';
import { pullRequestRoutes } from './rest/pull-requests.ts';
import { reviewRoutes } from './rest/reviews.ts';
import { type Exchange, type ExchangeListener, startServer } from './server.ts';
import {
  type Access,
  type JsonObject,
  type PullRequest,
  type World,
  accountOf,
  pullRequestOf,
  repositoryOf,
} from './state.ts';
import { type View, printView, viewOf, withoutVolatile } from './view.ts';
import { type DeliveryMode, createWebhooks } from './webhooks.ts';

export type GitHubOptions = {
  port?: number;
  /** Milliseconds since the epoch. Default the real time. */
  now?: () => number;
  app?: {
    id?: number;
    slug?: string;
    name?: string;
    owner?: string;
    /** PEM. Default a pair made once a process. */
    privateKey?: string;
    webhookSecret?: string;
    permissions?: Record<string, Access>;
    events?: readonly string[];
  };
  webhooks?: { url?: string; mode?: DeliveryMode; /** Milliseconds; GitHub's is 10 s. */ timeout?: number };
  rateLimit?: RateLimitOptions;
  /** How long an installation token lives, in milliseconds. Default an hour. */
  tokenLifetime?: number;
  limits?: Partial<World['limits']>;
};

export type GitHub = Awaited<ReturnType<typeof startGitHub>>;

/** What Assay's manifest asks for. */
const permissions: Record<string, Access> = {
  metadata: 'read',
  contents: 'read',
  merge_queues: 'read',
  members: 'read',
  checks: 'write',
  pull_requests: 'write',
  issues: 'write',
};

const events = ['pull_request', 'issue_comment', 'check_run', 'check_suite', 'merge_group', 'push'];

let sharedKey: string | undefined;

/** Making a key takes a tenth of a second, so one serves all simulators of a process. */
function ownKey(): string {
  sharedKey ??= generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  }).privateKey;
  return sharedKey;
}

function createWorld(options: GitHubOptions): World {
  const now = options.now ?? Date.now;
  let lastId = 1000;
  const { app = {} } = options;
  const privateKey = app.privateKey ?? ownKey();
  const slug = app.slug ?? 'assay-simulated';
  const timestamp = () => `${new Date(now()).toISOString().slice(0, 19)}Z`;
  const account = (login: string, type: 'Bot' | 'Organization') => ({
    id: ++lastId,
    login,
    type,
    createdAt: timestamp(),
  });
  const owner = account(app.owner ?? 'assay-owners', 'Organization');
  const bot = account(`${slug}[bot]`, 'Bot');
  return {
    now,
    url: '',
    app: {
      id: app.id ?? 4711,
      slug,
      name: app.name ?? slug,
      clientId: 'Iv23simulated0001',
      owner,
      bot,
      privateKey,
      publicKey: createPublicKey(privateKey),
      webhookSecret: app.webhookSecret ?? 'simulated-webhook-secret-of-at-least-32-bytes',
      permissions: app.permissions ?? permissions,
      events: app.events ?? events,
      createdAt: timestamp(),
    },
    accounts: new Map([owner, bot].map(each => [each.login.toLowerCase(), each])),
    repositories: new Map(),
    formerNames: new Map(),
    installations: [],
    teams: [],
    members: new Map(),
    violations: [],
    limits: { treeEntries: 100_000, files: 3000, commits: 250, ...options.limits },
    nextId: () => ++lastId,
    timestamp,
  };
}

/** Starts a simulated GitHub on 127.0.0.1. `await using` stops it. */
export async function startGitHub(options: GitHubOptions = {}) {
  const world = createWorld(options);
  const tokens = { issued: new Map(), lifetime: options.tokenLifetime ?? 3600_000 };
  const faults = createFaults();
  const rateLimit = createRateLimit(world.now, options.rateLimit ?? {});
  const webhooks = createWebhooks(world, {
    url: options.webhooks?.url,
    mode: options.webhooks?.mode ?? 'deliver',
    timeout: options.webhooks?.timeout,
  });
  const sending = createEvents(world, webhooks);
  const administration = createAdministration(world, sending);
  const people = createPeople(world, sending, (owner, parent) => administration.fork(owner, parent));
  const manifests = new Map<string, () => JsonObject>();
  const exchanges: Exchange[] = [];
  const listeners = { before: new Set<ExchangeListener>(), after: new Set<ExchangeListener>() };

  const routes = {
    ...appRoutes(tokens, manifests),
    ...accessRoutes(rateLimit),
    ...contentsRoutes,
    'GET /repositories/{repository_id}': contentsRoutes['GET /repos/{owner}/{repo}'],
    ...pullRequestRoutes,
    ...reviewRoutes,
    // What the App does makes webhooks too; nobody waits for those.
    ...checkRoutes((action, repository, run) => void sending.checkRun(action, repository, run, world.app.bot)),
    ...webhookRoutes(world, webhooks),
    ...issueRoutes((event, action, pull, actor, more = {}) => {
      const { label, comment, was } = more;
      if (event === 'issue_comment' && comment !== undefined)
        void sending.issueComment(action as 'created' | 'edited' | 'deleted', pull, comment, actor, was);
      else void sending.pullRequest(action, pull, actor, label === undefined ? {} : { label });
    }),
  };

  const find = (repository: string, number: number): PullRequest =>
    pullRequestOf(repositoryOf(world, repository), number);
  const print = (repository: string, number: number): string => printView(viewOf(find(repository, number)));

  const server = await startServer(
    {
      world,
      tokens,
      faults,
      rateLimit,
      routes,
      graphql: createGraphql(world),
      exchanges,
      listeners,
      pages: path => {
        const [, repository = '', number] = /^\/([^/]+\/[^/]+)\/pull\/(\d+)$/.exec(path) ?? [];
        const pull = world.repositories.get(repository.toLowerCase())?.pulls.get(Number(number));
        return pull === undefined ? undefined : printView(viewOf(pull));
      },
    },
    options.port ?? 0,
  );
  world.url = `http://127.0.0.1:${server.port}`;

  return {
    port: server.port,
    /** Where its pages are; REST is below `/api/v3`, GraphQL at `/api/graphql`. */
    url: world.url,
    /** Octokit's `baseUrl`. */
    apiUrl: `${world.url}/api/v3`,
    app: world.app,
    ...administration,
    people,
    webhooks,
    /** Tells the App's webhook address that it is one. */
    ping: () => sending.ping(accountOf(world, world.app.owner.login)),
    /** Every request so far, in order of arrival. */
    exchanges,
    /** Calls the listener before a request is worked on, or after its effect and before its answer; returns how to stop. */
    on(when: 'before' | 'after', listener: ExchangeListener): () => void {
      listeners[when].add(listener);
      return () => listeners[when].delete(listener);
    },
    /** Plans trouble for requests to come; returns how to end it before its time. */
    fault: (fault: Fault): (() => void) => faults.plan(fault),
    violations: world.violations,
    /** Throws if anything passed that GitHub would not know or not say. */
    assertClean(): void {
      if (world.violations.length === 0) return;
      const lines = world.violations.map(({ kind, where, problem }) => `${kind} ${where}: ${problem}`);
      throw new Error(`The simulated GitHub saw what must not happen:\n${lines.join('\n')}`);
    },
    /** What a person sees, comparable between runs. */
    view: (repository: string, number: number): View => withoutVolatile(world, find(repository, number)),
    /** What a person sees, as text. */
    print,
    mergeability: (repository: string, number: number): Mergeability => mergeability(find(repository, number)),
    repository: (name: string) => repositoryOf(world, name),
    pullRequest: find,
    /** A code as the manifest flow hands it to the redirect address; converted once, it yields the App's credentials. */
    createManifestCode(): string {
      const code = `code${world.nextId()}`;
      manifests.set(code, () => ({
        ...appJson(world, world.app),
        client_secret: 'simulated-client-secret',
        webhook_secret: world.app.webhookSecret,
        pem: world.app.privateKey,
      }));
      return code;
    },
    async [Symbol.asyncDispose](): Promise<void> {
      await webhooks.settled();
      await server.close();
    },
  };
}
