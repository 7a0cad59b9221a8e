import { flushCompileCache } from 'node:module';
import { setTimeout as wait } from 'node:timers/promises';
import { PGlite } from '@electric-sql/pglite';
import { sql } from 'kysely';
import { Client } from 'pg';
import { PgBoss } from 'pg-boss';
import { readEnvironment } from '../../src/config/environment.ts';
import { startAssay } from '../../src/main.ts';
import { openDatabase } from '../../src/store/database.ts';

/**
 * The server as a process of its own that ends itself, as `kill -9` would, before or after a statement that its parent names. Waits of
 * the queue are cut short: nobody wants to sit through them.
 */
export type Order =
  | { readonly type: 'kill'; readonly when: 'before' | 'after'; readonly statement: number }
  | { readonly type: 'later'; readonly milliseconds: number }
  | { readonly type: 'idle?' };

/** What the server says of itself once no job waits or runs. */
export type Rest = { readonly type: 'idle'; readonly unfinished: number; readonly dead: number };

let plan: { readonly when: 'before' | 'after'; left: number } | undefined;
const die = (): void => void process.kill(process.pid, 'SIGKILL');

/** Whether the process is to end when this statement has been carried out. */
function isLastStatement(): boolean {
  if (plan === undefined || --plan.left > 0) return false;
  if (plan.when === 'before') die();
  return true;
}

type Method = (this: unknown, ...args: unknown[]) => unknown;

function watch(prototype: object, name: string): void {
  const original: Method = Reflect.get(prototype, name);
  const watched: Method = function (...args) {
    const isLast = isLastStatement();
    const callback = args.at(-1);
    if (isLast && typeof callback === 'function') args[args.length - 1] = die;
    const result = original.apply(this, args);
    if (isLast && result instanceof Promise) void result.finally(die);
    return result;
  };
  Reflect.set(prototype, name, watched);
}

watch(PGlite.prototype, 'execProtocolRaw');
watch(Client.prototype, 'query');

const { credentials, ...environment } = readEnvironment(process.env, () => '');
if (credentials === undefined) throw new Error('The test gave no credentials.');
let ahead = Number(process.env['CHAOS_AHEAD'] ?? 0);
const database = await openDatabase(environment.database);
const { kysely } = database;
const assay = await startAssay(environment, credentials, {
  database,
  queue: { retryDelays: Array.from({ length: 20 }, () => 0), pollSeconds: 0.5 },
  now: () => new Date(Date.now() + ahead),
});
if ('databaseUrl' in environment.database) await takeOver(environment.database.databaseUrl);

/** What the killed process held is taken over when its heartbeats have stopped for half a minute. That is now. */
async function takeOver(connectionString: string): Promise<void> {
  await sql`update pgboss.job set heartbeat_on = now() - interval '1 hour'
    where state = 'active' and started_on < ${new Date(performance.timeOrigin)}`.execute(kysely);
  const boss = new PgBoss({ connectionString, supervise: false, schedule: false });
  await boss.start();
  await boss.supervise();
  await boss.stop();
}

/** Waits for nothing else than work. */
async function rest(): Promise<Rest> {
  for (;;) {
    await sql`update pgboss.job set start_after = now() where state < 'active' and start_after > now()`.execute(kysely);
    const { rows } = await sql<{ open: number; dead: number }>`
      select count(*) filter (where name = 'jobs' and state <= 'active') as open,
        count(*) filter (where name = 'dead' and state < 'active') as dead from pgboss.job`.execute(kysely);
    if (rows[0]?.open === 0) {
      const { rows: inbox } = await sql<{ unfinished: number }>`
        select count(*) as unfinished from delivery_job where state <> 'completed'`.execute(kysely);
      return { type: 'idle', dead: rows[0].dead, unfinished: inbox[0]?.unfinished ?? 0 };
    }
    await wait(20);
  }
}

process.on('message', (order: Order) => {
  if (order.type === 'kill') plan = { when: order.when, left: order.statement };
  else if (order.type === 'later') ahead += order.milliseconds;
  else
    void rest().then(
      said => process.send?.(said),
      () => process.send?.({ type: 'again' }),
    );
});
process.on('disconnect', () => process.exit());
flushCompileCache();
process.send?.({ type: 'listening', webhookUrl: assay.webhookUrl });
