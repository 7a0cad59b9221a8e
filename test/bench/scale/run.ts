import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Database } from '../../../src/store/database.ts';
import { openOwnDatabase } from '../../store/databases.ts';
import { startServerProcess, variablesFor } from '../../stories/server-process.ts';
import { quantile } from '../figures.ts';
import type { Sent } from '../send-deliveries.ts';
import type { Question, Told } from './github-process.ts';

export type Plan = {
  readonly databaseUrl: string;
  readonly pullRequests: number;
  readonly workers: number;
  /** Of one reply of the model, in milliseconds. */
  readonly latency: number;
};

/** What one run told. Times in seconds. */
export type Outcome = {
  readonly reviewsPerMinute: number;
  readonly waitP50: number;
  readonly waitP95: number;
  readonly callsPerReview: number;
  readonly modelCallsPerReview: number;
  readonly rowsPerReview: number;
  readonly bytesPerReview: number;
  readonly reviewed: number;
  /** The deliveries that GitHub sent, to be sent again. */
  readonly deliveries: Extract<Told, { type: 'opened' }>['deliveries'];
};

/** Queues pull requests by way of a web process, then lets that many workers at them, on an own database. */
export async function measureWorkers(plan: Plan): Promise<Outcome> {
  await using world = await startWorld(plan);
  const { database } = world;
  const web = await world.start('web');
  const before = await sizeOf(database);
  const { deliveries } = await world.ask(
    { type: 'open', pullRequests: plan.pullRequests, webhookUrl: web.webhookUrl },
    'opened',
  );
  const began = performance.now();
  const workers = await Promise.all(Array.from({ length: plan.workers }, () => world.start('worker')));
  await workers[0]?.idle();
  const minutes = (performance.now() - began) / 60_000;
  const waits = await waitsOf(database);
  const after = await sizeOf(database);
  const { calls, modelCalls, reviewed } = await world.ask({ type: 'count' }, 'counted');
  const perReview = (amount: number): number => amount / plan.pullRequests;
  return {
    reviewsPerMinute: plan.pullRequests / minutes,
    waitP50: quantile(waits, 0.5),
    waitP95: quantile(waits, 0.95),
    callsPerReview: perReview(calls),
    modelCallsPerReview: perReview(modelCalls),
    rowsPerReview: perReview(after.rows - before.rows),
    bytesPerReview: perReview(after.bytes - before.bytes),
    reviewed,
    deliveries,
  };
}

/** Sends these deliveries to one web process, each under new ids, at this rate for ten seconds. */
export async function measureDeliveries(
  plan: Pick<Plan, 'databaseUrl' | 'latency'>,
  deliveries: Outcome['deliveries'],
  rate: number,
): Promise<Sent> {
  await using world = await startWorld(plan);
  const web = await world.start('web');
  const sender = fork(join(import.meta.dirname, '../send-deliveries.ts'), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  sender.send({ url: web.webhookUrl, deliveries, rate, seconds: 10 });
  const [sent]: Sent[] = await once(sender, 'message');
  if (sent === undefined) throw new Error('The sender said nothing.');
  return sent;
}

/** A GitHub and a model in a process beside this one, and an empty database on the PostgreSQL. All of it goes with the run. */
async function startWorld({ databaseUrl, latency }: Pick<Plan, 'databaseUrl' | 'latency'>) {
  const folder = await mkdtemp(join(tmpdir(), 'assay-scale-'));
  const { database, discard } = await openOwnDatabase(databaseUrl);
  const github = fork(join(import.meta.dirname, 'github-process.ts'), [String(latency)]);
  const told = async <Type extends Told['type']>(type: Type): Promise<Extract<Told, { type: Type }>> => {
    const [message]: Extract<Told, { type: Type }>[] = await once(github, 'message');
    if (message?.type !== type) throw new Error(`The simulated GitHub did not tell ${type}.`);
    return message;
  };
  const { url, app, modelUrl } = await told('ready');
  const own = database.engine.type === 'postgres' ? database.engine.databaseUrl : '';
  const processes: { kill(): Promise<void> }[] = [];
  return {
    database,
    async start(role: 'web' | 'worker') {
      const variables = { ...variablesFor({ app, url }, folder), DATABASE_URL: own, ASSAY_ROLE: role };
      const started = await startServerProcess(
        { ...variables, OPENAI_BASE_URL: modelUrl, ASSAY_MODEL: 'scripted' },
        { isShortLived: false },
      );
      processes.push(started);
      return started;
    },
    ask<Type extends Told['type']>(question: Question, type: Type) {
      const answer = told(type);
      github.send(question);
      return answer;
    },
    async [Symbol.asyncDispose]() {
      for (const each of processes) await each.kill();
      github.kill();
      await discard();
      await rm(folder, { recursive: true });
    },
  };
}

/** How long reviews waited for a worker, in seconds. */
async function waitsOf({ kysely }: Database): Promise<readonly number[]> {
  const { rows } = await sql<{ seconds: number }>`
    select extract(epoch from started_on - created_on)::float8 as seconds from pgboss.job
    where name = 'jobs' and data->>'type' = 'review' and state = 'completed'`.execute(kysely);
  return rows.map(({ seconds }) => seconds);
}

/** All rows and all bytes, indexes included, those of the queue too. */
async function sizeOf({ kysely }: Database): Promise<{ readonly rows: number; readonly bytes: number }> {
  await sql`analyze`.execute(kysely);
  const { rows } = await sql<{ rows: number; bytes: number }>`
    select coalesce(sum(greatest(c.reltuples, 0)), 0)::float8 as rows,
      coalesce(sum(pg_total_relation_size(c.oid)), 0)::float8 as bytes
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname in ('public', 'pgboss')`.execute(kysely);
  return rows[0] ?? { rows: 0, bytes: 0 };
}
