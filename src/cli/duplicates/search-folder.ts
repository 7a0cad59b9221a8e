import { lstat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { textOf } from '../../core/duplicates/comparable.ts';
import { readingKey } from '../../core/duplicates/example-key.ts';
import { roleOf, TAXONOMY_FOLDERS } from '../../core/taxonomy.ts';
import { indexed } from '../../neighbourhood.ts';
import type { ParseFiles } from '../../ports.ts';
import { createExamplesInMemory } from '../../store/examples-in-memory.ts';
import { findFiles } from '../local-files.ts';
import type { LocalFile } from '../local-files.ts';
import type { SearchedLeaf } from './near-pairs.ts';

/** What was looked up, and what it was compared with. */
export type Searched = { readonly leaves: readonly SearchedLeaf[]; readonly comparedWith: string };

const repository = { id: 1, owner: '', name: '' };

/** Looks up every example below a folder in the taxonomy that the folder belongs to, as it stands on the disk. */
export async function searchFolder(folder: string, parse: ParseFiles): Promise<Searched> {
  const asked = (await findFiles([folder])).filter(isLeaf);
  if (asked.length === 0) throw new Error(`There is no qna.yaml in ${JSON.stringify(folder)}.`);
  const searched: SearchedLeaf[] = [];
  let compared = 0;
  for (const [root, files] of Map.groupBy(asked, file => file.root)) {
    const all = await wholeTaxonomy(root, files);
    compared += all.length;
    searched.push(...(await searchIn(all, new Set(files.map(({ file }) => file.path)), parse)));
  }
  const others = compared === 1 ? 'nothing: there is no other file' : `${compared} files of the taxonomy on the disk`;
  return { leaves: searched, comparedWith: others };
}

const isLeaf = ({ file }: LocalFile): boolean => roleOf(file.path) === 'qna';

/** All leaves below the same root; a draft outside of a taxonomy is compared with the drafts beside it. */
async function wholeTaxonomy(root: string, files: readonly LocalFile[]): Promise<readonly LocalFile[]> {
  const folders: string[] = [];
  for (const name of TAXONOMY_FOLDERS)
    if ((await lstat(join(root, name)).catch(() => undefined))?.isDirectory() === true) folders.push(join(root, name));
  const known = new Map(files.map(each => [each.file.path, each]));
  for (const each of folders.length === 0 ? [] : (await findFiles(folders)).filter(isLeaf))
    if (!known.has(each.file.path)) known.set(each.file.path, { ...each, shown: relative('', each.shown) });
  return [...known.values()];
}

async function searchIn(
  all: readonly LocalFile[],
  asked: ReadonlySet<string>,
  parse: ParseFiles,
): Promise<readonly SearchedLeaf[]> {
  const { leaves } = await parse(all.map(({ file }) => file));
  const shownAt = new Map(all.map(({ shown, file }) => [file.path, shown]));
  const examples = createExamplesInMemory();
  await examples.add(
    repository,
    leaves.map(leaf => ({ blobSha: readingKey(leaf.blobSha), examples: indexed(leaf) })),
  );
  const taxonomy = { sha: '', files: new Map(leaves.map(({ path, blobSha }) => [path, readingKey(blobSha)])) };
  const searched: SearchedLeaf[] = [];
  for (const leaf of leaves.filter(({ path }) => asked.has(path))) {
    const texts = leaf.examples.map(textOf);
    const near = await examples.nearestOf({ repository, number: 0 }, texts, taxonomy, new Set([leaf.path]));
    const nearTo = new Map(
      leaf.examples.map((example, index) => [
        example,
        (near[index] ?? []).map(other => ({ ...other, path: shownAt.get(other.path) ?? other.path })),
      ]),
    );
    searched.push({ leaf, shown: shownAt.get(leaf.path) ?? leaf.path, nearTo: example => nearTo.get(example) ?? [] });
  }
  return searched;
}
