import { existsSync, readdirSync } from 'node:fs';
import { chmod, open, readFile, rename, rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { PGlite } from '@electric-sql/pglite';
import { lockFolder } from './folder-lock.ts';

/**
 * Writes the embedded database into one file, which only its owner can read: it holds what people wrote. Nothing may use the folder
 * meanwhile, so this takes its lock and throws one sentence when a server has it. A file that is there already is left alone.
 * Tells how many bytes it has.
 */
export async function backUpFolder(dataDir: string, file: string): Promise<number> {
  if (!existsSync(dataDir)) throw new Error(`There is no database in ${JSON.stringify(dataDir)}.`);
  if (existsSync(file)) throw new Error(`${JSON.stringify(file)} is there already: name another file.`);
  const lock = lockFolder(dataDir);
  try {
    const pglite = await PGlite.create({ dataDir: lock.folder });
    const dump = await pglite.dumpDataDir('gzip');
    await pglite.close();
    const bytes = Buffer.from(await dump.arrayBuffer());
    await writeWhole(file, bytes);
    return bytes.length;
  } finally {
    lock.release();
  }
}

/** Makes the folder anew from such a file. Throws one sentence when there is something in the folder, or the file is no backup. */
export async function restoreFolder(file: string, dataDir: string): Promise<void> {
  if (existsSync(dataDir) && readdirSync(dataDir).length > 0)
    throw new Error(`${JSON.stringify(dataDir)} is not empty: move it away, or set ASSAY_DATA to another folder.`);
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new Error(`${JSON.stringify(file)} cannot be read.`, { cause: error });
  });
  // Before anything is made: a damaged file ends the process from within PGlite, where nobody can catch it.
  const content = await unzip(bytes).catch((error: unknown) => {
    throw noBackup(file, error);
  });
  const lock = lockFolder(dataDir);
  try {
    const pglite = await PGlite.create({ dataDir: lock.folder, loadDataDir: new Blob([new Uint8Array(content)]) });
    await pglite.query('select count(*) from kysely_migration');
    await pglite.close();
  } catch (error) {
    await rm(lock.folder, { recursive: true, force: true });
    throw noBackup(file, error);
  } finally {
    lock.release();
  }
}

const unzip = promisify(gunzip);

const noBackup = (file: string, cause: unknown): Error =>
  new Error(`${JSON.stringify(file)} is no backup that can be restored.`, { cause });

/** Under its name it is whole or not there, and on the disk. */
async function writeWhole(file: string, bytes: Uint8Array): Promise<void> {
  const partial = `${file}.partial`;
  const handle = await open(partial, 'w', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await chmod(partial, 0o600);
  await rename(partial, file);
}
