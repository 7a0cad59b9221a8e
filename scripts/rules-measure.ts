/**
 * Counts how often each rule is told over recorded pull requests and accepted files, and writes docs/rules-measured.md.
 * With --rule ID it prints the findings of one rule instead, with --sample N [--seed N] some drawn at random, each beside the
 * lines of the file, to be read by people.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { countFindings } from './measure/count.ts';
import { reviewAccepted, reviewRecorded } from './measure/evidence.ts';
import type { Reviewed } from './measure/evidence.ts';
import { renderPage } from './measure/page.ts';
import { drawSample, hitsIn, renderHit } from './measure/sample.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rule: { type: 'string' }, sample: { type: 'string' }, seed: { type: 'string', default: '1' } },
});
const folder = positionals[0] ?? join(import.meta.dirname, '../../shared/taxonomy-prs');

if (existsSync(join(folder, 'prs.jsonl.gz'))) {
  const accepted = await reviewAccepted(folder);
  const reviewed: Reviewed[] = [];
  for await (const each of reviewRecorded(folder)) reviewed.push(each);
  if (values.rule !== undefined) {
    for (const hit of hitsIn([accepted, ...reviewed]).filter(({ finding }) => finding.rule === values.rule))
      process.stdout.write(`${renderHit(hit)}\n`);
  } else if (values.sample !== undefined) {
    for (const hit of drawSample(hitsIn(reviewed), Number(values.sample), Number(values.seed)))
      process.stdout.write(`${renderHit(hit)}\n`);
  } else {
    const page = renderPage(countFindings(reviewed, accepted), reviewed, accepted);
    writeFileSync(new URL('../docs/rules-measured.md', import.meta.url), page);
    process.stdout.write(page);
  }
} else {
  process.stderr.write(`There are no recorded pull requests in ${folder}. Name the folder that holds prs.jsonl.gz.\n`);
  process.exitCode = 2;
}
