import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { personalDataIn } from '../../../src/core/screens/personal-data.ts';

/** Real files that people had accepted; not part of the project. */
const file = new URL('../../../../shared/taxonomy-prs/accepted.jsonl.gz', import.meta.url);
const row = z.object({ path: z.string(), text: z.string() });

const acceptedFiles = (): readonly z.infer<typeof row>[] =>
  gunzipSync(readFileSync(file))
    .toString('utf8')
    .trim()
    .split('\n')
    .map(line => row.parse(JSON.parse(line)));

describe.skipIf(!existsSync(file))('files that people had accepted (skipped without them)', () => {
  test('none is held back for personal data that is none', () => {
    const flagged = acceptedFiles().filter(
      ({ path, text }) => path.endsWith('qna.yaml') && personalDataIn(text).length > 0,
    );
    // Two hold the addresses of a paper's authors; those are real.
    expect(flagged.length).toBeLessThanOrEqual(3);
  });
});
