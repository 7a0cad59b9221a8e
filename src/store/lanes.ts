import type { Kysely } from 'kysely';
import { isRunning } from './queue-rows.ts';
import type { Schema } from './schema.ts';

/**
 * Takes a lane for a job that has begun. False when another job has it, in whatever process.
 *
 * pg-boss looks whether one of a lane runs, but two workers that look at the same moment see none: that takes two jobs of one lane
 * which are ready at once, as when a process died while a successor waited. A row says who came first. It holds as long as
 * the job that is named in it runs, so a killed process leaves nothing to clear up: the queue ends its jobs. (An advisory lock would
 * hang on a connection of a pool, and on PGlite, which has one, keep nobody out.)
 */
export async function takeLane(kysely: Kysely<Schema>, lane: string, jobId: string): Promise<boolean> {
  return kysely.transaction().execute(async trx => {
    const { numInsertedOrUpdatedRows } = await trx
      .insertInto('lane')
      .values({ lane, job_id: jobId })
      .onConflict(conflict => conflict.doNothing())
      .executeTakeFirstOrThrow();
    if (numInsertedOrUpdatedRows === 1n) return true;
    const holder = await trx
      .selectFrom('lane')
      .select('job_id')
      .where('lane', '=', lane)
      .forUpdate()
      .executeTakeFirst();
    if (holder === undefined) return false;
    // A statement of its own: one that began before the lock was ours could still see the holder as it was earlier.
    if (holder.job_id !== jobId && (await isRunning(trx, holder.job_id))) return false;
    await trx.updateTable('lane').set({ job_id: jobId }).where('lane', '=', lane).execute();
    return true;
  });
}

/** Lets go of it, if it is still this job's. */
export async function leaveLane(kysely: Kysely<Schema>, lane: string, jobId: string): Promise<void> {
  await kysely.deleteFrom('lane').where('lane', '=', lane).where('job_id', '=', jobId).execute();
}
