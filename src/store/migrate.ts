import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { up as makeFirstTables } from './migrations/0001-first-tables.ts';
import { up as makeRepositoryIndex } from './migrations/0002-repository-index.ts';
import { up as makeExampleTexts } from './migrations/0003-example-texts.ts';
import { up as makeLedger } from './migrations/0004-ledger.ts';
import { up as makeMeanings } from './migrations/0008-meanings.ts';
import { up as makeLanes } from './migrations/0009-lanes.ts';
import { up as makeAudit } from './migrations/0010-audit.ts';
import { up as makeLookupFunctions } from './migrations/0011-lookup-functions.ts';
import { up as makeSegments } from './migrations/0012-segments.ts';

/** Every migration, by name and in order. Listed here, not found in a folder: a stray file must never run. */
const migrations = {
  '0001-first-tables': { up: makeFirstTables },
  '0002-repository-index': { up: makeRepositoryIndex },
  '0003-example-texts': { up: makeExampleTexts },
  '0004-ledger': { up: makeLedger },
  '0008-meanings': { up: makeMeanings },
  '0009-lanes': { up: makeLanes },
  '0010-audit': { up: makeAudit },
  '0011-lookup-functions': { up: makeLookupFunctions },
  '0012-segments': { up: makeSegments },
};

/**
 * Brings the tables up to date. On PostgreSQL Kysely holds an advisory lock meanwhile, so many processes may start at once. Where a
 * newer Assay has been, nothing is done: migrations only add (docs/architecture.md), so a process of the version before can start
 * again in the middle of an upgrade.
 */
export async function migrate<Tables>(kysely: Kysely<Tables>): Promise<void> {
  if (await isOfNewerVersion(kysely)) return;
  const migrator = new Migrator({ db: kysely, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined && !(await isOfNewerVersion(kysely)))
    throw new Error('The database could not be brought up to date.', { cause: error });
}

/** Whether all of ours were done, and others that we do not know. */
async function isOfNewerVersion<Tables>(kysely: Kysely<Tables>): Promise<boolean> {
  const { rows: tables } = await sql`select from pg_tables where tablename = 'kysely_migration'`.execute(kysely);
  if (tables.length === 0) return false;
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(kysely);
  const done = new Set(rows.map(({ name }) => name));
  const own = Object.keys(migrations);
  return done.size > own.length && own.every(name => done.has(name));
}
