import { lstat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { TAXONOMY_FOLDERS } from '../core/taxonomy.ts';

/** Where the taxonomy would find a file on the disk. */
export type Place = {
  readonly root: string;
  /** From the root, with slashes. */
  readonly path: string;
  /** It lies in no taxonomy at all: then only its contents are looked at. */
  readonly isDraft: boolean;
};

/**
 * Like the reference checker, goes by the last folder of the path that is one of the taxonomy's; else, inside a repository that
 * has such folders, by the repository; else the file is a draft, and `readText` tells by its keys whether it is knowledge.
 */
export async function placeOf(shown: string, readText: () => Promise<string>): Promise<Place> {
  const parts = resolve(shown).split(sep);
  const folder = parts.slice(0, -1).findLastIndex(part => TAXONOMY_FOLDERS.some(name => name === part));
  if (folder !== -1)
    return { root: parts.slice(0, folder).join(sep), path: parts.slice(folder).join('/'), isDraft: false };

  const repository = await repositoryOf(dirname(resolve(shown)));
  if (repository !== undefined && (await holdsTaxonomy(repository)))
    return { root: repository, path: relative(repository, resolve(shown)).replaceAll(sep, '/'), isDraft: false };

  const tree = /^document\s*:/m.test(await readText()) ? 'knowledge' : 'compositional_skills';
  return { root: dirname(resolve(shown)), path: `${tree}/draft/${basename(shown)}`, isDraft: true };
}

async function repositoryOf(folder: string): Promise<string | undefined> {
  if (await exists(join(folder, '.git'))) return folder;
  return dirname(folder) === folder ? undefined : repositoryOf(dirname(folder));
}

async function holdsTaxonomy(folder: string): Promise<boolean> {
  for (const name of TAXONOMY_FOLDERS) if (await exists(join(folder, name))) return true;
  return false;
}

const exists = async (path: string): Promise<boolean> => (await lstat(path).catch(() => undefined)) !== undefined;
