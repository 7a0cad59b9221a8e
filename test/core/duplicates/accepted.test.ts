import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { parseQna } from '../../../src/core/parse/qna.ts';
import { checkContribution } from '../../../src/core/rules/index.ts';
import { roleOf } from '../../../src/core/taxonomy.ts';
import { contributionOf } from '../rules/leaf-of.ts';
import { factsAbout } from '../rules/sound-leaf.ts';

const path = join(import.meta.dirname, '../../../../shared/taxonomy-prs/accepted.jsonl.gz');

/** Skipped where the recorded taxonomy is not at hand. */
test.skipIf(!existsSync(path))('no two files that people accepted share an example', () => {
  const files: readonly { path: string; sha256: string; text: string }[] = gunzipSync(readFileSync(path))
    .toString()
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));
  const leaves = files
    .filter(file => roleOf(file.path) === 'qna')
    .flatMap(file => parseQna(file.path, file.sha256, Buffer.from(file.text)).leaf ?? []);
  expect(leaves.length).toBeGreaterThan(100);

  const concerns = checkContribution(contributionOf(...leaves), factsAbout([]));
  const acrossFiles = concerns.filter(({ related, location }) => related?.some(other => other.path !== location.path));
  expect(acrossFiles).toEqual([]);
});
