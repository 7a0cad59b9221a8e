import { readFile, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** Path to text of every file below one of the demo's folders. */
export async function readFolder(
  name: 'base' | 'opened' | 'fixed' | 'twin',
): Promise<Readonly<Record<string, string>>> {
  const root = join(import.meta.dirname, 'files', name);
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
  const texts = await Promise.all(
    paths.map(async path => [relative(root, path).replaceAll('\\', '/'), await readFile(path, 'utf8')]),
  );
  return Object.fromEntries(texts);
}
