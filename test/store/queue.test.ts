import { sql } from 'kysely';
import { afterAll, afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Job } from '../../src/core/job.ts';
import { laneOf } from '../../src/core/job.ts';
import { Postponed } from '../../src/core/trouble.ts';
import { startQueue } from '../../src/store/queue.ts';
import type { Queue, QueueSettings, WorkOptions, Worker } from '../../src/store/queue.ts';
import type { Database } from '../../src/store/database.ts';
import { engines } from './databases.ts';

const review = (number: number): Job => ({
  type: 'review',
  installationId: 1,
  repository: { id: 7, owner: 'o', name: 'n' },
  number,
});

for (const engine of engines) {
  describe.skipIf(!engine.isAvailable)(`queue on ${engine.name}`, () => {
    let database: Database;
    let queues: Queue[] = [];

    beforeEach(async () => {
      database = await engine.fresh();
    });
    afterAll(engine.discard);
    afterEach(async () => {
      for (const queue of queues) await queue.stop({ graceful: false });
      queues = [];
    });

    const start = async (settings: QueueSettings = {}): Promise<Queue> => {
      const queue = await startQueue(database, { pollSeconds: 0.5, ...settings });
      queues.push(queue);
      return queue;
    };

    /** A worker whose jobs end when the test says so. */
    function scripted() {
      const begun: string[] = [];
      const open = new Map<string, ((error?: Error) => void)[]>();
      const listeners = new Set<() => void>();
      const work: Worker = job => {
        const lane = laneOf(job);
        begun.push(lane);
        return new Promise((resolve, reject) => {
          const ends = open.get(lane) ?? [];
          ends.push(error => (error ? reject(error) : resolve()));
          open.set(lane, ends);
          for (const listen of listeners) listen();
        });
      };
      const until = (isSo: () => boolean): Promise<void> =>
        new Promise(resolve => {
          const listen = (): void => {
            if (!isSo()) return;
            listeners.delete(listen);
            resolve();
          };
          listeners.add(listen);
          listen();
        });
      const end = (job: Job, error?: Error): void => open.get(laneOf(job))?.shift()?.(error);
      return { work, begun, until, end, running: (job: Job) => open.get(laneOf(job))?.length ?? 0 };
    }

    /** Works until everything that is ready has been done, and tells what was done. */
    async function drain(queue: Queue, worker: Worker, options: Partial<WorkOptions> = {}): Promise<void> {
      await queue.work(worker, { concurrency: 2, ...options });
      await expect.poll(() => queue.depth(), { timeout: 15_000, interval: 20 }).toEqual({ waiting: 0, running: 0 });
    }

    test('a job that gives way comes again at its time, and none of its tries is used up', async () => {
      const queue = await start({ retryDelays: [0] });
      const tries: boolean[] = [];
      const settled: string[] = [];
      await queue.enqueue(review(1), { urgency: 'background' });
      await drain(
        queue,
        async (_job, { isBackground, nextTry }) => {
          expect(nextTry).toBeDefined();
          tries.push(isBackground);
          if (tries.length <= 4) throw new Postponed(new Date());
        },
        { onSettled: async (_job, outcome) => void settled.push(outcome) },
      );
      expect(tries).toEqual([true, true, true, true, true]);
      expect(settled).toEqual(['completed']);
    });

    test('a running job gets exactly one successor, while other pull requests go on', async () => {
      const queue = await start();
      const { work, begun, until, end, running } = scripted();
      await queue.enqueue(review(1));
      await queue.work(work, { concurrency: 2 });
      await until(() => running(review(1)) === 1);

      for (let times = 0; times < 5; times++) await queue.enqueue(review(1));
      await queue.enqueue(review(2));
      await until(() => running(review(2)) === 1);
      expect(begun).toEqual(['7#1', '7#2']);

      end(review(1));
      await until(() => begun.length === 3);
      end(review(1));
      end(review(2));
      await expect.poll(() => queue.depth()).toEqual({ waiting: 0, running: 0 });
      expect(begun).toEqual(['7#1', '7#2', '7#1']);
    });

    test('a backlog of 50 is done at once, not one every poll', async () => {
      // One a poll would take twenty minutes with the two workers here; the test's time limit is far below.
      const queue = await start({ pollSeconds: 50 });
      for (let number = 1; number <= 50; number++) await queue.enqueue(review(number));
      const done = new Set<string>();
      await drain(queue, async job => void done.add(laneOf(job)));
      expect(done.size).toBe(50);
    });

    test('what an event asked for goes before what a sweep asked for', async () => {
      const queue = await start();
      for (let number = 1; number <= 5; number++) await queue.enqueue(review(number), { urgency: 'background' });
      await queue.enqueue(review(4));
      const order: string[] = [];
      await drain(queue, async job => void order.push(laneOf(job)), { concurrency: 1 });
      expect(order[0]).toBe('7#4');
      expect(order).toHaveLength(5);
    });

    test('a failed job is tried again with its waits, then listed as dead with its reason', async () => {
      const queue = await start({ retryDelays: [0, 0] });
      await queue.enqueue(review(1));
      const tries: [number, boolean][] = [];
      const settled: string[] = [];
      await drain(
        queue,
        async (_, attempt) => {
          tries.push([attempt.number, attempt.nextTry !== undefined]);
          throw new Error('GitHub answers 502');
        },
        { onSettled: async (job, outcome) => void settled.push(`${laneOf(job)} ${outcome}`) },
      );
      expect(tries).toEqual([
        [1, true],
        [2, true],
        [3, false],
      ]);
      expect(settled).toEqual(['7#1 failed']);
      expect(await queue.listDead()).toMatchObject([{ job: review(1), tries: 3, reason: 'GitHub answers 502' }]);
    });

    test('a job whose last try took its process with it comes once more, to be told of, and is then given up', async () => {
      const queue = await start({ retryDelays: [0] });
      await queue.enqueue(review(1));
      const seen: unknown[] = [];
      const settled: string[] = [];
      await drain(
        queue,
        async (_, { number, nextTry, isAbandoned = false }) => {
          seen.push([number, nextTry !== undefined, isAbandoned]);
          if (isAbandoned) throw new Error('given up');
          // As the next start of a killed process does, or another process that misses its heartbeats.
          await sql`update pgboss.job set state = 'retry', start_after = now()
            where name = 'jobs' and state = 'active'`.execute(database.kysely);
          await new Promise(() => undefined);
        },
        { concurrency: 3, onSettled: async (job, outcome) => void settled.push(`${laneOf(job)} ${outcome}`) },
      );
      expect(seen).toEqual([
        [1, true, false],
        [2, false, false],
        [3, false, true],
      ]);
      expect(settled).toEqual(['7#1 failed']);
      expect(await queue.listDead()).toMatchObject([{ job: review(1), reason: 'given up' }]);
    });

    test('a job that is postponed comes again then, not before', async () => {
      const queue = await start({ retryDelays: [0, 0] });
      await queue.enqueue(review(1));
      const times: number[] = [];
      const retryAt = new Date(Date.now() + 1500);
      await drain(queue, async () => {
        times.push(Date.now());
        if (times.length === 1) throw new Postponed(retryAt);
      });
      expect(times).toHaveLength(2);
      expect(times[1]).toBeGreaterThanOrEqual(retryAt.getTime() - 50);
    });

    test('an event does not wait for the next try of an earlier one, and has all its tries', async () => {
      const queue = await start();
      await queue.enqueue(review(1));
      const numbers: number[] = [];
      let isFirst = true;
      await queue.work(
        async (_, { number }) => {
          numbers.push(number);
          if (!isFirst) return;
          isFirst = false;
          throw Object.assign(new Error('budget'), { retryAt: new Date(Date.now() + 3_600_000) });
        },
        { concurrency: 1 },
      );
      await expect.poll(() => numbers.length).toBe(1);
      await expect.poll(() => queue.depth()).toEqual({ waiting: 1, running: 0 });
      await queue.enqueue(review(1), { urgency: 'background' });
      expect(await queue.depth()).toEqual({ waiting: 1, running: 0 });
      await queue.enqueue(review(1));
      await expect.poll(() => queue.depth()).toEqual({ waiting: 0, running: 0 });
      expect(numbers).toEqual([1, 1]);
    });

    test('an event pulls forward a job that waits for its time', async () => {
      const queue = await start();
      await queue.enqueue(review(1), { startAfter: new Date(Date.now() + 3_600_000) });
      await queue.enqueue(review(1));
      let done = 0;
      await drain(queue, async () => void done++);
      expect(done).toBe(1);
    });

    test('a failed try with a successor leaves the work to the successor', async () => {
      const queue = await start();
      const { work, until, end, running, begun } = scripted();
      await queue.enqueue(review(1));
      await queue.work(work, { concurrency: 2 });
      await until(() => running(review(1)) === 1);
      await queue.enqueue(review(1));
      end(review(1), new Error('superseded'));
      await until(() => begun.length === 2);
      end(review(1));
      await expect.poll(() => queue.depth()).toEqual({ waiting: 0, running: 0 });
      expect(begun).toHaveLength(2);
    });

    test('a job in a transaction comes with it and goes with it', async () => {
      const queue = await start();
      await database.kysely.transaction().execute(trx => queue.enqueue(review(1), { trx }));
      const rolledBack = database.kysely.transaction().execute(async trx => {
        await queue.enqueue(review(2), { trx });
        throw new Error('no');
      });
      await expect(rolledBack).rejects.toThrow('no');
      expect(await queue.depth()).toEqual({ waiting: 1, running: 0 });
    });

    test('the second start finds what waits, and may enqueue in a transaction at once', async () => {
      const first = await start();
      await first.enqueue(review(1));
      await first.stop();
      const second = await start();
      await database.kysely.transaction().execute(trx => second.enqueue(review(2), { trx }));
      const done: string[] = [];
      await drain(second, async job => void done.push(laneOf(job)));
      expect(done.sort()).toEqual(['7#1', '7#2']);
    });

    test('a schedule is kept once, whoever sets it', async () => {
      const queue = await start();
      await queue.schedule({ type: 'sweep' }, '17 */3 * * *');
      await queue.schedule({ type: 'sweep' }, '17 */3 * * *');
      expect(await queue.depth()).toEqual({ waiting: 0, running: 0 });
    });

    test('a process that ends hands back what it cannot finish, and another does it at once, with all its tries', async () => {
      const [one, two] = [await start({ retryDelays: [3600] }), await start({ retryDelays: [3600] })];
      const { promise: interrupted, reject } = Promise.withResolvers<never>();
      const begun: string[] = [];
      // One stops when it is told to, the other hears nothing.
      const deaf = new Promise<never>(() => undefined);
      await one.enqueue(review(1));
      await one.enqueue(review(2));
      await one.work(
        job => {
          begun.push(laneOf(job));
          return laneOf(job) === '7#1' ? interrupted : deaf;
        },
        { concurrency: 2 },
      );
      await expect.poll(() => begun.length).toBe(2);

      const settled: string[] = [];
      const interrupt = () => reject(new Error('The process ends.'));
      expect(await one.drain({ interrupt, finishWithin: 100, failWithin: 300 })).toBe(2);
      const tries: string[] = [];
      await drain(two, async (job, { nextTry }) => void tries.push(`${laneOf(job)} ${nextTry ? 'not last' : 'last'}`), {
        onSettled: async (job, outcome) => void settled.push(`${laneOf(job)} ${outcome}`),
      });
      expect(tries.sort()).toEqual(['7#1 not last', '7#2 not last']);
      expect(settled.sort()).toEqual(['7#1 completed', '7#2 completed']);
    });

    test('a process that ends lets a job finish that is soon done, and takes no other', async () => {
      const queue = await start();
      const { work, until, end, running, begun } = scripted();
      await queue.enqueue(review(1));
      await queue.enqueue(review(2));
      await queue.work(work, { concurrency: 1 });
      await until(() => begun.length === 1);
      const drained = queue.drain({ interrupt: () => expect.fail('Nothing took too long.') });
      end(running(review(1)) === 1 ? review(1) : review(2));
      expect(await drained).toBe(0);
      expect(await queue.depth()).toEqual({ waiting: 1, running: 0 });
      await queue.enqueue(review(3));
      expect(await queue.depth()).toEqual({ waiting: 2, running: 0 });
    });

    test('two jobs of one lane that are ready when two processes look still run one after the other', async () => {
      const both = [await start(), await start()];
      // A process died at the first, and a successor waits: the queue itself never leaves two.
      await both[0]?.enqueue(review(1));
      await sql`update pgboss.job set state = 'retry' where state = 'created'`.execute(database.kysely);
      await sql`insert into pgboss.job (name, data, singleton_key, group_id, policy, retry_limit, dead_letter)
        select name, data, singleton_key, group_id, policy, retry_limit, dead_letter from pgboss.job`.execute(
        database.kysely,
      );
      // Taking one lasts so long that the other process takes the second meanwhile.
      await sql`create function linger() returns trigger language plpgsql as
        $$ begin perform pg_sleep(0.2); return new; end $$`.execute(database.kysely);
      await sql`create trigger linger before update on pgboss.job_common for each row
        when (old.state < 'active' and new.state = 'active') execute function linger()`.execute(database.kysely);
      onTestFinished(async () => {
        await sql`drop function linger cascade`.execute(database.kysely);
      });

      let running = 0;
      let most = 0;
      let done = 0;
      const worker: Worker = async () => {
        most = Math.max(most, ++running);
        await sql`select pg_sleep(0.3)`.execute(database.kysely);
        running--;
        done++;
      };
      for (const queue of both) await queue.work(worker, { concurrency: 1 });
      await expect.poll(() => both[0]?.depth(), { timeout: 15_000 }).toEqual({ waiting: 0, running: 0 });
      expect(most).toBe(1);
      expect(done).toBe(2);
    });

    test('two processes never work in one lane at once', async () => {
      // On the embedded database there is one process, but two queues in it tell the same.
      const both = [await start(), await start()];
      const queueOf = (n: number): Queue => both[n % 2] ?? both[0]!;
      const running = new Map<string, number>();
      let most = 0;
      let begun = 0;
      const worker: Worker = async job => {
        const lane = laneOf(job);
        running.set(lane, (running.get(lane) ?? 0) + 1);
        most = Math.max(most, running.get(lane) ?? 0);
        if (begun++ < 30) await queueOf(begun).enqueue(job);
        await database.kysely.selectFrom('blob').selectAll().execute();
        running.set(lane, (running.get(lane) ?? 0) - 1);
      };
      for (const number of [1, 2, 3]) await queueOf(number).enqueue(review(number));
      for (const queue of both) await queue.work(worker, { concurrency: 2 });
      await expect.poll(() => both[0]?.depth(), { timeout: 15_000 }).toEqual({ waiting: 0, running: 0 });
      expect(begun).toBeGreaterThan(30);
      expect(most).toBe(1);
    });
  });
}
