import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { pino } from 'pino';
import type { Logger } from 'pino';
import { Probot } from 'probot';
import { z } from 'zod';
import { assayApp } from './app.ts';
import { auditedGitHub } from './audited-github.ts';
import { Misconfigured, readEnvironment } from './config/environment.ts';
import type { AppCredentials, Environment } from './config/environment.ts';
import { hashText } from './core/finding.ts';
import { laneOf } from './core/job.ts';
import type { ModelRequest } from './core/judge/model.ts';
import type { Action } from './core/plan.ts';
import { redact } from './core/redact.ts';
import { githubFor } from './github/github.ts';
import { listFailedDeliveries, redeliver } from './github/deliveries.ts';
import { describeApp, listInstallations, listRepositories } from './github/installations.ts';
import { createMemory } from './github/memory.ts';
import { connectGitHub } from './github/octokit.ts';
import { chargeEmbeddings } from './llm/charge-embeddings.ts';
import { connectEmbeddings } from './llm/connect-embeddings.ts';
import { connectModel } from './llm/connect-model.ts';
import { rememberReplies } from './llm/remember.ts';
import { createMetrics } from './observe/metrics.ts';
import type { QueueState } from './observe/metrics.ts';
import { createObserver } from './observe/observer.ts';
import type { Observer } from './observe/observer.ts';
import { startParser } from './parser/index.ts';
import type { Ask, Embedding, GitHub, Replies } from './ports.ts';
import { redeliverLost } from './redeliver-lost.ts';
import { startMetricsServer, startServer } from './server/server.ts';
import { startSetup } from './server/setup.ts';
import { createAudit } from './store/audit.ts';
import { openDatabase } from './store/database.ts';
import type { Database } from './store/database.ts';
import { createExamples } from './store/examples.ts';
import { createMeanings } from './store/meanings.ts';
import { createInbox } from './store/inbox.ts';
import { findAddition, forgetInstallation, recordAddition } from './store/installations.ts';
import { startQueue } from './store/queue.ts';
import type { QueueSettings } from './store/queue.ts';
import { createReplies } from './store/replies.ts';
import { keysOf, work } from './worker.ts';
import type { WorkerPorts } from './worker.ts';

/** A server at work. */
export type RunningAssay = {
  /** Where it listens. */
  readonly url: string;
  /** Where GitHub's deliveries go. */
  readonly webhookUrl: string;
  /** Where the metrics are, if they have a port of their own. */
  readonly metricsUrl?: string;
  /** Resolves when no job waits or runs; those that wait for their next try count as waiting. */
  idle(): Promise<void>;
  stop(): Promise<void>;
};

/** What a caller may put in the place of the usual. */
export type AssayOptions = {
  readonly log?: Logger;
  /** The model's replies are samples written by hand, so everything shown says so. */
  readonly hasSampleJudge?: boolean;
  readonly database?: Database;
  /** How long the queue waits before it tries again, and between two looks. */
  readonly queue?: Pick<QueueSettings, 'retryDelays' | 'pollSeconds'>;
  /** The host of addresses in `document.repo` that are looked up on this GitHub; its own unless told. */
  readonly documentHost?: string;
  /** The clock by which reviews and the judge go. */
  readonly now?: () => Date;
};

const { version: VERSION } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')));

/** Jobs at a time in one process: they wait for GitHub and the model nearly all of their time. */
const CONCURRENCY = 4;

/** Every three hours: GitHub neither repeats a lost delivery nor tells of it. */
const SWEEP_CRON = '17 */3 * * *';

/** GitHub keeps what failed for three days and sends it again only when asked. */
const REDELIVER_CRON = '41 * * * *';

/** GitHub can redeliver for three days; the inbox remembers for longer. */
const INBOX_DAYS = 14;

/** Runs the App of this process's environment until it is told to stop. Throws `Misconfigured` with one sentence. */
export async function serve(variables: Readonly<Record<string, string | undefined>>): Promise<void> {
  const environment = readEnvironment(variables, path => readFileSync(path, 'utf8'));
  const log = createLog(environment);
  // From the beginning: one that comes while we start is heard as well. The second one ends the process at once.
  const toldToStop = Promise.race(
    ['SIGINT', 'SIGTERM'].map(signal => new Promise(resolve => process.once(signal, resolve))),
  );
  const { credentials } = environment;
  if (credentials === undefined && environment.isProduction) {
    throw new Misconfigured(
      'Set APP_ID, PRIVATE_KEY and WEBHOOK_SECRET to those of your GitHub App; without NODE_ENV=production, `npm start` helps to register one.',
    );
  }
  const running =
    credentials === undefined
      ? await startSetup({ environment, log })
      : await startAssay(environment, credentials, { log });
  if ('webhookUrl' in running) log.info({ webhookUrl: running.webhookUrl }, 'listening');
  await toldToStop;
  log.info('stopping');
  await running.stop();
}

/** Puts everything together and starts to work. */
export async function startAssay(
  environment: Environment,
  credentials: AppCredentials,
  options: AssayOptions = {},
): Promise<RunningAssay> {
  const log = options.log ?? createLog(environment);
  const { now = () => new Date() } = options;
  let queueState: () => Promise<QueueState> = () => Promise.reject(new Error('The queue has not started yet.'));
  const metrics = createMetrics(() => queueState());
  const observer = createObserver(metrics, () => performance.now());
  const connection = connectGitHub({
    around: observer.githubCall,
    appId: credentials.appId,
    privateKey: credentials.privateKey,
    baseUrl: environment.github.apiUrl,
    warn: message => log.warn(message),
  });
  const identity = await describeApp(connection.asApp.octokit);
  const memory = createMemory();

  // Ended in the opposite order, also when one of the later ones cannot start.
  await using started = new AsyncDisposableStack();
  const opened = options.database ?? (await openDatabase(environment.database));
  const database = started.adopt(opened, ({ close }) => close());
  const parser = started.adopt(startParser(), ({ close }) => close());
  const onError = (error: unknown): void => log.error({ err: error }, 'queue');
  const queue = started.adopt(await startQueue(database, { ...options.queue, onError }), ({ stop }) => stop());
  queueState = async () => {
    const [depth, dead, oldestSeconds] = await Promise.all([queue.depth(), queue.listDead(), queue.oldestSeconds()]);
    return { ...depth, dead: dead.length, oldestSeconds };
  };
  const inbox = createInbox(database, queue);
  const replies = createReplies(database);
  const audit = createAudit(database);

  const clock = () => now().getTime();
  const ask = environment.model && askThrough(environment.model, replies, clock, observer);
  const student = environment.student && {
    ask: askThrough(environment.student, replies, clock, observer),
    model: environment.student.name,
  };

  const embedding = environment.embeddings && embedThrough(environment.embeddings, replies, clock);

  const ports: WorkerPorts = {
    forInstallation: id =>
      withoutWrites(
        auditedGitHub(githubFor(connection, id, identity, memory), audit.append, now),
        environment.isReadOnly,
      ),
    record: audit.append,
    examples: createExamples(database),
    parse: parser.parse,
    ...(ask && { ask, spent: ref => replies.spent(ref) }),
    ...(student && { student }),
    ...(embedding && { meanings: createMeanings(database, embedding) }),
    now,
    enqueue: job => queue.enqueue(job, { urgency: 'background' }),
    async listInstallations() {
      const installations = await listInstallations(connection.asApp.octokit);
      return installations.filter(({ isSuspended }) => !isSuspended).map(({ id }) => id);
    },
    listRepositories: id => listRepositories(connection.forInstallation(id).octokit),
    wasTouched: ref => inbox.hasDeliveryFor(ref),
    addedAt: repository => findAddition(database, repository),
    recordAddition: repository => recordAddition(database, repository, now()),
    forget: (id, repositoryIds) => forgetInstallation(database, id, repositoryIds),
    redeliver: () =>
      redeliverLost(
        {
          list: since => listFailedDeliveries(connection.asApp.octokit, since),
          known: inbox.known,
          askFor: delivery => redeliver(connection.asApp.octokit, delivery),
        },
        now(),
      ),
    reviewed: metrics.verdict,
    log: (message, fields) => log.info(fields, message),
  };
  const settings = {
    host: environment.github.webUrl,
    ...(environment.docs && { docs: environment.docs }),
    ...(options.documentHost !== undefined && { documentHost: options.documentHost }),
    appSlug: identity.slug,
    version: VERSION,
    // Lives as long as the App's key: a new one would have every example judged, and paid for, again.
    judgeKey: hashText(`assay judge\0${credentials.privateKey}`),
    hasSampleJudge: options.hasSampleJudge ?? false,
  };

  await queue.work(
    (job, attempt) =>
      observer.job(job, keysOf(job, attempt), attempt.nextTry === undefined, () => work(job, attempt, ports, settings)),
    {
      concurrency: CONCURRENCY,
      async onSettled(job, outcome, startedAt) {
        const answered = await inbox.settle(job, outcome, startedAt);
        if (answered.length === 0) return;
        const oldest = Math.min(...answered.map(({ enqueuedAt }) => enqueuedAt.getTime()));
        metrics.answered(Math.max(0, (Date.now() - oldest) / 1000));
        const deliveries = answered.slice(0, MAX_LOGGED).map(({ guid }) => guid);
        log.info({ lane: laneOf(job), outcome, deliveries }, 'answered');
      },
    },
  );
  await queue.schedule({ type: 'sweep' }, SWEEP_CRON);
  await queue.schedule({ type: 'redeliver' }, REDELIVER_CRON);
  await queue.enqueue({ type: 'redeliver' }, { urgency: 'background' });
  await queue.enqueue({ type: 'sweep' }, { urgency: 'background' });
  await inbox.prune(new Date(Date.now() - INBOX_DAYS * 24 * 3600 * 1000));

  const probot = new Probot({
    appId: credentials.appId,
    privateKey: credentials.privateKey,
    secret: credentials.webhookSecrets[0],
    baseUrl: environment.github.apiUrl,
    // It would log whole payloads, with all that contributors wrote; our server says what failed.
    log: log.child({ name: 'probot' }, { level: 'fatal' }),
  });
  await probot.load(
    assayApp({
      receive: async delivery => {
        const outcome = await inbox.receive(delivery);
        const { guid, event, jobs } = delivery;
        log.info({ delivery: guid, event, outcome, lanes: jobs.slice(0, MAX_LOGGED).map(laneOf) }, 'delivered');
      },
      app: { appId: credentials.appId, appSlug: identity.slug },
      now,
    }),
  );

  const serving = await startServer({
    address: environment.server,
    secrets: credentials.webhookSecrets,
    receive: delivery => observer.delivery(delivery.name, () => probot.receive(webhookEvent.parse(delivery))),
    ...(environment.metrics &&
      'token' in environment.metrics && { metrics: { read: metrics.page, ...environment.metrics } }),
    isReady: async () => (await queue.depth()).waiting >= 0,
    warn: (message, fields) => log.warn(fields, message),
  });
  const server = started.adopt(serving, ({ stop }) => stop());
  const metricsServer =
    environment.metrics !== undefined && 'port' in environment.metrics
      ? started.adopt(await startMetricsServer(environment.metrics, { read: metrics.page }), ({ stop }) => stop())
      : undefined;
  const running = started.move();

  return {
    url: server.url,
    webhookUrl: `${server.url}${environment.server.webhookPath}`,
    ...(metricsServer && { metricsUrl: `${metricsServer.url}/metrics` }),
    async idle() {
      for (;;) {
        const { waiting, running } = await queue.depth();
        if (waiting + running === 0) return;
        await wait(25);
      }
    },
    stop: () => running.disposeAsync(),
  };
}

/** Of what one line is about. */
const MAX_LOGGED = 50;

/** One line of JSON an event, without anything that looks like a secret. Without a serialiser of its own an error would be written as `{}`. */
const createLog = ({ logLevel }: Environment): Logger =>
  pino(
    { level: logLevel, serializers: { error: pino.stdSerializers.err } },
    { write: line => void process.stdout.write(redact(line)) },
  );

/** Verified and named by the server; what it holds is parsed where it is used. */
const webhookEvent = z.custom<Parameters<Probot['receive']>[0]>();

/** The way to a model, its replies remembered. */
function askThrough(
  { baseUrl, apiKey, name }: NonNullable<Environment['model']>,
  replies: Replies,
  now: () => number,
  observer: Observer,
): Ask {
  const model = connectModel({ baseURL: baseUrl, apiKey, model: name, now });
  const observed = {
    ...model,
    complete: (request: ModelRequest) => observer.modelCall(name, () => model.complete(request)),
  };
  return rememberReplies(observed, replies, { now, wait });
}

/** The way to a model of embeddings, its calls charged. */
const embedThrough = (
  { baseUrl, apiKey, name }: NonNullable<Environment['embeddings']>,
  replies: Replies,
  now: () => number,
): Embedding => chargeEmbeddings(connectEmbeddings({ baseURL: baseUrl, apiKey, model: name }), replies, now);

/** With `ASSAY_READ_ONLY` nothing is written, whatever a plan says. */
const withoutWrites = (github: GitHub, isReadOnly: boolean): GitHub =>
  isReadOnly ? { ...github, apply: (_target: unknown, _action: Action) => Promise.resolve(undefined) } : github;
