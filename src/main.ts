import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';
import { createLog } from './assembly/log.ts';
import { receiveDeliveries } from './assembly/receive-deliveries.ts';
import { startJobs } from './assembly/start-jobs.ts';
import { readEnvironment } from './config/environment.ts';
import { Misconfigured } from './config/variables.ts';
import type { AppCredentials, Environment } from './config/environment.ts';
import { describeApp } from './github/installations.ts';
import { explainNoApp } from './github/no-app.ts';
import { connectGitHub } from './github/octokit.ts';
import type { PaceClock } from './github/pace.ts';
import { createMetrics } from './observe/metrics.ts';
import type { QueueState } from './observe/metrics.ts';
import { createObserver } from './observe/observer.ts';
import { startParser } from './parser/index.ts';
import { startMetricsServer, startServer } from './server/server.ts';
import { startSetup } from './server/setup.ts';
import { openDatabase } from './store/database.ts';
import type { Database } from './store/database.ts';
import { createInbox } from './store/inbox.ts';
import { startQueue } from './store/queue.ts';
import type { DrainOptions, QueueSettings } from './store/queue.ts';

/** A server at work. */
export type RunningAssay = {
  /** Where it listens. */
  readonly url: string;
  /** Where GitHub's deliveries go, if this process takes them. */
  readonly webhookUrl?: string;
  /** Where the metrics are, if they have a port of their own. */
  readonly metricsUrl?: string;
  /** Resolves when no job waits or runs; those that wait for their next try count as waiting. */
  idle(): Promise<void>;
  /**
   * Ends within 25 seconds: takes no more jobs, lets those that run go on for a while, hands back what is left, and stores deliveries
   * until then.
   */
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
  /** How long jobs may go on when the process is told to stop. */
  readonly drain?: Pick<DrainOptions, 'finishWithin' | 'failWithin'>;
  /** The host of addresses in `document.repo` that are looked up on this GitHub; its own unless told. */
  readonly documentHost?: string;
  /** The clock by which requests to GitHub are spaced; none is on loopback unless told. */
  readonly paceClock?: PaceClock;
  /** The clock by which reviews and the judge go. */
  readonly now?: () => Date;
};

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
  if ('idle' in running) {
    const { url, webhookUrl } = running;
    log.info({ role: environment.role, url, ...(webhookUrl !== undefined && { webhookUrl }) }, 'listening');
  }
  await toldToStop;
  log.info('stopping');
  await running.stop();
  log.info('stopped');
}

/** Puts everything together and starts to work. */
export async function startAssay(
  environment: Environment,
  credentials: AppCredentials,
  options: AssayOptions = {},
): Promise<RunningAssay> {
  const { log = createLog(environment), now = () => new Date(), hasSampleJudge = false, documentHost } = options;
  const { role, server: address, metrics: metricsPlace } = environment;
  const end = new AbortController();
  let queueState: () => Promise<QueueState> = () => Promise.reject(new Error('The queue has not started yet.'));
  const metrics = createMetrics(() => queueState());
  const observer = createObserver(metrics, () => performance.now());
  const connection = connectGitHub({
    around: observer.githubCall,
    appId: credentials.appId,
    privateKey: credentials.privateKey,
    baseUrl: environment.github.apiUrl,
    warn: message => log.warn(message),
    now,
    end: end.signal,
    ...(options.paceClock && { paceClock: options.paceClock }),
  });
  const identity = await describeApp(connection.asApp.octokit).catch((error: unknown) => {
    const { says, remedy } = explainNoApp(error, environment.github.apiUrl, credentials.appId);
    throw new Misconfigured(`${says} ${remedy}`, { cause: error });
  });

  // Ended in the opposite order, also when one of the later ones cannot start.
  await using started = new AsyncDisposableStack();
  const opened = options.database ?? (await openDatabase(environment.database));
  const database = started.adopt(opened, ({ close }) => close());
  const onError = (error: unknown): void => log.error({ err: error }, 'queue');
  const queue = started.adopt(await startQueue(database, { ...options.queue, onError }), ({ stop }) => stop());
  queueState = async () => {
    const [depth, dead, oldestSeconds] = await Promise.all([queue.depth(), queue.listDead(), queue.oldestSeconds()]);
    return { ...depth, dead: dead.length, oldestSeconds };
  };
  const inbox = createInbox(database, queue);
  const parts = { environment, credentials, connection, identity, database, queue, inbox, metrics, observer, log, now };

  let isStopping = false;
  const serving = await startServer({
    address,
    secrets: credentials.webhookSecrets,
    ...(role !== 'worker' && { receive: await receiveDeliveries(parts) }),
    ...(metricsPlace && 'token' in metricsPlace && { metrics: { read: metrics.page, ...metricsPlace } }),
    isReady: async () => !isStopping && (await queue.depth()).waiting >= 0,
    warn: (message, fields) => log.warn(fields, message),
    refused: metrics.connectionRefused,
  });
  const server = started.adopt(serving, ({ stop }) => stop());
  const metricsServer =
    metricsPlace !== undefined && 'port' in metricsPlace
      ? started.adopt(await startMetricsServer(metricsPlace, { read: metrics.page }), ({ stop }) => stop())
      : undefined;
  // Last: a process whose port is taken must not have begun any.
  if (role !== 'web') {
    const { parse } = started.adopt(startParser(), ({ close }) => close());
    const optional = documentHost === undefined ? {} : { documentHost };
    await startJobs({ ...parts, parse, hasSampleJudge, ...optional, end: end.signal });
  }
  const running = started.move();

  return {
    url: server.url,
    ...(role !== 'worker' && { webhookUrl: `${server.url}${address.webhookPath}` }),
    ...(metricsServer && { metricsUrl: `${metricsServer.url}/metrics` }),
    async idle() {
      for (;;) {
        if (!queue.isWorking()) {
          const { waiting, running } = await queue.depth();
          if (waiting + running === 0) return;
        }
        await wait(25);
      }
    },
    async stop() {
      isStopping = true;
      const handedBack = await queue.drain({ ...options.drain, interrupt: () => end.abort() });
      if (handedBack > 0) log.info({ jobs: handedBack }, 'handed back');
      await running.disposeAsync();
    },
  };
}
