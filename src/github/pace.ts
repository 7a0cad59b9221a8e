import { setTimeout as wait } from 'node:timers/promises';
import { RateLimited } from '../core/trouble.ts';

/** Time, in milliseconds, and how to let it pass. */
export type PaceClock = {
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<unknown>;
};

/** Has requests of one installation wait for their turn, so that GitHub need not refuse any. */
export type Pace = {
  /** Runs the request when it is its turn. Throws `RateLimited` when that would be longer than a minute from now. */
  turn<Answer>(request: PacedRequest, run: () => Promise<Answer>): Promise<Answer>;
};

/** `content` is what people are told of: comments, reviews, checks. */
export type PacedRequest = 'read' | 'write' | 'content';

export const realTime: PaceClock = { now: () => performance.now(), wait };

/**
 * GitHub's secondary limits are 900 points a minute (a read is one, a write five), 80 new contents a minute and 500 an hour. A fifth,
 * in the hour a tenth, is left to other processes; where they take more, GitHub refuses and the job is tried again. It asks for one
 * write after the other, a second apart, which keeps the contents of a minute below 60.
 */
const POINTS_A_MINUTE = 720;
const CONTENTS_AN_HOUR = 450;
const WRITE_GAP_MS = 1000;
const POINTS = { read: 1, write: 5, content: 5 } as const satisfies Record<PacedRequest, number>;

const MINUTE_MS = 60_000;

/** A pace of its own for one installation. Reads wait for reads and writes for writes, in the order in which they came. */
export function createPace({ now, wait }: PaceClock = realTime): Pace {
  const points = createWindow(MINUTE_MS, POINTS_A_MINUTE);
  const contents = createWindow(60 * MINUTE_MS, CONTENTS_AN_HOUR);
  const reads = createLine();
  const writes = createLine();
  let nextWriteAt = Number.NEGATIVE_INFINITY;

  /** When the request may go out, as far as is known now. */
  const dueAt = (request: PacedRequest): number =>
    Math.max(
      points.freeAt(now(), POINTS[request]),
      request === 'content' ? contents.freeAt(now(), 1) : now(),
      request === 'read' ? now() : nextWriteAt,
    );

  async function waitFor(request: PacedRequest): Promise<void> {
    for (let due = dueAt(request); due > now(); due = dueAt(request)) {
      if (due - now() > MINUTE_MS)
        throw new RateLimited('this hour has had its new contents', new Date(Date.now() + due - now()));
      await wait(due - now());
    }
    points.take(now(), POINTS[request]);
    if (request === 'content') contents.take(now(), 1);
  }

  return {
    async turn(request, run) {
      if (request === 'read') {
        await reads(() => waitFor(request));
        return run();
      }
      // The gap is between the end of one and the beginning of the next.
      return writes(async () => {
        await waitFor(request);
        try {
          return await run();
        } finally {
          nextWriteAt = now() + WRITE_GAP_MS;
        }
      });
    },
  };
}

/** What was taken in the time just past. */
function createWindow(length: number, limit: number) {
  let taken: { readonly at: number; readonly amount: number }[] = [];
  return {
    /** The first moment from now on at which so much more fits. */
    freeAt(now: number, amount: number): number {
      taken = taken.filter(({ at }) => at > now - length);
      let over = taken.reduce((sum, each) => sum + each.amount, amount) - limit;
      for (const each of taken) {
        if (over <= 0) return now;
        over -= each.amount;
        if (over <= 0) return each.at + length;
      }
      return now;
    },
    take(now: number, amount: number): void {
      taken.push({ at: now, amount });
    },
  };
}

/** One after the other; a failure is its own. */
function createLine() {
  let last: Promise<unknown> = Promise.resolve();
  return <Result>(run: () => Promise<Result>): Promise<Result> => {
    const mine = last.then(run);
    last = mine.catch(() => undefined);
    return mine;
  };
}
