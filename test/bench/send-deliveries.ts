import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';

/** What to send where, and how often. */
export type Order = {
  readonly url: string;
  readonly deliveries: readonly { readonly body: string; readonly headers: Readonly<Record<string, string>> }[];
  /** Deliveries a second. */
  readonly rate: number;
  readonly seconds: number;
};

/** Milliseconds from a delivery's due time to its answer, for those that were answered with 200, and how many were not. */
export type Sent = { readonly latencies: readonly number[]; readonly failed: number };

/** A process of its own, so that measuring does not stand in its own way. Takes an order, sends, tells, ends. */
process.once('message', (order: Order) => void send(order).then(sent => process.send?.(sent, () => process.exit())));

async function send({ url, deliveries, rate, seconds }: Order): Promise<Sent> {
  const latencies: number[] = [];
  let failed = 0;
  const running: Promise<void>[] = [];
  const started = performance.now();
  for (let index = 0; index < rate * seconds; index++) {
    const due = started + (index * 1000) / rate;
    await wait(Math.max(0, due - performance.now()));
    const delivery = deliveries[index % deliveries.length];
    if (delivery === undefined) break;
    running.push(
      deliver(url, delivery).then(isStored => {
        if (isStored) latencies.push(performance.now() - due);
        else failed++;
        return undefined;
      }),
    );
  }
  await Promise.all(running);
  return { latencies, failed };
}

/** Whether it was answered with 200. */
async function deliver(url: string, { body, headers }: Order['deliveries'][number]): Promise<boolean> {
  try {
    const guid = { 'x-github-delivery': randomUUID() };
    const response = await fetch(url, { method: 'POST', body, headers: { ...headers, ...guid } });
    await response.arrayBuffer();
    return response.status === 200;
  } catch {
    return false;
  }
}
