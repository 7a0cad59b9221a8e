import { spawnSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import type { Figure } from './figures.ts';

const entry = join(import.meta.dirname, '../../bin/assay.js');
const WHAT = 'speed against the reference checker, the same files in the same run';
const GOAL = '≥ 50 times';

/** The reference takes a tenth of a second for each. */
const MAX_FILES = 300;

/**
 * Compares `assay check --profile instructlab` with a command such as `python3 check-yaml.py`, which gets the
 * names of the files as its arguments. `folder` holds the real files. Both are timed from the start of the process to its end.
 */
export function compareWithReference(folder: string, command: string | undefined): Figure {
  if (command === undefined) return { what: WHAT, value: 'skipped: ASSAY_REFERENCE is not set', goal: GOAL };
  const files = existsSync(folder)
    ? globSync('**/qna.yaml', { cwd: folder })
        .slice(0, MAX_FILES)
        .map(file => join(folder, file))
    : [];
  if (files.length === 0) return { what: WHAT, value: 'skipped: there are no real files', goal: GOAL };
  const [program = '', ...given] = command.trim().split(/\s+/);
  const reference = seconds(program, [...given, ...files]);
  const ours = seconds(process.execPath, [entry, 'check', '--profile', 'instructlab', ...files]);
  const times = reference / ours;
  return {
    what: WHAT,
    value: `${times < 10 ? times.toFixed(1) : Math.round(times)} times (${files.length} files: ${reference.toFixed(1)} s and ${ours.toFixed(2)} s)`,
    goal: GOAL,
  };
}

/** Findings are no failure: both end with 1 when there are some. */
function seconds(program: string, args: readonly string[]): number {
  const started = performance.now();
  const { status, error, stderr } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 100_000_000 });
  if (error !== undefined || (status !== 0 && status !== 1))
    throw new Error(`${program} failed: ${error?.message ?? stderr.slice(0, 500)}`);
  return (performance.now() - started) / 1000;
}
