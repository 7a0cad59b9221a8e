import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readFile } from '../../../src/parser/read-file.ts';

/** Real files that people had accepted; not part of the project. */
const file = new URL('../../../../shared/taxonomy-prs/accepted.jsonl.gz', import.meta.url);
const row = z.object({ path: z.string(), text: z.string() });

const acceptedFiles = (): readonly z.infer<typeof row>[] =>
  gunzipSync(readFileSync(file))
    .toString('utf8')
    .trim()
    .split('\n')
    .map(line => row.parse(JSON.parse(line)));

/** Files flagged by each rule of the screens. */
async function flaggedFiles(): Promise<ReadonlyMap<string, readonly string[]>> {
  const flagged = new Map<string, string[]>();
  for (const { path, text } of acceptedFiles()) {
    const bytes = new TextEncoder().encode(text);
    // oxlint-disable-next-line no-await-in-loop -- one file after the other: the detectors share what they keep
    const { concerns } = await readFile({ path, status: 'added', blobSha: 'x', content: { type: 'bytes', bytes } }, {});
    for (const rule of new Set(concerns.map(concern => concern.rule)))
      flagged.set(rule, [...(flagged.get(rule) ?? []), path]);
  }
  return flagged;
}

describe.skipIf(!existsSync(file))('files that people had accepted (skipped without them)', () => {
  test('are nearly untouched by the screens', async () => {
    const flagged = await flaggedFiles();
    const count = (...rules: string[]) => rules.reduce((sum, rule) => sum + (flagged.get(rule)?.length ?? 0), 0);
    expect(count('screen/hidden-characters')).toBe(0);
    expect(count('screen/chat-token', 'screen/pipeline-tag', 'screen/instruction', 'screen/secret')).toBe(0);
    expect(count('screen/proprietary-model', 'screen/perhaps-proprietary-model')).toBeLessThanOrEqual(1);
    expect(count('screen/severe-language', 'screen/coarse-language')).toBeLessThanOrEqual(4);
    expect(count('screen/topic-to-avoid')).toBeLessThanOrEqual(1);
    // These two hold the addresses of a paper's authors; those are real.
    const others = flagged
      .get('screen/personal-data')
      ?.filter(path => !/technical_paper\/abstract\/(?:bullet_points|csv)\//.test(path));
    expect(others?.length ?? 0).toBeLessThanOrEqual(1);
  });
});
