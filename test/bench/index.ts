/**
 * `npm run bench`: figures on speed, memory and calls, as a table. Everything runs on this machine; GitHub is the simulated one, in a
 * process beside the server's. The figures of record are in docs/performance.md.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureColdStart } from './cold-start.ts';
import type { Figure } from './figures.ts';
import { toTable } from './figures.ts';
import { measureJudgeCost } from './judge-cost.ts';
import { measureJudge } from './judge-speed.ts';
import { measureMeaning } from './meaning-speed.ts';
import { checkRealFiles } from './real-files.ts';
import { compareWithReference } from './reference.ts';
import { measureReviews, startBench } from './reviews.ts';
import { measureWebhooks } from './webhooks.ts';

const folder = await mkdtemp(join(tmpdir(), 'assay-bench-'));
const say = (text: string): boolean => process.stderr.write(`${text}\n`);

say('Checking real files …');
const figures: Figure[] = [...(await checkRealFiles(join(folder, 'real')))];
figures.push(compareWithReference(join(folder, 'real'), process.env['ASSAY_REFERENCE']));
say('Starting the packed command line …');
figures.push(...measureColdStart(folder));
say('Judging …');
figures.push(...(await measureJudge()), ...(await measureJudgeCost()), ...measureMeaning());
const bench = await startBench(folder);
say('Reviewing …');
figures.push(...(await measureReviews(bench)));
say('Delivering webhooks …');
figures.push(...(await measureWebhooks(bench)));
await bench.end();
await rm(folder, { recursive: true });

const [cpu] = cpus();
process.stdout.write(
  `${new Date().toISOString().slice(0, 10)}, ${availableParallelism()} cores (${cpu?.model.trim() ?? 'unknown'}), Node ${process.versions.node}, ${process.platform}\n\n${toTable(figures)}\n`,
);
