/**
 * Measures the verdicts on duplicates on labelled pairs and files, and writes docs/duplicates-measured.md. Exit 1 when a goal is
 * missed, or when the model that is shipped is not the one that the pairs give; 2 when the recorded pull requests are absent.
 * `npm run eval:duplicates -- FOLDER PART` measures another part with the same format, and writes no page.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { possibleModel } from '../src/core/duplicates/pair-verdict.ts';
import { measureAlarms } from './eval-duplicates/accepted.ts';
import { measureContributionPairs } from './eval-duplicates/contribution-pairs.ts';
import { measurePairs } from './eval-duplicates/example-pairs.ts';
import { readLabelled } from './eval-duplicates/labelled.ts';
import { fit } from './eval-duplicates/logistic.ts';
import { goalsOf, renderPage } from './eval-duplicates/page.ts';
import { measureSentences } from './eval-duplicates/sentence-pairs.ts';

const shared = join(import.meta.dirname, '../../shared');
const [folder = join(shared, 'taxonomy-prs'), part = 'dev'] = process.argv.slice(2);
const isOwn = process.argv.length === 2;

if (existsSync(join(folder, `example-pairs-labelled-${part}.jsonl`))) {
  const labelled = await readLabelled(folder, part);
  const pairs = measurePairs(labelled.examplePairs);
  const measured = {
    part,
    pairs,
    lostPairs: labelled.lostPairs,
    outcomes: measureContributionPairs(labelled.contributionPairs, labelled.recording),
    alarms: measureAlarms(labelled.accepted),
    similarity: measureSentences(join(shared, 'pairs-data')),
  };
  const page = renderPage(measured);
  process.stdout.write(page);
  if (isOwn) writeFileSync(join(import.meta.dirname, '../docs/duplicates-measured.md'), page);
  const shipped = [possibleModel.bias, possibleModel.asked, possibleModel.said];
  const isDrifted = isOwn && fit(pairs).some((weight, index) => Math.abs(weight - (shipped[index] ?? 0)) > 0.01);
  if (isDrifted) process.stderr.write('The model that is shipped is not the one that these pairs give.\n');
  if (isDrifted || goalsOf(measured).some(({ isMet }) => !isMet)) process.exitCode = 1;
} else {
  process.stderr.write(`There are no labelled pairs of the part ${part} in ${folder}.\n`);
  process.exitCode = 2;
}
