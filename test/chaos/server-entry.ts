import { flushCompileCache } from 'node:module';
import { setTimeout as wait } from 'node:timers/promises';
import { PGlite } from '@electric-sql/pglite';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { Client } from 'pg';
import { PgBoss } from 'pg-boss';
import { readEnvironment } from '../../src/config/environment.ts';
import { startAssay } from '../../src/main.ts';
import { openDatabase } from '../../src/store/database.ts';
import type { Schema } from '../../src/store/schema.ts';

/**
 * The server as a process of its own that ends itself, as `kill -9` would, before or after a request or a statement that its parent
 * names. It is loaded ahead of time and starts when it is told to. Waits of the queue are cut short: nobody wants to sit through them.
 */
export type Order =
  | { readonly type: 'start'; readonly ahead: number; readonly role: Role; readonly orphaned?: Orphaned }
  | Kill
  /** Forget the kill, if it has not struck. */
  | { readonly type: 'spare' }
  | { readonly type: 'later'; readonly milliseconds: number }
  | { readonly type: 'idle?' }
  | { readonly type: 'held?' };

export type Role = 'all' | 'web' | 'worker';

export type Kill = {
  readonly type: 'kill';
  readonly when: 'before' | 'after';
  readonly what: 'request' | 'statement';
  /** From 1. */
  readonly count: number;
};

/** What a killed process may have held: jobs begun before it ended and not held by those that live. */
export type Orphaned = { readonly before: number; readonly held: readonly string[] };

/** What the server says of itself once no job waits or runs. */
export type Rest = {
  readonly type: 'idle';
  readonly unfinished: number;
  readonly dead: number;
  /** Calls of the model in the ledger. */
  readonly calls: number;
  /** Those among them for a reply that was stored. */
  readonly paidTwice: number;
};

export type Said =
  | Rest
  | { readonly type: 'again' }
  | { readonly type: 'held'; readonly ids: readonly string[] }
  | { readonly type: 'listening'; readonly webhookUrl?: string };

const say = (said: Said): void => void process.send?.(said);
const die = (): void => void process.kill(process.pid, 'SIGKILL');

let plan: { readonly when: Kill['when']; readonly what: Kill['what']; left: number } | undefined;

/** Whether the process is to end when this has been carried out. */
function isLast(what: Kill['what']): boolean {
  if (plan?.what !== what || --plan.left > 0) return false;
  if (plan.when === 'before') die();
  return true;
}

type Method = (this: unknown, ...args: unknown[]) => unknown;

function watch(target: object, name: string, what: Kill['what'], isMeant: (first: unknown) => boolean): void {
  const original: Method = Reflect.get(target, name);
  const watched: Method = function (...args) {
    const endsHere = isMeant(args[0]) && isLast(what);
    const callback = args.at(-1);
    if (endsHere && typeof callback === 'function') args[args.length - 1] = die;
    const result = original.apply(this, args);
    if (endsHere && result instanceof Promise) void result.finally(die);
    return result;
  };
  Reflect.set(target, name, watched);
}

watch(PGlite.prototype, 'execProtocolRaw', 'statement', () => true);
watch(Client.prototype, 'query', 'statement', () => true);
const { GHE_HOST } = process.env;
watch(globalThis, 'fetch', 'request', url => url instanceof URL && url.host === GHE_HOST);

/** Jobs that this process is at. */
const held = new Set<string>();
const { work } = PgBoss.prototype;
const watchedWork: Method = function (...args) {
  const handler = args.at(-1);
  if (typeof handler !== 'function') throw new Error('pg-boss takes the handler last.');
  args[args.length - 1] = async (jobs: readonly { readonly id: string }[]) => {
    for (const { id } of jobs) held.add(id);
    try {
      return await handler(jobs);
    } finally {
      for (const { id } of jobs) held.delete(id);
    }
  };
  return Reflect.apply(work, this, args);
};
Reflect.set(PgBoss.prototype, 'work', watchedWork);

let ahead = 0;
let kysely: Kysely<Schema> | undefined;

async function start({ ahead: jumped, role, orphaned }: Extract<Order, { type: 'start' }>): Promise<void> {
  ahead = jumped;
  const { credentials, ...environment } = readEnvironment({ ...process.env, ASSAY_ROLE: role }, () => '');
  if (credentials === undefined) throw new Error('The test gave no credentials.');
  const database = await openDatabase(environment.database);
  const { webhookUrl } = await startAssay(environment, credentials, {
    database,
    queue: { retryDelays: Array.from({ length: 20 }, () => 0), pollSeconds: 0.5 },
    now: () => new Date(Date.now() + ahead),
  });
  kysely = database.kysely;
  if ('databaseUrl' in environment.database && orphaned !== undefined) {
    await takeOver(database.kysely, environment.database.databaseUrl, orphaned);
  }
  flushCompileCache();
  say({ type: 'listening', ...(webhookUrl !== undefined && { webhookUrl }) });
}

/** What the killed process held is taken over when its heartbeats have stopped for half a minute. That is now. */
async function takeOver(
  on: Kysely<Schema>,
  connectionString: string,
  { before, held: others }: Orphaned,
): Promise<void> {
  const { rows } = await sql<{ id: string }>`select id from pgboss.job where name = 'jobs' and state = 'active'
    and started_on < ${new Date(before)} and not (id = any(${others}::uuid[]))`.execute(on);
  if (rows.length === 0) return;
  const boss = new PgBoss({ connectionString, supervise: false, schedule: false });
  await boss.start();
  await boss.fail(
    'jobs',
    rows.map(({ id }) => id),
    { message: 'job heartbeat timeout' },
  );
  await boss.stop();
}

/** Waits for nothing else than work. */
async function rest(on: Kysely<Schema>): Promise<Rest> {
  for (;;) {
    await sql`update pgboss.job set start_after = now() where state < 'active' and start_after > now()`.execute(on);
    const { rows } = await sql<{ open: number; dead: number }>`
      select count(*) filter (where name = 'jobs' and state <= 'active') as open,
        count(*) filter (where name = 'dead' and state < 'active') as dead from pgboss.job`.execute(on);
    if (rows[0]?.open === 0) return { type: 'idle', dead: rows[0].dead, ...(await account(on)) };
    await wait(20);
  }
}

async function account(on: Kysely<Schema>): Promise<Pick<Rest, 'unfinished' | 'calls' | 'paidTwice'>> {
  const { rows } = await sql<Pick<Rest, 'unfinished' | 'calls' | 'paidTwice'>>`
    select (select count(*) from delivery_job where state <> 'completed') as unfinished,
      (select count(*) from charge) as calls,
      (select count(*) from charge later where exists (select from charge earlier
        where earlier.hash = later.hash and earlier.repository_id = later.repository_id
          and earlier.outcome in ('ok', 'refused', 'truncated', 'filtered')
          and earlier.settled_at < later.charged_at)) as "paidTwice"`.execute(on);
  const [row] = rows;
  if (row === undefined) throw new Error('Counting gives a row.');
  return row;
}

process.on('message', (order: Order) => {
  switch (order.type) {
    case 'start':
      // Whoever started it starts another.
      start(order).catch((error: unknown) => {
        console.error(error);
        process.exit(1);
      });
      return;
    case 'kill':
      plan = { when: order.when, what: order.what, left: order.count };
      return;
    case 'spare':
      plan = undefined;
      return;
    case 'later':
      ahead += order.milliseconds;
      return;
    case 'held?':
      say({ type: 'held', ids: [...held] });
      return;
    case 'idle?':
      if (kysely === undefined) say({ type: 'again' });
      else rest(kysely).then(say, () => say({ type: 'again' }));
  }
});
process.on('disconnect', () => process.exit());
