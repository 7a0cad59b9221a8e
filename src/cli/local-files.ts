import { lstat, readFile, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { MAX_FILE_BYTES } from '../core/pull-request.ts';
import type { ChangedFile, FileContent } from '../core/pull-request.ts';
import { roleOf } from '../core/taxonomy.ts';
import { gitBlobId } from './git-blob-id.ts';
import { placeOf } from './place-of.ts';

/** A file on the disk: as the person named it, and as the taxonomy would name it. */
export type LocalFile = {
  /** To be shown. */
  readonly shown: string;
  /** The folder that stands for the root of the repository. Two checkouts on one command line must not be mixed up. */
  readonly root: string;
  /** With its path from that root. */
  readonly file: ChangedFile;
};

/**
 * The files that are named, and in folders those that are, or were meant as, part of a contribution. Beside each `qna.yaml` its
 * `attribution.txt` is read too. Symbolic links are not followed. Throws with a sentence for people when a path does not exist.
 */
export async function findFiles(paths: readonly string[]): Promise<readonly LocalFile[]> {
  const found = new Map<string, LocalFile>();
  const add = async (shown: string) => {
    if (!found.has(shown)) found.set(shown, await readLocalFile(shown));
  };
  for (const path of paths) {
    const stat = await lstat(path).catch(() => undefined);
    if (stat === undefined) throw new Error(`There is no file or folder ${JSON.stringify(path)}.`);
    if (!stat.isDirectory()) await add(path);
    else for (const file of await walk(path)) await add(file);
  }
  for (const { shown } of [...found.values()].filter(({ file }) => roleOf(file.path) !== 'attribution')) {
    const attribution = join(dirname(shown), 'attribution.txt');
    if ((await lstat(attribution).catch(() => undefined)) !== undefined) await add(attribution);
  }
  return [...found.values()];
}

/** In the order of names, so that two runs say the same. */
async function walk(folder: string): Promise<readonly string[]> {
  const entries = (await readdir(folder, { withFileTypes: true })).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const files: string[] = [];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== '.git' && entry.name !== 'node_modules') files.push(...(await walk(path)));
    } else if (await isWanted(path)) files.push(path);
  }
  return files;
}

/** Outside of a taxonomy only what is called `qna` is meant: other YAML there belongs to something else. */
async function isWanted(path: string): Promise<boolean> {
  if (!/\.(?:ya?ml|ymal|txt)\s*$/i.test(path)) return false;
  const place = await placeOf(path, () => Promise.resolve(''));
  return place.isDraft ? roleOf(basename(path)) === 'misplaced' : roleOf(place.path) !== 'other';
}

async function readLocalFile(shown: string): Promise<LocalFile> {
  const stat = await lstat(shown);
  const bytes = stat.isFile() && stat.size <= MAX_FILE_BYTES ? await readFile(shown) : undefined;
  if (bytes === undefined && !stat.isFile() && !stat.isSymbolicLink())
    throw new Error(`${JSON.stringify(shown)} is not a file.`);
  const { root, path } = await placeOf(shown, () => Promise.resolve(bytes?.toString('utf8') ?? ''));
  const content: FileContent = bytes
    ? { type: 'bytes', bytes }
    : stat.isSymbolicLink()
      ? { type: 'symlink' }
      : { type: 'too-large', size: stat.size };
  return { shown, root, file: { path, status: 'added', blobSha: bytes ? gitBlobId(bytes) : '', content } };
}
