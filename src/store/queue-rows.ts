import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/**
 * What pg-boss 12.35 has no function for, as statements on its own table. All that we know of that table is here; look at it when
 * pg-boss is upgraded.
 */

/** The queue of all jobs. */
export const JOBS = 'jobs';

/** How many jobs wait (for their time, too) and how many run. */
export async function countJobs(
  kysely: Kysely<Schema>,
): Promise<{ readonly waiting: number; readonly running: number }> {
  const { rows } = await sql<{ waiting: number; running: number }>`
    select count(*) filter (where state < 'active') as waiting, count(*) filter (where state = 'active') as running
    from pgboss.job where name = ${JOBS} and state <= 'active'`.execute(kysely);
  return rows[0] ?? { waiting: 0, running: 0 };
}

/** How long the oldest job that could be done now has waited for it, in seconds; 0 when none does. */
export async function oldestSeconds(kysely: Kysely<Schema>): Promise<number> {
  const { rows } = await sql<{ seconds: number }>`
    select coalesce(extract(epoch from now() - min(start_after)), 0)::float8 as seconds
    from pgboss.job where name = ${JOBS} and state < 'active' and start_after <= now()`.execute(kysely);
  return rows[0]?.seconds ?? 0;
}

/** When the try under way began, how many may follow the first, how urgent it is, and the time now by the same clock. */
export async function readTry(
  kysely: Kysely<Schema>,
  id: string,
): Promise<{ readonly startedAt: Date; readonly retryLimit: number; readonly priority: number; readonly now: Date }> {
  const { rows } = await sql<{ startedAt: Date; retryLimit: number; priority: number; now: Date }>`
    select started_on as "startedAt", retry_limit as "retryLimit", priority, now() as now
    from pgboss.job where name = ${JOBS} and id = ${id}`.execute(kysely);
  const [row] = rows;
  if (row === undefined) throw new Error('The job is gone from the queue.');
  return row;
}

/** Whether a worker is at this job, as far as the queue knows. */
export async function isRunning(kysely: Kysely<Schema>, id: string): Promise<boolean> {
  const { rows } =
    await sql`select from pgboss.job where name = ${JOBS} and id = ${id}::uuid and state = 'active'`.execute(kysely);
  return rows.length > 0;
}

/** Has the try under way not count: when it fails, the job is ready again at once, with as many tries as before. */
export async function excuseTry(kysely: Kysely<Schema>, id: string): Promise<void> {
  await sql`update pgboss.job set retry_delay = 0, retry_limit = retry_limit + 1
    where name = ${JOBS} and id = ${id}::uuid and state = 'active'`.execute(kysely);
}

/** Has the try under way be the last: when it fails, the job is given up. */
export async function endTries(kysely: Kysely<Schema>, id: string): Promise<void> {
  await sql`update pgboss.job set retry_limit = retry_count
    where name = ${JOBS} and id = ${id}::uuid and state = 'active'`.execute(kysely);
}

/**
 * The jobs that a killed process held, made ready to be tried again at once. Failing them then counts as a try: a job that kills the
 * process must not be begun for ever.
 */
export async function releaseOrphans(kysely: Kysely<Schema>): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update pgboss.job set retry_delay = 0 where name = ${JOBS} and state = 'active' returning id`.execute(kysely);
  return rows.map(({ id }) => id);
}

/** A job that waits in a lane: a new one, or one that failed and waits for its next try. */
export type WaitingJob = {
  readonly state: 'created' | 'retry';
  readonly data: unknown;
  readonly priority: number;
  readonly isDue: boolean;
};

/** What waits in a lane. No worker begins any of it before the transaction ends. */
export async function lockWaiting(kysely: Kysely<Schema>, lane: string): Promise<readonly WaitingJob[]> {
  const { rows } = await sql<WaitingJob>`
    select state, data, priority, start_after <= now() as "isDue" from pgboss.job
    where name = ${JOBS} and singleton_key = ${lane} and state < 'active' for update`.execute(kysely);
  return rows;
}

/** Drops what waits for its next try. pg-boss's own deletion by id would also take a job that another process has just begun. */
export async function dropRetries(kysely: Kysely<Schema>, lane: string): Promise<void> {
  await sql`delete from pgboss.job
    where name = ${JOBS} and singleton_key = ${lane} and state = 'retry'`.execute(kysely);
}

/** pg-boss takes the wait from the job's own row when it fails it; there is no other way to name a time. At most a day. */
export async function delayRetry(kysely: Kysely<Schema>, id: string, retryAt: Date): Promise<void> {
  await sql`update pgboss.job
    set retry_delay = greatest(0, least(86400, ceil(extract(epoch from ${retryAt}::timestamptz - now()))))::int
    where id = ${id}::uuid and state = 'active'`.execute(kysely);
}
