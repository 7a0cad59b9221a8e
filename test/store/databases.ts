import { execFileSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { Client } from 'pg';
import { openDatabase } from '../../src/store/database.ts';
import type { Database } from '../../src/store/database.ts';
import { startQueue } from '../../src/store/queue.ts';

/** A kind of database to run a contract on. */
export type Engine = {
  /** With the reason when it is skipped: the test summary must say whether PostgreSQL took part. */
  readonly name: string;
  readonly isAvailable: boolean;
  /** An empty, migrated database of this test file's own: made at the first call, emptied at the next ones. */
  readonly fresh: () => Promise<Database>;
  /** Leaves nothing. After the last test. */
  readonly discard: () => Promise<void>;
};

type Opened = { readonly database: Database; readonly discard: () => Promise<void> };

function reused(name: string, open: (() => Promise<Opened>) | undefined): Engine {
  let opened: Opened | undefined;
  return {
    name,
    isAvailable: open !== undefined,
    async fresh() {
      if (open === undefined) throw new Error(`There is no ${name}.`);
      if (opened === undefined) opened = await open();
      else await emptyTables(opened.database);
      return opened.database;
    },
    async discard() {
      await opened?.discard();
      opened = undefined;
    },
  };
}

let loaded: Promise<Blob> | undefined;

/** Read once a process: reading a file's blob anew takes a fifth of what opening a database of it does. */
const snapshot = (): Promise<Blob> => (loaded ??= loadSnapshot());

const loadSnapshot = async (): Promise<Blob> => new Blob([await readFile(await snapshotFile())]);

/**
 * Made once per version of the migrations: making a PGlite from nothing takes seconds, loading one half a second. The queue's tables
 * are in it as well, since making them takes as long as that.
 */
async function snapshotFile(): Promise<string> {
  const folder = join(import.meta.dirname, '../../node_modules/.cache/assay-test');
  const file = join(folder, `pglite-${migrationsHash()}.tar`);
  if (existsSync(file)) return file;
  const database = await openDatabase({ memory: 'empty' });
  if (database.engine.type !== 'pglite') throw new Error('An in-memory database is a PGlite.');
  const queue = await startQueue(database);
  await queue.stop();
  const dump = await database.engine.pglite.dumpDataDir('none');
  await database.close();
  mkdirSync(folder, { recursive: true });
  // Other test files may be at it too: whoever is last wins, and none reads a half-written file.
  const own = `${file}.${randomUUID()}`;
  writeFileSync(own, Buffer.from(await dump.arrayBuffer()));
  renameSync(own, file);
  return file;
}

function migrationsHash(): string {
  const hash = createHash('sha256');
  const folder = join(import.meta.dirname, '../../src/store/migrations');
  for (const name of readdirSync(folder).sort()) hash.update(name).update(readFileSync(join(folder, name)));
  for (const name of [
    'src/store/queue.ts',
    ...['@electric-sql/pglite', 'pg-boss'].map(name => `node_modules/${name}/package.json`),
  ])
    hash.update(readFileSync(join(import.meta.dirname, '../..', name)));
  return hash.digest('hex').slice(0, 16);
}

/** Makes a data folder with empty, migrated tables, for a server that is started on it. Unpacked without a PGlite, which takes seconds. */
export async function createDataFolder(dataDir: string): Promise<void> {
  mkdirSync(dataDir, { recursive: true });
  execFileSync('tar', ['-xf', await snapshotFile(), '-C', dataDir], { stdio: 'ignore' });
}

/** An embedded database in memory. */
export async function openMemory(): Promise<Database> {
  return openDatabase({ memory: await snapshot() });
}

/** The PostgreSQL on loopback on which databases may be made; undefined where none answers. */
export const postgresUrl = await findPostgres();

/** Both engines; PostgreSQL only where a server answers on loopback. */
export const engines: readonly Engine[] = [
  reused('PGlite', async () => {
    const database = await openMemory();
    return { database, discard: () => database.close() };
  }),
  postgresUrl === undefined
    ? reused('PostgreSQL (skipped: none answers on loopback, see ASSAY_TEST_DATABASE_URL)', undefined)
    : reused('PostgreSQL', () => openOwnDatabase(postgresUrl)),
];

/** A database of its own on this server, gone when it is discarded. */
export async function openOwnDatabase(adminUrl: string): Promise<Opened> {
  const name = `assay_test_${randomUUID().replaceAll('-', '')}`;
  await runOnce(adminUrl, `create database ${name}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  const database = await openDatabase({ databaseUrl: url.href });
  return {
    database,
    async discard() {
      await database.close();
      await runOnce(adminUrl, `drop database ${name} with (force)`);
    },
  };
}

/** Ours and, once a queue was started, pg-boss's. No queue may be at work. */
async function emptyTables({ kysely }: Database): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where (schemaname = 'public' and tablename not like 'kysely%')
      or (schemaname = 'pgboss' and tablename in ('job', 'schedule'))`.execute(kysely);
  // Rows of the record cannot be changed otherwise.
  await sql`alter table audit disable trigger user`.execute(kysely);
  await sql.raw(`truncate ${rows.map(({ name }) => name).join(', ')} cascade`).execute(kysely);
  await sql`alter table audit enable trigger user`.execute(kysely);
}

async function findPostgres(): Promise<string | undefined> {
  const { ASSAY_TEST_DATABASE_URL } = process.env;
  for (const url of ASSAY_TEST_DATABASE_URL
    ? [ASSAY_TEST_DATABASE_URL]
    : ['postgres://postgres@127.0.0.1:5432/postgres']) {
    if (
      await runOnce(url, 'select 1').then(
        () => true,
        () => false,
      )
    )
      return url;
  }
  return undefined;
}

async function runOnce(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  try {
    await client.connect();
    await client.query(statement);
  } finally {
    await client.end();
  }
}
