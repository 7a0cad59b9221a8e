import { PGlite, types as pgliteTypes } from '@electric-sql/pglite';
import { Kysely, PGliteDialect, PostgresDialect, sql } from 'kysely';
import { Pool, types as pgTypes } from 'pg';
import { connectionTrouble } from './connection-trouble.ts';
import { lockFolder } from './folder-lock.ts';
import { migrate } from './migrate.ts';
import type { Schema } from './schema.ts';

/** Where the tables are: in a folder of our own, on a PostgreSQL server, or (tests) in memory. */
export type DatabasePlace =
  | { readonly dataDir: string }
  | { readonly databaseUrl: string; readonly onError?: (error: Error) => void }
  | { readonly memory: Blob | 'empty' };

/** An open, migrated database. `engine` is what the queue needs to know of it. */
export type Database = {
  readonly kysely: Kysely<Schema>;
  readonly engine:
    | { readonly type: 'pglite'; readonly pglite: PGlite }
    | { readonly type: 'postgres'; readonly databaseUrl: string };
  /** Lets go of the folder or the connections. Nothing may use the database afterwards. */
  close(): Promise<void>;
};

/** Measured: 16 MB instead of 128 MB saves 120 MB of memory and costs nothing at our sizes. */
const PGLITE_PARAMETERS = ['-c', 'shared_buffers=16MB'];

export const OLDEST_POSTGRES = 15;

/**
 * Opens the database and brings its tables up to date. Numbers are numbers on both engines: `bigint` and `count(*)` too, which `pg`
 * alone would hand over as text. Throws one sentence with the remedy when the folder is taken or the server cannot be used.
 */
export async function openDatabase(place: DatabasePlace): Promise<Database> {
  if ('databaseUrl' in place) return openPostgres(place);
  if ('memory' in place)
    return openPglite(place.memory === 'empty' ? {} : { loadDataDir: place.memory }, () => undefined);
  const lock = lockFolder(place.dataDir);
  return openPglite({ dataDir: lock.folder }, lock.release);
}

async function openPglite(
  options: { readonly dataDir: string } | { readonly loadDataDir?: Blob },
  release: () => void,
): Promise<Database> {
  try {
    const pglite = await PGlite.create({
      ...options,
      parsers: { [pgliteTypes.INT8]: Number },
      startParams: [...PGlite.defaultStartParams, ...PGLITE_PARAMETERS],
    });
    const kysely = new Kysely<Schema>({ dialect: new PGliteDialect({ pglite }) });
    await migrate(kysely);
    return {
      kysely,
      engine: { type: 'pglite', pglite },
      async close() {
        await kysely.destroy();
        release();
      },
    };
  } catch (error) {
    release();
    throw error;
  }
}

async function openPostgres({
  databaseUrl,
  onError,
}: Extract<DatabasePlace, { databaseUrl: string }>): Promise<Database> {
  const pool = new Pool({
    connectionString: databaseUrl,
    max: 10,
    types: {
      getTypeParser: (oid, format) => (oid === pgTypes.builtins.INT8 ? Number : pgTypes.getTypeParser(oid, format)),
    },
  });
  // An idle connection that the server ends is an event; unheard it would end the process.
  pool.on('error', error => onError?.(error));
  // So is one that ends between two statements of a transaction; its next statement fails.
  pool.on('connect', client => void client.on('error', error => onError?.(error)));
  // Compiling a question takes 20 ms, answering it one: PostgreSQL overrates what ours cost. Without, they are slower, not wrong.
  pool.on('connect', client => void client.query('set jit = off').catch((error: Error) => onError?.(error)));
  const kysely = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  try {
    await requireVersion(kysely);
    await migrate(kysely);
  } catch (error) {
    await kysely.destroy();
    throw error;
  }
  return { kysely, engine: { type: 'postgres', databaseUrl }, close: () => kysely.destroy() };
}

async function requireVersion(kysely: Kysely<Schema>): Promise<void> {
  const answer = await sql<{ version: number }>`select current_setting('server_version_num')::int / 10000 as version`
    .execute(kysely)
    .catch((error: unknown) => {
      const { says, remedy } = connectionTrouble(error);
      throw new Error(`The PostgreSQL of DATABASE_URL ${says}: ${remedy}.`, { cause: error });
    });
  const version = answer.rows[0]?.version ?? 0;
  if (version < OLDEST_POSTGRES) {
    throw new Error(`PostgreSQL ${version} is too old: DATABASE_URL needs ${OLDEST_POSTGRES} or newer.`);
  }
}
