import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { attribution, leafOf, qna } from '../stories/contributions.ts';
import type { Files } from '../stories/contributions.ts';
import { ms, quantile } from './figures.ts';
import type { Figure } from './figures.ts';
import type { Sent } from './send-deliveries.ts';
import type { Bench } from './reviews.ts';

const PULL_REQUESTS = 4;
const RATE = 50;
const SECONDS = 15;

/**
 * Time to the answer of a webhook while reviews of large files run. The deliveries come from a process of their own, at their times
 * whether or not earlier ones were answered, and ask for the reviews of these pull requests again and again: none of the four lanes
 * is ever idle.
 */
export async function measureWebhooks({ github, open, quiet }: Bench): Promise<readonly Figure[]> {
  for (let index = 0; index < PULL_REQUESTS; index++) await open(`Large ${index}`, large(index));
  await quiet();
  const deliveries = github.webhooks.deliveries
    .filter(({ event, action }) => event === 'pull_request' && action === 'opened')
    .slice(-PULL_REQUESTS)
    .map(({ body, headers }) => ({ body, headers }));

  const readsBefore = reviewsBegun();
  const sender = fork(join(import.meta.dirname, 'send-deliveries.ts'), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  sender.send({ url: github.webhooks.url ?? '', deliveries, rate: RATE, seconds: SECONDS });
  const [sent]: Sent[] = await once(sender, 'message');
  if (sent === undefined) throw new Error('The sender said nothing.');
  const reviews = reviewsBegun() - readsBefore;
  await quiet();

  const { latencies, failed } = sent;
  return [
    {
      what: `answer to a webhook, ${RATE} a second for ${SECONDS} s, while four reviews of 600 kB files run`,
      value: `median ${ms(quantile(latencies, 0.5))}, p95 ${ms(quantile(latencies, 0.95))}, p99 ${ms(quantile(latencies, 0.99))}, longest ${ms(Math.max(...latencies))}; ${latencies.length} answered with 200, ${failed} not; ${reviews} reviews meanwhile`,
      goal: 'p99 < 100 ms',
    },
  ];

  /** A review begins with the comparison of two commits. */
  function reviewsBegun(): number {
    return github.exchanges.filter(({ operation }) => operation === 'GET /repos/{owner}/{repo}/compare/{basehead}')
      .length;
  }
}

/** One leaf of about 600 kB: the size of the largest real one. */
function large(index: number): Files {
  const topic = `great library ${index}`;
  const words = (seed: number): string =>
    Array.from({ length: 85 }, (_, at) => ['shelf', 'lamp', 'stair', 'page', 'river'][(at * seed + at) % 5]).join(' ');
  const examples = Array.from(
    { length: 550 },
    (_, at) =>
      [`What stands on shelf ${at} of the ${topic}? ${words(at)}`, `On shelf ${at}: ${words(at + 3)}.`] as const,
  );
  return { [`${leafOf(topic)}/qna.yaml`]: qna(examples), [`${leafOf(topic)}/attribution.txt`]: attribution };
}
