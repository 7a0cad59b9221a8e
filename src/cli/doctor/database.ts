import { access, constants, lstat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Client } from 'pg';
import type { Environment } from '../../config/environment.ts';
import { connectionTrouble } from '../../store/connection-trouble.ts';
import { OLDEST_POSTGRES } from '../../store/database.ts';
import { lockFolder } from '../../store/folder-lock.ts';
import type { Checkup } from './checkup.ts';

/** Looks whether the database can be used, without opening its tables: a server that is running must not be disturbed. */
export const checkDatabase = (database: Environment['database']): Promise<Checkup> =>
  'databaseUrl' in database ? checkPostgres(database.databaseUrl) : checkFolder(resolve(database.dataDir));

async function checkFolder(folder: string): Promise<Checkup> {
  const name = 'database';
  if ((await lstat(folder).catch(() => undefined)) === undefined) {
    const parent = await nearest(folder);
    const isWritable = await access(parent, constants.W_OK).then(
      () => true,
      () => false,
    );
    if (isWritable) return { name, state: 'fine', says: `${folder} will be made at the first start.` };
    return {
      name,
      state: 'wrong',
      says: `${folder} cannot be made.`,
      remedy: 'Set ASSAY_DATA to a folder that can be written.',
    };
  }
  try {
    lockFolder(folder).release();
    return { name, state: 'fine', says: `${folder} is there and free.` };
  } catch (error) {
    const isTaken = error instanceof Error && error.message.startsWith('Another process');
    if (isTaken) return { name, state: 'fine', says: `${folder} is in use, by a server that is running.` };
    return {
      name,
      state: 'wrong',
      says: `${folder} cannot be locked.`,
      remedy: 'Set ASSAY_DATA to a folder that can be written.',
    };
  }
}

async function nearest(path: string): Promise<string> {
  const parent = dirname(path);
  return (await lstat(parent).catch(() => undefined)) !== undefined || parent === path ? parent : nearest(parent);
}

async function checkPostgres(connectionString: string): Promise<Checkup> {
  const name = 'database';
  const client = new Client({ connectionString, connectionTimeoutMillis: 10_000 });
  // A connection that breaks is an event, too; unheard it would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ server_version_num: string }>('show server_version_num');
    const version = Math.floor(Number(rows[0]?.server_version_num ?? 0) / 10_000);
    if (version >= OLDEST_POSTGRES) return { name, state: 'fine', says: `PostgreSQL ${version} answers.` };
    return {
      name,
      state: 'wrong',
      says: `PostgreSQL ${version} is too old.`,
      remedy: `Use ${OLDEST_POSTGRES} or newer.`,
    };
  } catch (error) {
    const { says, remedy } = connectionTrouble(error);
    return { name, state: 'wrong', says: `PostgreSQL ${says}.`, remedy: `DATABASE_URL: ${remedy}.` };
  } finally {
    await client.end().catch(() => undefined);
  }
}
