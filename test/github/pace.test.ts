import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { RateLimited } from '../../src/core/trouble.ts';
import { createPace } from '../../src/github/pace.ts';
import type { PacedRequest } from '../../src/github/pace.ts';

/** Waiting is what makes this clock go on. */
function leapingClock() {
  let time = 0;
  return {
    now: () => time,
    async wait(milliseconds: number) {
      const until = time + milliseconds;
      await Promise.resolve();
      time = Math.max(time, until);
    },
  };
}

type Sent = { readonly at: number; readonly request: PacedRequest };

async function sendAll(requests: readonly PacedRequest[]): Promise<readonly Sent[]> {
  const clock = leapingClock();
  const pace = createPace(clock);
  const sent: Sent[] = [];
  await Promise.all(
    requests.map(request => pace.turn(request, async () => void sent.push({ at: clock.now(), request }))),
  );
  return sent;
}

const pointsOf = ({ request }: Sent): number => (request === 'read' ? 1 : 5);

test('whatever is asked, no minute has more than GitHub allows, writes are a second apart, and nothing is lost', async () => {
  const requests = fc.array(fc.constantFrom<PacedRequest>('read', 'read', 'write', 'content'), { maxLength: 400 });
  const many = fc.array(fc.constant<PacedRequest>('read'), { minLength: 900, maxLength: 2000 });
  await fc.assert(
    fc.asyncProperty(fc.oneof(requests, many), async asked => {
      const sent = await sendAll(asked);
      expect(sent).toHaveLength(asked.length);
      const writes = sent.filter(({ request }) => request !== 'read');
      const gaps = writes.slice(1).map(({ at }, index) => at - (writes[index]?.at ?? 0));
      expect(gaps.every(gap => gap >= 1000)).toBe(true);
      for (const { at } of sent) {
        const minute = sent.filter(each => each.at > at - 60_000 && each.at <= at);
        expect(minute.reduce((sum, each) => sum + pointsOf(each), 0)).toBeLessThanOrEqual(900);
      }
    }),
    { numRuns: 15 },
  );
});

test('reads do not wait for the gap between writes', async () => {
  const sent = await sendAll(['write', 'write', 'read']);
  expect(sent.map(({ request }) => request)).toEqual(['write', 'read', 'write']);
  expect(sent.find(({ request }) => request === 'read')?.at).toBe(0);
});

test('when an hour has had its new contents, the next is told when to come again', async () => {
  const clock = leapingClock();
  const pace = createPace(clock);
  const create = () => pace.turn('content', async () => undefined);
  for (let number = 1; number <= 450; number++) await create();
  const refusal = await create().catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(RateLimited);
  // What only changes something is free to go.
  await expect(pace.turn('write', async () => 'sent')).resolves.toBe('sent');
  await clock.wait(3_600_000);
  await expect(create()).resolves.toBeUndefined();
});
