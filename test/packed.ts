import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

const project = join(import.meta.dirname, '..');

/** Packs the project as `npm publish` would, which builds it first. Gives the path of the tarball, in this folder. */
export function pack(folder: string): string {
  const out = execFileSync('npm', ['pack', '--json', '--pack-destination', folder], {
    cwd: project,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const packed: readonly { filename: string }[] = Object.values(JSON.parse(out.slice(out.search(/^[[{]/m))));
  return join(folder, packed[0]?.filename ?? '');
}

/** Unpacks a tarball; its files are then in this folder. */
export function unpack(tarball: string, folder: string): void {
  mkdirSync(folder, { recursive: true });
  execFileSync('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
}
