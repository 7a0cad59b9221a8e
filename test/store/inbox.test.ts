import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Job } from '../../src/core/job.ts';
import type { Database } from '../../src/store/database.ts';
import { createInbox } from '../../src/store/inbox.ts';
import type { Delivery, Inbox } from '../../src/store/inbox.ts';
import { startQueue } from '../../src/store/queue.ts';
import type { Queue } from '../../src/store/queue.ts';
import { engines } from './databases.ts';

const repository = { id: 7, owner: 'o', name: 'n' };
const review: Job = { type: 'review', installationId: 1, repository, number: 3 };

const delivery = (changes: Partial<Delivery> = {}): Delivery => ({
  guid: 'a-guid',
  event: 'pull_request',
  bodyHash: 'a-hash',
  receivedAt: new Date(),
  jobs: [review],
  ...changes,
});

for (const engine of engines) {
  describe.skipIf(!engine.isAvailable)(`inbox on ${engine.name}`, () => {
    let database: Database;
    let queue: Queue;
    let inbox: Inbox;

    beforeEach(async () => {
      database = await engine.fresh();
      queue = await startQueue(database, { pollSeconds: 0.5, retryDelays: [] });
      inbox = createInbox(database, queue);
    });
    afterAll(engine.discard);
    afterEach(async () => {
      await queue.stop({ graceful: false });
    });

    const drain = async (worker: () => Promise<void>): Promise<void> => {
      await queue.work(worker, { concurrency: 1, onSettled: inbox.settle });
      await expect.poll(() => queue.depth(), { timeout: 5000, interval: 20 }).toEqual({ waiting: 0, running: 0 });
    };

    test('the first webhook into an empty database is stored with its job', async () => {
      expect(await inbox.receive(delivery())).toBe('accepted');
      expect(await queue.depth()).toEqual({ waiting: 1, running: 0 });
      expect(await inbox.hasDeliveryFor({ repository, number: 3 })).toBe(true);
      expect(await inbox.hasDeliveryFor({ repository, number: 4 })).toBe(false);
    });

    test('a delivery whose work is done is ignored the second time', async () => {
      await inbox.receive(delivery());
      await drain(async () => undefined);
      expect(await inbox.receive(delivery())).toBe('repeated');
      expect(await queue.depth()).toEqual({ waiting: 0, running: 0 });
    });

    test('a delivery whose work failed runs again', async () => {
      await inbox.receive(delivery());
      let runs = 0;
      await drain(async () => {
        runs++;
        if (runs === 1) throw new Error('GitHub answers 502');
      });
      expect(await inbox.receive(delivery())).toBe('accepted');
      await expect.poll(() => runs).toBe(2);
      await expect.poll(() => inbox.receive(delivery())).toBe('repeated');
    });

    test('other bytes under a known GUID are another delivery: a header that nobody signed suppresses nothing', async () => {
      await inbox.receive(delivery());
      await drain(async () => undefined);
      expect(await inbox.receive(delivery({ bodyHash: 'another-hash' }))).toBe('accepted');
    });

    test('a delivery that came while its lane was at work is not answered by that work', async () => {
      const { promise: mayEnd, resolve: end } = Promise.withResolvers<undefined>();
      const { promise: begun, resolve: begin } = Promise.withResolvers<undefined>();
      await inbox.receive(delivery());
      let runs = 0;
      const draining = drain(async () => {
        runs++;
        begin(undefined);
        if (runs === 1) await mayEnd;
        else throw new Error('the second look fails');
      });
      await begun;
      await inbox.receive(delivery({ guid: 'late' }));
      end(undefined);
      await draining;
      expect(runs).toBe(2);
      expect(await inbox.receive(delivery())).toBe('repeated');
      expect(await inbox.receive(delivery({ guid: 'late' }))).toBe('accepted');
    });

    test('twenty equal deliveries at once make one job', async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, () => inbox.receive(delivery())));
      expect(new Set(answers)).toEqual(new Set(['accepted']));
      expect(await queue.depth()).toEqual({ waiting: 1, running: 0 });
    });

    test('when the queue fails, the delivery is not kept either', async () => {
      const broken = createInbox(database, { enqueue: () => Promise.reject(new Error('disk full')) });
      await expect(broken.receive(delivery())).rejects.toThrow('disk full');
      expect(await inbox.hasDeliveryFor({ repository, number: 3 })).toBe(false);
      expect(await database.kysely.selectFrom('delivery').selectAll().execute()).toEqual([]);
    });

    test('an event that asks for nothing is stored and repeated', async () => {
      expect(await inbox.receive(delivery({ jobs: [] }))).toBe('accepted');
      expect(await inbox.receive(delivery({ jobs: [] }))).toBe('repeated');
    });

    test('old finished deliveries are dropped, unfinished ones and the memory of touched pull requests stay', async () => {
      const receivedAt = new Date('2026-01-01T00:00:00Z');
      await inbox.receive(delivery({ receivedAt }));
      await drain(async () => undefined);
      await inbox.receive(delivery({ guid: 'young' }));
      await inbox.receive(delivery({ guid: 'idle', jobs: [], receivedAt }));
      expect(await inbox.prune(new Date('2026-02-01T00:00:00Z'))).toBe(2);
      expect(await inbox.hasDeliveryFor({ repository, number: 3 })).toBe(true);
    });
  });
}
