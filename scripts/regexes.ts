/**
 * Looks for regular expressions in our code whose time grows faster than the text they are run on, and fails when there is one that
 * is not excused. Strangers write what our expressions read. `scslre` decides by proof, not by trying; it does not look into
 * backreferences and lookarounds as far.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { excuses } from './regexes/excuses.ts';
import { regexesIn } from './regexes/find.ts';
import { slowness } from './regexes/slowness.ts';

const root = join(import.meta.dirname, '..');
const files = globSync(['src/**/*.ts', 'bin/*.js'], { cwd: root });
const unused = new Set(excuses);
const problems: string[] = [];
let count = 0;

for (const file of files) {
  for (const regex of regexesIn(file, readFileSync(join(root, file), 'utf8'))) {
    count += 1;
    const reason = regex.type === 'made' ? 'is put together when it runs, so nobody can tell' : slowness(regex);
    if (reason === undefined) continue;
    const excuse = excuses.find(each => each.file === file && each.regex === regex.text);
    if (excuse !== undefined) unused.delete(excuse);
    else problems.push(`${file}:${regex.line} ${regex.text}: ${reason}`);
  }
}
for (const { file, regex } of unused) problems.push(`${file} ${regex}: excused, but nothing is wrong with it any more`);

if (problems.length > 0) {
  process.stderr.write(`${problems.join('\n')}\n`);
  process.exitCode = 1;
} else process.stdout.write(`${count} regular expressions, ${excuses.length} excused.\n`);
