/**
 * `npm run bench:scale`: how many reviews several processes do on one PostgreSQL, and what they leave there. Needs DATABASE_URL, the
 * address of a server on which databases can be made. `--pull-requests 1000 --workers 1,2,4 --latency 2000` is what it does unless
 * told; fewer pull requests make it short. Everything runs on this machine: the simulated GitHub with the scripted model in one
 * process, PostgreSQL, the web process and the workers share its cores. The figures of record are in docs/scaling.md.
 */
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { ms, quantile, toTable } from '../figures.ts';
import type { Figure } from '../figures.ts';
import { measureDeliveries, measureWorkers } from './run.ts';
import type { Outcome } from './run.ts';

const { values } = parseArgs({
  options: {
    'pull-requests': { type: 'string', default: '1000' },
    workers: { type: 'string', default: '1,2,4' },
    latency: { type: 'string', default: '2000' },
    rates: { type: 'string', default: '50,100,200,400' },
  },
});
const databaseUrl = process.env['DATABASE_URL'];
const pullRequests = Number(values['pull-requests']);
const latency = Number(values.latency);
const say = (text: string): boolean => process.stderr.write(`${text}\n`);

if (databaseUrl === undefined) {
  say('Set DATABASE_URL to a PostgreSQL on which databases can be made.');
  process.exitCode = 2;
} else {
  await bench(databaseUrl);
}

async function bench(url: string): Promise<void> {
  const figures: Figure[] = [];
  let last: Outcome | undefined;
  for (const workers of values.workers.split(',').map(Number)) {
    say(`${pullRequests} pull requests, workers: ${workers} …`);
    last = await measureWorkers({ databaseUrl: url, pullRequests, workers, latency });
    const { reviewsPerMinute, waitP50, waitP95 } = last;
    figures.push({
      what: `${pullRequests} reviews, workers: ${workers}`,
      value: `${Math.round(reviewsPerMinute)} a minute; waited p50 ${Math.round(waitP50)} s, p95 ${Math.round(waitP95)} s; ${last.reviewed} reviewed`,
    });
    say(figures.at(-1)?.value ?? '');
  }
  if (last === undefined) return;
  figures.push(
    {
      what: 'calls a review',
      value: `${last.callsPerReview.toFixed(1)} to GitHub, ${last.modelCallsPerReview.toFixed(1)} to the model`,
    },
    {
      what: 'left in the database by a review',
      value: `${Math.round(last.rowsPerReview)} rows, ${(last.bytesPerReview / 1000).toFixed(1)} kB with indexes`,
    },
  );
  for (const rate of values.rates.split(',').map(Number)) {
    say(`Deliveries, ${rate} a second …`);
    const { latencies, failed } = await measureDeliveries({ databaseUrl: url, latency }, last.deliveries, rate);
    figures.push({
      what: `one web process, ${rate} deliveries a second for 10 s`,
      value: `p50 ${ms(quantile(latencies, 0.5))}, p99 ${ms(quantile(latencies, 0.99))}; ${failed} not stored`,
    });
  }
  const [cpu] = cpus();
  process.stdout.write(
    `${new Date().toISOString().slice(0, 10)}, ${availableParallelism()} cores (${cpu?.model.trim() ?? 'unknown'}), Node ${process.versions.node}, model ${latency} ms a reply\n\n${toTable(figures)}\n`,
  );
}
