import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connectionTrouble } from '../../src/store/connection-trouble.ts';
import { openDatabase } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import { startQueue } from '../../src/store/queue.ts';
import { compiledCode } from '../cli/run-assay.ts';
import { createDataFolder, engines } from './databases.ts';

let folder: string;
const children: { kill: () => Promise<void> }[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-store-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) await child.kill();
  rmSync(folder, { recursive: true, force: true });
});

/** A second process that has the store open. */
function startHolder(...parameters: string[]) {
  const child = spawn(process.execPath, ['--liftoff-only', join(import.meta.dirname, 'holder.ts'), ...parameters], {
    env: { ...process.env, NODE_COMPILE_CACHE: compiledCode },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  const heard = (line: string): void => {
    lines.push(line);
    for (const wake of waiting) wake();
  };
  createInterface(child.stdout).on('line', heard);
  createInterface(child.stderr).on('line', heard);
  const ended = new Promise<void>(resolve => void child.once('exit', () => resolve()));
  const holder = {
    lines,
    until: (isSo: (lines: readonly string[]) => boolean): Promise<void> =>
      new Promise((resolve, reject) => {
        const wake = (): void => {
          if (isSo(lines)) resolve();
        };
        waiting.add(wake);
        void ended.then(() => reject(new Error(`The process ended: ${lines.join('\n')}`)));
        wake();
      }),
    send: (text: string): boolean => child.stdin.write(text),
    ended,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
  children.push(holder);
  return holder;
}

describe('data folder', () => {
  test(
    'a second process is refused with one sentence that names the remedy, and let in after a kill',
    { timeout: 60_000 },
    async () => {
      const dataDir = join(folder, 'data');
      const holder = startHolder(dataDir);
      await holder.until(lines => lines.includes('ready'));

      await expect(openDatabase({ dataDir })).rejects.toThrow(
        /^Another process is using the data folder .*data: stop it, set ASSAY_DATA to another folder, or set DATABASE_URL/,
      );
      symlinkSync(dataDir, join(folder, 'alias'));
      await expect(openDatabase({ dataDir: join(folder, 'alias') })).rejects.toThrow(/^Another process/);

      await holder.kill();
      const database = await openDatabase({ dataDir });
      await expect(openDatabase({ dataDir })).rejects.toThrow(/^Another process/);
      await database.close();
      await (await openDatabase({ dataDir })).close();
    },
  );

  test('a folder that cannot be made is named', async () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    await expect(openDatabase({ dataDir: join(file, 'data') })).rejects.toThrow(
      /^The data folder .* cannot be made: set ASSAY_DATA to a folder that this process may write\.$/,
    );
  });

  test(
    'kill -9 in the middle loses no accepted delivery, and what was begun is begun again at once',
    { timeout: 60_000 },
    async () => {
      const dataDir = join(folder, 'data');
      await createDataFolder(dataDir);
      const holder = startHolder(dataDir, 'take');
      await holder.until(lines => lines.includes('ready'));
      holder.send(Array.from({ length: 40 }, (_, n) => `${n + 1}\n`).join(''));
      // In the middle of the forty: some are stored, two are at work, the rest is on its way.
      await holder.until(
        lines => lines.filter(line => line.startsWith('begun')).length === 2 && lines.includes('accepted 15'),
      );
      await holder.kill();
      const accepted = holder.lines.filter(line => line.startsWith('accepted')).map(line => Number(line.split(' ')[1]));

      const database = await openDatabase({ dataDir });
      const queue = await startQueue(database);
      const done: number[] = [];
      await queue.work(
        async job => {
          if (job.type === 'review') done.push(job.number);
        },
        { concurrency: 2 },
      );
      await expect.poll(() => queue.depth(), { timeout: 10_000 }).toEqual({ waiting: 0, running: 0 });
      await queue.stop();
      await database.close();

      expect(done.toSorted((one, other) => one - other)).toEqual(
        [...new Set(done)].toSorted((one, other) => one - other),
      );
      expect(accepted.length).toBeGreaterThanOrEqual(15);
      for (const number of accepted) expect(done).toContain(number);
    },
  );
});

for (const engine of engines) {
  describe.skipIf(!engine.isAvailable)(`database on ${engine.name}`, () => {
    test('where a newer Assay has been, an older one starts all the same', async () => {
      const { kysely } = await engine.fresh();
      await sql`insert into kysely_migration (name, timestamp) values ('9999-newer', '2026-03-02T10:00:00Z')`.execute(
        kysely,
      );
      await expect(migrate(kysely)).resolves.toBeUndefined();
      await sql`delete from kysely_migration where name = '9999-newer'`.execute(kysely);
    });

    test('counts and big numbers are numbers', async () => {
      const database = await engine.fresh();
      const big = 2 ** 40;
      await database.kysely.insertInto('repository').values({ id: big, installation_id: 1 }).execute();
      const row = await database.kysely
        .selectFrom('repository')
        .select(({ fn }) => ['id', fn.countAll<number>().over().as('count')])
        .executeTakeFirst();
      expect(row).toEqual({ id: big, count: 1 });
      await engine.discard();
    });
  });
}

const [, postgres] = engines;

test.skipIf(postgres?.isAvailable !== true)(
  `a server that ends in the midst of a transaction fails it, and not the process (${postgres?.name ?? ''})`,
  async () => {
    const database = await postgres?.fresh();
    if (postgres === undefined || database === undefined) throw new Error('There is no PostgreSQL.');
    const { kysely } = database;
    const transaction = kysely.transaction().execute(async trx => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx);
      const pid = rows[0]?.pid ?? 0;
      await sql`select pg_terminate_backend(${pid})`.execute(kysely);
      const left = () => sql`select from pg_stat_activity where pid = ${pid}`.execute(kysely);
      await expect.poll(async () => (await left()).rows.length).toBe(0);
      await sql`select 1`.execute(trx);
    });
    await expect(transaction).rejects.toThrow(/connection/i);
    expect((await sql`select 1`.execute(kysely)).rows).toHaveLength(1);
    await postgres.discard();
  },
);

test('a PostgreSQL that does not answer is named by its variable, without the password', async () => {
  const failure = await openDatabase({ databaseUrl: 'postgres://assay:hunter2@127.0.0.1:9/assay' }).catch(String);
  expect(failure).toBe(
    'Error: The PostgreSQL of DATABASE_URL cannot be reached (ECONNREFUSED): correct the address or start the server.',
  );
});

test.each([
  ['3D000', 'has no database of that name: make an empty one or correct the name.'],
  ['28P01', 'refuses the user or the password: correct them.'],
  ['53300', 'has no connection left: raise its max_connections or run fewer processes.'],
  ['ENOTFOUND', 'cannot be reached (ENOTFOUND): correct the address or start the server.'],
])('what PostgreSQL says with %s is told with what to do', (code, told) => {
  const { says, remedy } = connectionTrouble(Object.assign(new Error('hunter2'), { code }));
  expect(`${says}: ${remedy}.`).toBe(told);
});
