import { spawnSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pack, unpack } from '../packed.ts';
import type { Figure } from './figures.ts';
import { ms, quantile } from './figures.ts';

const project = join(import.meta.dirname, '../..');
const file = join(
  project,
  'test/fixtures/contributions/ok.freeform-skill/compositional_skills/writing/weather_proverbs/qna.yaml',
);
const RUNS = 25;
const GOAL = '< 200 ms';

/** How long the packed command line takes for a single file, from the start of its process to the end. */
export function measureColdStart(folder: string): readonly Figure[] {
  const installed = join(folder, 'installed');
  unpack(pack(folder), installed);
  symlinkSync(join(project, 'node_modules'), join(installed, 'node_modules'));
  const entry = join(installed, 'bin/assay.js');
  const runs = (cacheOf: (run: number) => string): readonly number[] =>
    Array.from({ length: RUNS }, (_, run) => timed(entry, join(folder, cacheOf(run))));

  const first = runs(run => `cache ${run}`);
  timed(entry, join(folder, 'cache'));
  const later = runs(() => 'cache');
  const value = (times: readonly number[]): string =>
    `median ${ms(quantile(times, 0.5))}, shortest ${ms(Math.min(...times))} (${RUNS} runs)`;
  return [
    { what: '`assay check` of a single file, packed, whole process', value: value(later), goal: GOAL },
    { what: 'the same when it runs for the first time, without compiled code', value: value(first), goal: GOAL },
  ];
}

function timed(entry: string, cache: string): number {
  const env = { ...process.env, XDG_CACHE_HOME: cache };
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [entry, 'check', file], { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`The packed command failed: ${stderr}`);
  return performance.now() - started;
}
