import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';

const entry = join(import.meta.dirname, '../../bin/assay.js');

/** One for all: compiling the program anew for each command takes as long as the command. */
export const compiledCode = join(import.meta.dirname, '../../node_modules/.cache/assay-test/compiled');

/** Everything that a person who typed the command would see, and its exit code. */
export type Ran = { readonly code: number | null; readonly out: string; readonly err: string };

/** Runs the real command line in a folder, without the settings of whoever runs the tests. */
export async function runAssay(
  args: readonly string[],
  { cwd, env = {} }: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
): Promise<Ran> {
  const { PATH = '' } = process.env;
  const clean = {
    PATH,
    HOME: cwd,
    XDG_CACHE_HOME: compiledCode,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_SYSTEM: '/dev/null',
    ...env,
  };
  // Of the embedded database a command runs little: compiling that well takes longer.
  const child = spawn(process.execPath, ['--liftoff-only', entry, ...args], {
    cwd,
    env: clean,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, out, err };
}
