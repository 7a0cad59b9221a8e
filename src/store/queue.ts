import { isDeepStrictEqual } from 'node:util';
import type { Kysely } from 'kysely';
import { PgBoss, fromKysely, fromPglite } from 'pg-boss';
import type { ConstructorOptions, Job as StoredJob } from 'pg-boss';
import { laneOf } from '../core/job.ts';
import type { Job } from '../core/job.ts';
import { Postponed } from '../core/trouble.ts';
import { priorities, readAttempt } from './attempt.ts';
import type { Attempt, Urgency } from './attempt.ts';
import type { Database } from './database.ts';
import { DEAD, deadJobsOf } from './dead-jobs.ts';
import type { DeadJobs } from './dead-jobs.ts';
import { rememberRepository } from './installations.ts';
import { jobSchema } from './job-schema.ts';
import { leaveLane, takeLane } from './lanes.ts';
import {
  JOBS,
  countJobs,
  delayRetry,
  dropRetries,
  endTries,
  excuseTry,
  lockWaiting,
  oldestSeconds,
  releaseOrphans,
} from './queue-rows.ts';
import type { WaitingJob } from './queue-rows.ts';
import type { Schema } from './schema.ts';

export type EnqueueOptions = {
  /** The job is there if and only if this transaction commits. Inside it nothing but `trx` may be used. */
  readonly trx?: Kysely<Schema>;
  /** `event`, but `background` for sweeps. */
  readonly urgency?: Urgency;
  readonly startAfter?: Date;
};

export type Worker = (job: Job, attempt: Attempt) => Promise<void>;

export type WorkOptions = {
  /** Jobs at a time in this process; each of another lane. */
  readonly concurrency: number;
  /** Called once for a job that is over, before the queue lets go of it: a kill in between runs the job again. */
  readonly onSettled?: (job: Job, outcome: 'completed' | 'failed', startedAt: Date) => Promise<unknown>;
};

export type Queue = DeadJobs & {
  /** Asks for a job. One that waits in the same lane is moved forward or kept; one that runs gets exactly one successor. */
  readonly enqueue: (job: Job, options?: EnqueueOptions) => Promise<void>;
  /** Starts to do jobs. */
  readonly work: (worker: Worker, options: WorkOptions) => Promise<void>;
  /** Has a job enqueued at these times for ever, whatever process is alive; replaces an earlier schedule. */
  readonly schedule: (job: Job, cron: string) => Promise<void>;
  /** Whether a job runs in this process, which costs no look at the database. */
  readonly isWorking: () => boolean;
  /** How many jobs wait or run. */
  readonly depth: () => Promise<{ readonly waiting: number; readonly running: number }>;
  /** Seconds that the oldest job which could be done now has waited for it; 0 when none does. */
  readonly oldestSeconds: () => Promise<number>;
  /**
   * Takes no more jobs, and waits for those that run. Where they take too long it calls `interrupt`, which should make them fail soon;
   * what fails after that, or does not even do so, is handed back: ready for other processes at once, its try not counted. Tells how
   * many were. Jobs can still be asked for afterwards.
   */
  readonly drain: (options: DrainOptions) => Promise<number>;
  /** Takes no more jobs; `graceful` waits for the running ones, otherwise they are done again at the next start. */
  readonly stop: (options?: { readonly graceful?: boolean }) => Promise<void>;
};

export type DrainOptions = {
  readonly interrupt: () => void;
  /** How long jobs may go on, in milliseconds: 17 seconds unless told. */
  readonly finishWithin?: number;
  /** How long they may take to fail when interrupted: 3 seconds unless told. */
  readonly failWithin?: number;
};

export type QueueSettings = {
  /** Waits between tries, in seconds; their number is the number of retries. */
  readonly retryDelays?: readonly number[];
  /** How often to look for jobs whose time has come, in seconds, at least 0.5. New ones announce themselves. */
  readonly pollSeconds?: number;
  readonly onError?: (error: unknown) => void;
};

/** Together about five hours: GitHub's worst days. The sweep looks again after that. */
const RETRY_DELAYS = [30, 60, 300, 900, 3600, 10_800] as const;

/** Longest time for one try; then it counts as failed. The slowest honest review is one of minutes. */
const TRY_SECONDS = 1800;

/** A process that gave no sign for so long is dead, and its jobs are tried by others. PostgreSQL alone: see `releaseOrphans`. */
const HEARTBEAT_SECONDS = 30;

/** Together with the server's end, 25 seconds: what runs Assay often waits 30 before it kills. */
const FINISH_MS = 17_000;
const FAIL_MS = 3000;

/**
 * Starts the queue. Its tables are pg-boss's own and live in the same database, so that a job can be part of a transaction.
 *
 * A lane is `singletonKey` (with policy `short`: at most one new job waits in it), `group.id` with a concurrency of 1 (another is not
 * begun while one runs) and a row of ours (at most one runs: `takeLane`). Jobs that waited for their next try give way to a new one: it has all its tries before it.
 */
export async function startQueue(database: Database, settings: QueueSettings = {}): Promise<Queue> {
  const { retryDelays = RETRY_DELAYS, pollSeconds = 2, onError = () => undefined } = settings;
  const { engine, kysely } = database;

  const boss = new PgBoss({
    ...connectionOf(database),
    useListenNotify: true,
    superviseIntervalSeconds: 15,
    monitorIntervalSeconds: 15,
  });
  boss.on('error', onError);
  await boss.start();
  await boss.createQueue(DEAD);
  await boss.createQueue(JOBS, { policy: 'short', deadLetter: DEAD });
  // Apart, because creating a queue that is there already changes nothing: new settings must hold after an upgrade too.
  await boss.updateQueue(JOBS, {
    notify: true,
    // One more than are made: a job whose last try took its process with it comes once again, to be told of.
    retryLimit: retryDelays.length + 1,
    retryDelay: retryDelays[0] ?? 0,
    expireInSeconds: TRY_SECONDS,
    deleteAfterSeconds: 24 * 3600,
    ...(engine.type === 'postgres' && { heartbeatSeconds: HEARTBEAT_SECONDS }),
  });
  if (engine.type === 'pglite') {
    // We hold the folder's lock, so nobody can be at work on them.
    const orphans = await releaseOrphans(kysely);
    if (orphans.length > 0) await boss.fail(JOBS, orphans, { message: 'The process ended during the job.' });
  }
  // Reads the queue's definition into pg-boss's memory. Done inside a transaction, that read waits for PGlite's one connection,
  // which the transaction holds: for ever.
  await boss.findJobs(JOBS, { key: '' });

  async function enqueue(job: Job, options: EnqueueOptions = {}): Promise<void> {
    const { trx, urgency = urgencyOf(job), startAfter } = options;
    const lane = laneOf(job);
    const connection = trx && { db: fromKysely(trx) };
    const isPatient = urgency === 'background' || startAfter !== undefined;
    const priority = priorities[urgency];
    await rememberRepository(trx ?? kysely, job);

    const waiting = await lockWaiting(trx ?? kysely, lane);
    if (isPatient && waiting.length > 0) return;
    if (waiting.some(({ state }) => state === 'retry')) await dropRetries(trx ?? kysely, lane);
    // In a burst of events all but the first find what they ask for: then this look is all that they cost.
    if (waiting.some(each => standsFor(each, job, priority))) return;

    const id = await boss.send(JOBS, job, {
      singletonKey: lane,
      group: { id: lane },
      priority,
      ...(startAfter && { startAfter }),
      ...connection,
    });
    if (id !== null || isPatient) return;
    await boss.update(JOBS, job, { singletonKey: lane, priority, startAfter: 0, ...connection });
  }

  /** Jobs that run in this process, by id. */
  const underWay = new Set<string>();
  let isInterrupted = false;

  async function tryOnce(stored: StoredJob, worker: Worker, onSettled: WorkOptions['onSettled']): Promise<void> {
    const job = jobSchema.parse(stored.data);
    if (!(await takeLane(kysely, laneOf(job), stored.id))) {
      await excuseTry(kysely, stored.id);
      throw new Error('Another job has the lane.');
    }
    try {
      await tryInLane(stored, job, worker, onSettled);
    } finally {
      await leaveLane(kysely, laneOf(job), stored.id).catch(onError);
    }
  }

  async function tryInLane(
    stored: StoredJob,
    job: Job,
    worker: Worker,
    onSettled: WorkOptions['onSettled'],
  ): Promise<void> {
    const attempt = await readAttempt(kysely, stored, retryDelays);
    try {
      await worker(job, attempt);
    } catch (error) {
      // A successor stands for this one, and begins with all its tries.
      if ((await lockWaiting(kysely, laneOf(job))).length > 0) return;
      if (isInterrupted) await handBack(stored.id);
      else if (error instanceof Postponed) {
        await excuseTry(kysely, stored.id);
        await delayRetry(kysely, stored.id, error.retryAt);
      } else if (attempt.nextTry === undefined) {
        await onSettled?.(job, 'failed', attempt.startedAt);
        await endTries(kysely, stored.id);
      } else await delayRetry(kysely, stored.id, attempt.nextTry);
      throw error;
    }
    await onSettled?.(job, 'completed', attempt.startedAt);
  }

  /** One worker takes one job at a time. Awake at its end it looks for the next at once: by default pg-boss waits for the next poll. */
  async function startWorker(worker: Worker, onSettled: WorkOptions['onSettled']): Promise<void> {
    const own: string = await boss.work(
      JOBS,
      {
        batchSize: 1,
        groupConcurrency: 1,
        pollingIntervalSeconds: pollSeconds,
        notifyPollingIntervalSeconds: pollSeconds,
      },
      async ([stored]: StoredJob[]) => {
        if (stored === undefined) return;
        underWay.add(stored.id);
        try {
          await tryOnce(stored, worker, onSettled);
        } finally {
          underWay.delete(stored.id);
          boss.notifyWorker(own);
        }
      },
    );
  }

  let handedBack = 0;
  async function handBack(id: string): Promise<void> {
    handedBack++;
    await excuseTry(kysely, id);
  }

  async function drain({ interrupt, finishWithin = FINISH_MS, failWithin = FAIL_MS }: DrainOptions): Promise<number> {
    const done = boss.offWork(JOBS, { wait: true });
    if (await endsWithin(done, finishWithin)) return 0;
    isInterrupted = true;
    interrupt();
    if (await endsWithin(done, failWithin)) return handedBack;
    const stuck = [...underWay];
    for (const id of stuck) await handBack(id);
    await boss.fail(JOBS, stuck, { message: 'The process ended during the job.' });
    return handedBack;
  }

  return {
    enqueue,
    async work(worker, { concurrency, onSettled }) {
      for (let started = 0; started < concurrency; started++) await startWorker(worker, onSettled);
    },
    async schedule(job, cron) {
      const lane = laneOf(job);
      await boss.schedule(JOBS, cron, job, {
        key: lane.replaceAll(/[^\w-]/g, '-'),
        singletonKey: lane,
        group: { id: lane },
        priority: priorities.background,
      });
    },
    ...deadJobsOf(boss, job => enqueue(job, { urgency: 'event' })),
    drain,
    isWorking: () => underWay.size > 0,
    depth: () => countJobs(kysely),
    oldestSeconds: () => oldestSeconds(kysely),
    async stop({ graceful = true } = {}) {
      await boss.stop({ graceful, timeout: 30_000 });
    },
  };
}

async function endsWithin(work: Promise<unknown>, milliseconds: number): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<false>();
  const timer = setTimeout(() => resolve(false), milliseconds);
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Whether what waits asks the same, no later and no less urgently. */
const standsFor = ({ state, data, priority, isDue }: WaitingJob, job: Job, least: number): boolean =>
  state === 'created' && isDue && priority >= least && isDeepStrictEqual(jobSchema.safeParse(data).data, job);

const urgencyOf = ({ type }: Job): Urgency =>
  type === 'sweep' || type === 'sweep-repository' || type === 'redeliver' ? 'background' : 'event';

const connectionOf = ({ engine }: Database): ConstructorOptions =>
  engine.type === 'pglite'
    ? { db: fromPglite(engine.pglite), backend: 'pglite' }
    : { connectionString: engine.databaseUrl, max: 6 };
