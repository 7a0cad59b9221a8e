import type { Kysely } from 'kysely';
import type { Job as StoredJob } from 'pg-boss';
import { readTry } from './queue-rows.ts';
import type { Schema } from './schema.ts';

/** How urgent a job is; the higher goes first. `background` is content with whatever of its lane waits already. */
export type Urgency = 'background' | 'event';

export const priorities = { background: 0, event: 10 } as const satisfies Record<Urgency, number>;

/** Which try of a job this is. */
export type Attempt = {
  /** From 1. */
  readonly number: number;
  /** When the queue will try again if this try throws; absent on the last. */
  readonly nextTry?: Date;
  /** The last try ended with its process, or never ended: nothing is to be tried any more, only told. */
  readonly isAbandoned?: true;
  /** Nobody waits for it. */
  readonly isBackground: boolean;
  /** By the database's clock: what was delivered before is answered by this try. */
  readonly startedAt: Date;
  /** Aborted when the time for one try is over. */
  readonly signal: AbortSignal;
};

/** Reads which try has just begun. `retryDelays`: the waits between tries, in seconds. */
export async function readAttempt(
  kysely: Kysely<Schema>,
  { id, retryCount, signal }: StoredJob,
  retryDelays: readonly number[],
): Promise<Attempt> {
  const { startedAt, retryLimit, priority, now } = await readTry(kysely, id);
  const delay = retryDelays[retryCount] ?? retryDelays.at(-1) ?? 0;
  const nextTry = retryCount + 1 < retryLimit ? new Date(now.getTime() + delay * 1000) : undefined;
  return {
    number: retryCount + 1,
    ...(nextTry && { nextTry }),
    ...(retryCount >= retryLimit && { isAbandoned: true }),
    isBackground: priority < priorities.event,
    startedAt,
    signal,
  };
}
