/**
 * `npm run chaos -- --seed 1 --seeds 200`: plays histories of pull requests while a real server process is killed and everything
 * around it fails, and looks whether each ends as if nothing had happened. `--minutes 5` goes on with the seeds that follow,
 * `--database URL` (or DATABASE_URL) takes a PostgreSQL on which a database may be made, `--processes` runs one server there that takes
 * deliveries and two that do jobs. The same seed makes the same trouble.
 */
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { play } from './play.ts';
import { startWorlds } from './world.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    seeds: { type: 'string' },
    minutes: { type: 'string' },
    database: { type: 'string' },
    processes: { type: 'boolean', default: false },
  },
});
const adminUrl = values.database ?? process.env['DATABASE_URL'];
const first = Number(values.seed);
const until = values.minutes === undefined ? Infinity : Date.now() + Number(values.minutes) * 60_000;
const count = values.seeds === undefined ? (values.minutes === undefined ? 1 : Infinity) : Number(values.seeds);

const injected = new Map<string, number>();
const totals = { seeds: 0, survived: 0, lost: 0, doubled: 0 };
const say = (text: string): boolean => process.stdout.write(`${text}\n`);

// The embedded database is WebAssembly, and compiling it well takes longer than a history.
setFlagsFromString('--liftoff-only');
await using worlds = await startWorlds({ adminUrl, hasProcesses: values.processes && adminUrl !== undefined });
for (let seed = first; seed < first + count; seed++) {
  if (Date.now() > until) break;
  const played = await play(seed, worlds);
  for (const name of played.injected) injected.set(name, (injected.get(name) ?? 0) + 1);
  totals.seeds++;
  totals.lost += played.lost;
  totals.doubled += played.doubled;
  if (played.wrong.length === 0) totals.survived++;
  else say(`seed ${seed} (${played.injected.join('; ')}):\n${played.wrong.join('\n')}`);
}
for (const [name, times] of [...injected].sort(([a], [b]) => a.localeCompare(b)))
  say(`${String(times).padStart(6)}  ${name}`);
say(
  `${adminUrl === undefined ? 'embedded database' : 'PostgreSQL'}: ${totals.seeds} seeds, injected ${[...injected.values()].reduce((sum, times) => sum + times, 0)}, survived ${totals.survived}, lost ${totals.lost}, doubled ${totals.doubled}`,
);
if (totals.survived < totals.seeds || totals.lost + totals.doubled > 0) process.exitCode = 1;
