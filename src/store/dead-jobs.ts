import type { PgBoss } from 'pg-boss';
import type { Job } from '../core/job.ts';
import { jobSchema } from './job-schema.ts';

/** The queue of those that were given up. */
export const DEAD = 'dead';

/** A job that was given up. `job` is absent if another version of Assay wrote it and this one cannot read it. */
export type DeadJob = {
  readonly id: string;
  readonly job?: Job;
  readonly at: Date;
  readonly tries: number;
  readonly reason: string;
};

export type DeadJobs = {
  readonly listDead: () => Promise<readonly DeadJob[]>;
  /** Has jobs that were given up tried again, with all their tries. Tells how many; those that cannot be read stay. */
  readonly retryDead: (ids: readonly string[]) => Promise<number>;
  /** Forgets jobs that were given up. Tells how many. */
  readonly dropDead: (ids: readonly string[]) => Promise<number>;
};

/** Those of a queue; `enqueue` has one tried again. */
export function deadJobsOf(boss: PgBoss, enqueue: (job: Job) => Promise<void>): DeadJobs {
  const listDead = async (): Promise<readonly DeadJob[]> => {
    const dead = await boss.findJobs(DEAD);
    return dead.map(({ id, data, createdOn, sourceRetryCount, sourceOutput }) => {
      const { data: job } = jobSchema.safeParse(data);
      return {
        id,
        ...(job && { job }),
        at: createdOn,
        tries: (sourceRetryCount ?? 0) + 1,
        reason: messageOf(sourceOutput),
      };
    });
  };
  const listSome = async (ids: readonly string[]): Promise<readonly DeadJob[]> => {
    const wanted = new Set(ids);
    return (await listDead()).filter(({ id }) => wanted.has(id));
  };
  return {
    listDead,
    async retryDead(ids) {
      let retried = 0;
      for (const { id, job } of await listSome(ids)) {
        if (job === undefined) continue;
        // In this order: killed in between, it is tried once more than asked for, and not lost.
        await enqueue(job);
        await boss.deleteJob(DEAD, id);
        retried++;
      }
      return retried;
    },
    async dropDead(ids) {
      const known = await listSome(ids);
      for (const { id } of known) await boss.deleteJob(DEAD, id);
      return known.length;
    },
  };
}

const messageOf = (output: object | null): string =>
  output !== null && 'message' in output && typeof output.message === 'string' ? output.message : 'unknown reason';
