import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { acceptedLicences } from '../../../src/core/attribution/accepted.ts';
import { resolveLicence } from '../../../src/core/attribution/licence.ts';
import { readAttribution } from '../../../src/core/attribution/read.ts';
import { valueOf } from '../../../src/core/attribution/works.ts';

/** Real contributions; not part of the project, so what needs them is skipped without. */
const blobs = new URL('../../../../shared/taxonomy-prs/blobs.jsonl.gz', import.meta.url);
const prs = new URL('../../../../shared/taxonomy-prs/prs.jsonl.gz', import.meta.url);

const rows = <T>(file: URL, shape: z.ZodType<T>): readonly T[] =>
  gunzipSync(readFileSync(file))
    .toString('utf8')
    .trim()
    .split('\n')
    .map(line => shape.parse(JSON.parse(line)));

/**
 * Labelled by reading every distinct line: these name an accepted licence, version included, or the public domain. Of all others a
 * person could not say so, and no answer may be `ok`.
 */
const ACCEPTED: ReadonlySet<string> = new Set([
  'Apache 2.0',
  'Apache License Version 2.0, January 2004 http://www.apache.org/licenses/',
  'Apache License Version 2.0.',
  'Apache License, Version 2.0',
  'Apache-2.0',
  'CC BY-SA 4.0',
  'CC-BY-4.0',
  'CC-BY-SA-4.0',
  'CC0-1.0',
  'MIT',
  'Public Domain',
  'public domain',
]);

/** One line says the licence in full and links to where it is said. */
const isAccepted = (line: string): boolean =>
  ACCEPTED.has(line) || line.startsWith('Creative Commons Attribution-ShareAlike 4.0 International License (');

describe.skipIf(!existsSync(blobs))('real licence lines (skipped without them)', () => {
  test('nine of ten are resolved, and none is taken for accepted that is not', () => {
    const texts = new Map(
      rows(blobs, z.object({ sha256: z.string(), text: z.string() })).map(each => [each.sha256, each.text]),
    );
    const files = z.array(z.object({ path: z.string(), sha256: z.string().optional() }));
    const used = new Set(
      rows(prs, z.object({ files, versions: z.array(files).optional() })).flatMap(each =>
        [...each.files, ...(each.versions ?? []).flat()].flatMap(({ path, sha256 = '' }) =>
          /attribut[^/]*$/i.test(path) ? [sha256] : [],
        ),
      ),
    );
    const lines = [...used].flatMap(sha256 =>
      readAttribution('attribution.txt', (texts.get(sha256) ?? '').replace(/^\ufeff/, '')).works.flatMap(({ fields }) =>
        fields.flatMap(field => (field.name === 'licence' && valueOf(field) !== '' ? [valueOf(field)] : [])),
      ),
    );
    const answers = lines.map(line => ({ line, answer: resolveLicence(line, acceptedLicences).answer }));
    const count = (wanted: string): number => answers.filter(({ answer }) => answer === wanted).length;
    expect(lines.length).toBeGreaterThan(200);
    expect(answers.filter(({ line, answer }) => (answer === 'ok') !== isAccepted(line))).toEqual([]);
    expect((count('ok') + count('not-ok')) / lines.length).toBeGreaterThanOrEqual(0.9);
    console.info(
      `${lines.length} licence lines: ${count('ok')} ok, ${count('not-ok')} not ok, ${count('unknown')} unknown; 0 wrong "ok"`,
    );
  });
});
