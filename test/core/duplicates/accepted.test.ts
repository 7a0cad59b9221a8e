import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Leaf } from '../../../src/core/contribution.ts';
import { parseQna } from '../../../src/core/parse/qna.ts';
import { checkContribution } from '../../../src/core/rules/index.ts';
import { roleOf } from '../../../src/core/taxonomy.ts';
import { contributionOf } from '../rules/leaf-of.ts';
import { factsAbout } from '../rules/sound-leaf.ts';

const path = join(import.meta.dirname, '../../../../shared/taxonomy-prs/accepted.jsonl.gz');

function acceptedLeaves(): readonly Leaf[] {
  const files: readonly { path: string; sha256: string; text: string }[] = gunzipSync(readFileSync(path))
    .toString()
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));
  return files
    .filter(file => roleOf(file.path) === 'qna')
    .flatMap(file => parseQna(file.path, file.sha256, Buffer.from(file.text)).leaf ?? []);
}

/** Skipped where the recorded taxonomy is not at hand. */
test.skipIf(!existsSync(path))('no two files that people accepted share an example', () => {
  const leaves = acceptedLeaves();
  expect(leaves.length).toBeGreaterThan(100);

  const concerns = checkContribution(contributionOf(...leaves), factsAbout([]));
  const acrossFiles = concerns.filter(({ related, location }) => related?.some(other => other.path !== location.path));
  expect(acrossFiles).toEqual([]);
});

/** Skipped where the recorded taxonomy is not at hand. */
test.skipIf(!existsSync(path))('nothing that people accepted is told of what its examples say', () => {
  const content = checkContribution(contributionOf(...acceptedLeaves()), factsAbout([])).filter(({ rule }) =>
    rule.startsWith('content/'),
  );
  expect(content).toEqual([]);
});
