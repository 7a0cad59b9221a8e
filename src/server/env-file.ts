import { chmodSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

/** The variables of a `.env` file; none when there is no file. */
export function readEnvFile(path: string): Readonly<Record<string, string | undefined>> {
  return parseEnv(readText(path));
}

/**
 * Adds the variables to a `.env` file and keeps every line that is about others. The file is for its owner's eyes alone: it holds a
 * private key.
 */
export function updateEnvFile(path: string, variables: Readonly<Record<string, string>>): void {
  const names = new Set(Object.keys(variables));
  const kept = readText(path)
    .split('\n')
    .filter(line => !names.has(/^\s*(?:export\s+)?(\w+)\s*=/.exec(line)?.[1] ?? ''));
  const added = Object.entries(variables).map(([name, value]) => `${name}="${value.trim().replaceAll('\n', '\\n')}"`);
  const text = [...kept.join('\n').trimEnd().split('\n'), ...added, ''].join('\n').trimStart();
  // Whole or not at all: half a private key is worse than none.
  const draft = `${path}.new`;
  writeFileSync(draft, text, { mode: 0o600 });
  chmodSync(draft, 0o600);
  renameSync(draft, path);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}
