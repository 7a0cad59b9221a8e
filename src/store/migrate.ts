import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { up as makeFirstTables } from './migrations/0001-first-tables.ts';
import { up as makeRepositoryIndex } from './migrations/0002-repository-index.ts';
import { up as makeExampleTexts } from './migrations/0003-example-texts.ts';
import { up as makeLedger } from './migrations/0004-ledger.ts';
import { up as makeMeanings } from './migrations/0008-meanings.ts';
import { up as makeLanes } from './migrations/0009-lanes.ts';
import { up as makeAudit } from './migrations/0010-audit.ts';

/** Every migration, by name and in order. Listed here, not found in a folder: a stray file must never run. */
const migrations = {
  '0001-first-tables': { up: makeFirstTables },
  '0002-repository-index': { up: makeRepositoryIndex },
  '0003-example-texts': { up: makeExampleTexts },
  '0004-ledger': { up: makeLedger },
  '0008-meanings': { up: makeMeanings },
  '0009-lanes': { up: makeLanes },
  '0010-audit': { up: makeAudit },
};

/** Brings the tables up to date. On PostgreSQL Kysely holds an advisory lock meanwhile, so many processes may start at once. */
export async function migrate<Tables>(kysely: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({ db: kysely, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw new Error('The database could not be brought up to date.', { cause: error });
}
