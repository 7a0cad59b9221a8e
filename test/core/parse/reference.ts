import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';

/** Real files with the reference checker's results; not part of the project, so tests that need them are skipped without. */
const folder = new URL('../../../../shared/taxonomy-prs/', import.meta.url);
export const hasReference = existsSync(folder);

const rows = (name: string): unknown[] =>
  gunzipSync(readFileSync(new URL(name, folder)))
    .toString('utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as unknown);

const blob = z.object({ sha256: z.string(), text: z.string(), path: z.string().optional() });
const result = z.object({
  sha256: z.string(),
  source: z.string().optional(),
  text: z.string().optional(),
  checked_as: z.string(),
  version_mode: z.enum(['highest', 'document']),
  errors: z.array(z.object({ line: z.number(), yaml_path: z.string(), message: z.string() })),
  exception: z.string().nullable(),
});

export type ReferenceResult = z.infer<typeof result> & { readonly text: string };

/** What the reference checker says of every file whose text is at hand. */
export function referenceResults(): readonly ReferenceResult[] {
  const texts = new Map(
    [...rows('blobs.jsonl.gz'), ...rows('accepted.jsonl.gz')]
      .map(row => blob.parse(row))
      .map(({ sha256, text }) => [sha256, text]),
  );
  return rows('oracle.jsonl.gz').flatMap(row => {
    const parsed = result.parse(row);
    const text = parsed.text ?? texts.get(parsed.sha256);
    return text === undefined ? [] : [{ ...parsed, text }];
  });
}

/** `qna.yaml` and other files that people had accepted. */
export const acceptedFiles = (): readonly { path: string; text: string }[] =>
  rows('accepted.jsonl.gz').map(row => {
    const { path = '', text } = blob.parse(row);
    return { path, text };
  });

/** The reference's errors that are not yamllint's, as `line path rule` with our rules' names. */
export function referenceErrors({ errors, exception }: ReferenceResult): readonly string[] {
  if (exception !== null) return ['yaml/syntax'];
  return errors.flatMap(({ line, yaml_path: path, message }) => {
    const [, missing] = /^'(.*)' is a required property$/.exec(message) ?? [];
    if (missing !== undefined) return [`${line} ${path} schema/required ${missing}`];
    // We name the key and its own line, the reference the mapping.
    if (message.startsWith('Unevaluated properties')) return [`${path} schema/unknown-key`];
    if (message.startsWith('Value must have at least')) return [`${line} ${path} schema/too-few-items`];
    if (message.endsWith('should be non-empty')) return [`${line} ${path} schema/empty-text`];
    if (message.endsWith('has non-unique elements')) return [`${line} ${path} schema/repeated-item`];
    // The reference puts it in line 1, we where the version stands.
    if (message.includes('is not supported for')) return ['schema/deprecated-version'];
    // The reference puts it in line 1, we where the wrong thing begins.
    if (message.includes('top-level element')) return ['yaml/not-a-mapping'];
    if (path === '.version' || message.startsWith('Cannot load schema')) return [`${line} ${path} schema/version`];
    if (message.includes('is not of type')) return [`${line} ${path} schema/type`];
    // Of yamllint and on the file's name: other rules.
    if (/\((?:trailing-spaces|new-line-at-end-of-file|key-duplicates)\)$/.test(message)) return [];
    if (message.startsWith('Taxonomy file must be named')) return [];
    throw new Error(`Unknown message of the reference: ${message}`);
  });
}
