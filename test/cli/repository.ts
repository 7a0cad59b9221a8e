import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder of its own with these files. */
export function writeFolder(files: Readonly<Record<string, string>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'assay-cli-')));
  for (const [path, text] of Object.entries(files)) writeIn(folder, path, text);
  return folder;
}

/** Writes a file and the folders above it. */
export function writeIn(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** Git in a folder, without the settings of whoever runs the tests. */
export function runGit(folder: string, ...args: readonly string[]): string {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  const identity = ['-c', 'user.name=Jo', '-c', 'user.email=jo@example.org', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', ['-C', folder, ...identity, ...args], {
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** A repository whose branch `main` has these files; a branch `mine` is checked out. */
export function makeRepository(files: Readonly<Record<string, string>>): string {
  const folder = writeFolder(files);
  runGit(folder, 'init', '--quiet', '--initial-branch=main');
  runGit(folder, 'add', '--all');
  runGit(folder, 'commit', '--quiet', '--message', 'Base');
  runGit(folder, 'checkout', '--quiet', '-b', 'mine');
  return folder;
}
