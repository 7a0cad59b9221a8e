import { readFileSync } from 'node:fs';
import type { Logger } from 'pino';
import { z } from 'zod';
import { auditedGitHub } from '../audited-github.ts';
import type { AppCredentials, Environment } from '../config/environment.ts';
import { hashText } from '../core/finding.ts';
import { laneOf } from '../core/job.ts';
import type { Action } from '../core/plan.ts';
import { listFailedDeliveries, redeliver } from '../github/deliveries.ts';
import { githubFor } from '../github/github.ts';
import { listInstallations, listRepositories } from '../github/installations.ts';
import type { AppDescription } from '../github/installations.ts';
import { createMemory } from '../github/memory.ts';
import type { Connection } from '../github/octokit.ts';
import type { Metrics } from '../observe/metrics.ts';
import type { Observer } from '../observe/observer.ts';
import type { CountedGitHub, ParseFiles } from '../ports.ts';
import { redeliverLost } from '../redeliver-lost.ts';
import { createAudit } from '../store/audit.ts';
import type { Database } from '../store/database.ts';
import { createExamples } from '../store/examples.ts';
import type { Inbox } from '../store/inbox.ts';
import { findAddition, forgetInstallation, recordAddition } from '../store/installations.ts';
import { createMeanings } from '../store/meanings.ts';
import type { Queue } from '../store/queue.ts';
import { createReplies } from '../store/replies.ts';
import { keysOf, work } from '../worker.ts';
import type { WorkerPorts } from '../worker.ts';
import { MAX_LOGGED } from './log.ts';
import { askThrough, embedThrough } from './models.ts';

/** What a process needs to do jobs. */
export type JobParts = {
  readonly environment: Environment;
  readonly credentials: AppCredentials;
  readonly connection: Connection;
  readonly identity: AppDescription;
  readonly database: Database;
  readonly queue: Queue;
  readonly inbox: Inbox;
  readonly parse: ParseFiles;
  readonly metrics: Metrics;
  readonly observer: Observer;
  readonly log: Logger;
  readonly now: () => Date;
  readonly hasSampleJudge: boolean;
  readonly documentHost?: string;
  /** Aborted when what runs is to be handed back. */
  readonly end: AbortSignal;
};

const { version: VERSION } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')));

/** Jobs at a time in one process: they wait for GitHub and the model nearly all of their time. */
const CONCURRENCY = 4;

/** Every three hours: GitHub neither repeats a lost delivery nor tells of it. */
const SWEEP_CRON = '17 */3 * * *';

/** GitHub keeps what failed for three days and sends it again only when asked. */
const REDELIVER_CRON = '41 * * * *';

/** GitHub can redeliver for three days; the inbox remembers for longer. */
const INBOX_DAYS = 14;

/**
 * Begins to take jobs, and sees that sweeps come. Schedules belong to the database: of however many processes, each time comes once,
 * and what a start asks for waits once.
 */
export async function startJobs(parts: JobParts): Promise<void> {
  const { environment, credentials, connection, identity, database, queue, inbox, parse, metrics, observer } = parts;
  const { log, now, hasSampleJudge, documentHost, end } = parts;
  const memory = createMemory();
  const replies = createReplies(database);
  const audit = createAudit(database);

  const clock = () => now().getTime();
  const ask = environment.model && askThrough(environment.model, replies, clock, observer, end);
  const student = environment.student && {
    ask: askThrough(environment.student, replies, clock, observer, end),
    model: environment.student.name,
  };

  const embedding = environment.embeddings && embedThrough(environment.embeddings, replies, clock, end);

  const ports: WorkerPorts = {
    forInstallation: id =>
      withoutWrites(
        auditedGitHub(githubFor(connection, id, identity, memory), audit.append, now),
        environment.isReadOnly,
      ),
    record: audit.append,
    examples: createExamples(database),
    parse,
    ...(ask && { ask, spent: ref => replies.spent(ref) }),
    ...(student && { student }),
    ...(embedding && { meanings: createMeanings(database, embedding) }),
    now,
    enqueue: job => queue.enqueue(job, { urgency: 'background' }),
    scarceUntil: id => connection.scarceUntil(id),
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
    reviewed: metrics.review,
    log: (message, fields) => log.info(fields, message),
  };
  const settings = {
    host: environment.github.webUrl,
    ...(environment.docs && { docs: environment.docs }),
    ...(documentHost !== undefined && { documentHost: documentHost }),
    appSlug: identity.slug,
    version: VERSION,
    // Lives as long as the App's key: a new one would have every example judged, and paid for, again.
    judgeKey: hashText(`assay judge\0${credentials.privateKey}`),
    hasSampleJudge: hasSampleJudge,
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
}

/** With `ASSAY_READ_ONLY` nothing is written, whatever a plan says. */
const withoutWrites = (github: CountedGitHub, isReadOnly: boolean): CountedGitHub =>
  isReadOnly ? { ...github, apply: (_target: unknown, _action: Action) => Promise.resolve(undefined) } : github;
