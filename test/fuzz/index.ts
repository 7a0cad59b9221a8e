/**
 * Changes real files in many ways and looks whether Assay reads what comes out: no crash, no file that takes a second or 256 MB,
 * no finding outside of its file. `npm run fuzz -- --count 10000`, `--minutes 30`, `--seed N` to do the same again.
 */
import { parseArgs } from 'node:util';
import { readCorpus } from './corpus.ts';
import { fuzz } from './fuzz.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '10000' },
    minutes: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
  },
});
const number = (name: string, text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} must be a whole number.`);
  return Number(text);
};
const seed = number('seed', values.seed);
const limit =
  values.minutes === undefined
    ? { count: number('count', values.count) }
    : { milliseconds: number('minutes', values.minutes) * 60_000 };

const { source, originals } = readCorpus();
process.stdout.write(`Seed ${seed}; ${source}.\n`);
const started = performance.now();
const result = await fuzz(originals, seed, limit);
const seconds = ((performance.now() - started) / 1000).toFixed(1);
const peak = Math.round(process.resourceUsage().maxRSS / 1024);
process.stdout.write(`${result.files} files in ${seconds} s; ${peak} MB at most.\n`);
if (result.failure !== undefined) {
  process.stderr.write(`${result.failure}\n`);
  process.exitCode = 1;
}
