import { mkdirSync, realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Held until it is released or the process ends, however it ends. */
export type FolderLock = { readonly folder: string; readonly release: () => void };

const BUSY = 'database is locked';

/**
 * Makes the folder if need be and takes it for this process alone. Two processes on one PGlite folder are not refused by PGlite and
 * lose each other's rows in silence; SQLite's file lock is the one in Node that the system frees after `kill -9`.
 * Throws one sentence with the remedy when another process has it.
 */
export function lockFolder(path: string): FolderLock {
  const folder = makeFolder(path);
  const file = `${folder}.lock`;
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(file, { timeout: 0 });
    lock.exec('PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=MEMORY; BEGIN EXCLUSIVE');
  } catch (error) {
    lock?.close();
    const isTaken = error instanceof Error && error.message.includes(BUSY);
    throw new Error(
      isTaken
        ? `Another process is using the data folder ${folder}: stop it, set ASSAY_DATA to another folder, or set DATABASE_URL to share a PostgreSQL.`
        : `The data folder ${folder} cannot be locked: make sure that this process may write ${file}.`,
      { cause: error },
    );
  }
  const held = lock;
  return { folder, release: () => held.close() };
}

/** The lock lies beside the folder, and two names of one folder must lead to one lock: so its real name. */
function makeFolder(path: string): string {
  try {
    if (!isFolder(path)) makeFolders(path);
    return realpathSync(path);
  } catch (error) {
    throw new Error(`The data folder ${path} cannot be made: set ASSAY_DATA to a folder that this process may write.`, {
      cause: error,
    });
  }
}

/** Step by step: Node's `recursive` never ends where a parent is there and yet nothing can be made in it, as below /proc. */
function makeFolders(path: string): void {
  const parent = dirname(path);
  if (!isFolder(parent)) makeFolders(parent);
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another process was quicker.
    if (!isFolder(path)) throw error;
  }
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
