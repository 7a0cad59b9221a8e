import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { laneOf } from '../core/job.ts';
import type { Job } from '../core/job.ts';
import type { PullRequestRef } from '../core/pull-request.ts';
import type { Database } from './database.ts';
import type { Queue } from './queue.ts';
import type { Schema } from './schema.ts';

/** One verified webhook call and what it asks for. */
export type Delivery = {
  /** `X-GitHub-Delivery`. Not covered by the signature, so it never counts without the hash of the body. */
  readonly guid: string;
  readonly event: string;
  /** Of the raw bytes. */
  readonly bodyHash: string;
  readonly receivedAt: Date;
  readonly jobs: readonly Job[];
};

export type Inbox = {
  /**
   * Stores the delivery and its jobs in one transaction: when this resolves, both survive a killed process; when it throws, neither
   * is there. A delivery whose work is done is `repeated`. One that failed or is still waiting asks again, which costs at most one
   * more look at GitHub.
   */
  readonly receive: (delivery: Delivery) => Promise<'accepted' | 'repeated'>;
  /** Marks what this job has answered, and tells it: everything in its lane that was delivered before the job began. */
  readonly settle: (
    job: Job,
    outcome: 'completed' | 'failed',
    startedAt: Date,
  ) => Promise<readonly { readonly guid: string; readonly enqueuedAt: Date }[]>;
  /** Those of these GUIDs under which something was stored. */
  readonly known: (guids: readonly string[]) => Promise<ReadonlySet<string>>;
  /** Whether any delivery ever named this pull request. */
  readonly hasDeliveryFor: (ref: PullRequestRef) => Promise<boolean>;
  /** Drops finished deliveries from before. GitHub can redeliver for three days. Tells how many went. */
  readonly prune: (before: Date) => Promise<number>;
};

/** The inbox over a database and its queue. */
export function createInbox({ kysely }: Database, queue: Pick<Queue, 'enqueue'>): Inbox {
  return {
    receive: delivery =>
      kysely.transaction().execute(async trx => {
        const isNew = await insertDelivery(trx, delivery);
        if (!isNew && (await isCompleted(trx, delivery))) return 'repeated';
        for (const job of delivery.jobs) {
          await insertJob(trx, delivery, job);
          await queue.enqueue(job, { trx });
        }
        return 'accepted';
      }),

    async settle(job, outcome, startedAt) {
      const rows = await kysely
        .updateTable('delivery_job')
        .set({ state: outcome })
        .where('lane', '=', laneOf(job))
        .where('state', '<>', 'completed')
        .where('enqueued_at', '<=', startedAt)
        .returning(['guid', 'enqueued_at'])
        .execute();
      return rows.map(({ guid, enqueued_at: enqueuedAt }) => ({ guid, enqueuedAt }));
    },

    async known(guids) {
      if (guids.length === 0) return new Set();
      const rows = await kysely
        .selectFrom('delivery')
        .select('guid')
        .where('guid', 'in', [...guids])
        .execute();
      return new Set(rows.map(({ guid }) => guid));
    },

    async hasDeliveryFor({ repository, number }) {
      const row = await kysely
        .selectFrom('touched_pull_request')
        .select('number')
        .where('repository_id', '=', repository.id)
        .where('number', '=', number)
        .executeTakeFirst();
      return row !== undefined;
    },

    async prune(before) {
      const { numDeletedRows } = await kysely
        .deleteFrom('delivery')
        .where('received_at', '<', before)
        .where(
          sql<boolean>`not exists (select from delivery_job job
            where job.guid = delivery.guid and job.body_hash = delivery.body_hash and job.state <> 'completed')`,
        )
        .executeTakeFirstOrThrow();
      return Number(numDeletedRows);
    },
  };
}

/** Of two that come at once the second waits here for the first to commit. */
async function insertDelivery(trx: Kysely<Schema>, { guid, bodyHash, event, receivedAt }: Delivery): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('delivery')
    .values({ guid, body_hash: bodyHash, event, received_at: receivedAt })
    .onConflict(conflict => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

/** No job at all counts as completed: an event that asks for nothing asks for nothing the second time either. */
async function isCompleted(trx: Kysely<Schema>, { guid, bodyHash }: Delivery): Promise<boolean> {
  const unfinished = await trx
    .selectFrom('delivery_job')
    .select('lane')
    .where('guid', '=', guid)
    .where('body_hash', '=', bodyHash)
    .where('state', '<>', 'completed')
    .limit(1)
    .execute();
  return unfinished.length === 0;
}

async function insertJob(trx: Kysely<Schema>, { guid, bodyHash }: Delivery, job: Job): Promise<void> {
  await trx
    .insertInto('delivery_job')
    .values({ guid, body_hash: bodyHash, lane: laneOf(job) })
    .onConflict(conflict =>
      conflict
        .columns(['guid', 'body_hash', 'lane'])
        .doUpdateSet({ state: 'waiting', enqueued_at: sql`clock_timestamp()` }),
    )
    .execute();
  if (job.type !== 'review') return;
  await trx
    .insertInto('touched_pull_request')
    .values({ repository_id: job.repository.id, number: job.number })
    .onConflict(conflict => conflict.doNothing())
    .execute();
}
