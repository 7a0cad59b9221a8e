/**
 * `npm run bench:duplicates`: how quickly, how well and in how much space examples are found again, at growing sizes, on the
 * embedded database and, with DATABASE_URL, on PostgreSQL (in a database of its own there). `--full` goes on to a million, which
 * takes a quarter of an hour; `--sizes 1000,20000` asks for others, `--only-postgres` leaves the embedded one out, `--index-only` the
 * texts and whatever needs them: with ten million that leaves a tenth of the work. The figures of record are in docs/performance.md.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openDatabase } from '../../../src/store/database.ts';
import type { Database } from '../../../src/store/database.ts';
import { openOwnDatabase } from '../../store/databases.ts';
import { toTable } from '../figures.ts';
import type { Figure } from '../figures.ts';
import { readCorpus, readLabelled, readRewordings } from './corpus.ts';
import { growIndex, growPostings } from './measure.ts';

const shared = join(import.meta.dirname, '../../../../shared');
const { values } = parseArgs({
  options: {
    full: { type: 'boolean' },
    sizes: { type: 'string' },
    'only-postgres': { type: 'boolean' },
    'index-only': { type: 'boolean' },
  },
});
const sizes = (values.sizes ?? (values.full === true ? '1000,10000,100000,1000000' : '1000,10000,100000'))
  .split(',')
  .map(Number);

if (existsSync(shared)) await bench();
else process.stdout.write(`Skipped: there are no recorded examples in ${shared}.\n`);

async function bench(): Promise<void> {
  const corpus = await readCorpus(join(shared, 'taxonomy-prs'));
  const rewordings = {
    'STS-benchmark': readRewordings(join(shared, 'pairs-data')),
    'labelled pairs': readLabelled(join(shared, 'taxonomy-prs/example-pairs-labelled-dev.jsonl')),
  };
  const figures: Figure[] = [];
  const run = async (name: string, database: Database): Promise<void> => {
    const index = growIndex(name, database, corpus, rewordings);
    for (const size of sizes) {
      process.stderr.write(`${name}: ${size} …\n`);
      const measured = [...(await index.grow(size)), ...(await index.measure())];
      for (const { what, value } of measured) process.stderr.write(`  ${what}: ${value}\n`);
      figures.push(...measured);
    }
  };
  const build = async (name: string, database: Database): Promise<void> => {
    const postings = growPostings(name, database, corpus);
    for (const size of sizes) {
      const measured = [
        ...(await postings.build(size)),
        ...(values['index-only'] === true ? await postings.time() : []),
      ];
      for (const { what, value } of measured) process.stderr.write(`  ${what}: ${value}\n`);
      figures.push(...measured);
    }
  };
  const { DATABASE_URL } = process.env;
  for (const part of values['index-only'] === true ? [build] : [build, run]) {
    if (values['only-postgres'] !== true) {
      const folder = await mkdtemp(join(tmpdir(), 'assay-bench-'));
      const embedded = await openDatabase({ dataDir: join(folder, 'data') });
      await part('PGlite', embedded);
      await embedded.close();
      await rm(folder, { recursive: true });
    }
    if (DATABASE_URL !== undefined) {
      const { database, discard } = await openOwnDatabase(DATABASE_URL);
      await part('PostgreSQL', database);
      await discard();
    }
  }
  const [cpu] = cpus();
  process.stdout.write(
    `${new Date().toISOString().slice(0, 10)}, ${availableParallelism()} cores (${cpu?.model.trim() ?? 'unknown'}), Node ${process.versions.node}, ${process.platform}\n\n${toTable(figures)}\n`,
  );
}
