/**
 * Packs `assay check` and its thread into a few files of dist/cli/, so that a person who checks one file does not wait for hundreds of
 * small modules to be found. Everything else of dist/ stays as the compiler wrote it. Run after the compiler.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist/cli');

/** Loaded late and seldom; what is left out is loaded from where it is installed. */
const external = [/^node:/, /^@secretlint\//];

const bundle = await rolldown({
  // The thread looks for its code beside itself: both stand in one folder.
  input: { check: join(root, 'src/cli/check.ts'), worker: join(root, 'src/parser/worker.ts') },
  platform: 'node',
  external,
  logLevel: 'warn',
});
const { output } = await bundle.write({
  dir: dist,
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames: 'check-[name]-[hash].js',
});
await bundle.close();

/** Folders of the packages whose code is in the bundle. */
const packages = new Set(
  output.flatMap(file => (file.type === 'chunk' ? file.moduleIds : [])).flatMap(id => packageFolder(id) ?? []),
);
writeFileSync(join(dist, 'THIRD-PARTY-LICENSES.txt'), [...packages].toSorted().map(licenceOf).join('\n\n'));

/** The folder of the package that a module belongs to; undefined for our own. */
function packageFolder(id: string): string | undefined {
  const found = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id.replaceAll('\\', '/'))?.[1];
  return found;
}

/** Name, version and the text of its licence, as most licences ask of whoever passes the code on. */
function licenceOf(folder: string): string {
  const { name, version, license }: { name: string; version: string; license?: string } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  const names = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'license', 'LICENCE', 'license.txt', 'COPYING'];
  const file = names.map(each => join(folder, each)).find(existsSync);
  // Some packages carry their licence in package.json alone.
  const text = file === undefined ? `Licence: ${license ?? 'not named'}` : readFileSync(file, 'utf8').trim();
  return `${name} ${version} (${license ?? 'see below'})\n${'-'.repeat(60)}\n${text}\n`;
}
