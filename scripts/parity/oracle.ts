import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { levels } from '../../src/core/yamllint/problem.ts';

/** One thing that the reference says of a file, or we: where, and which keyword of JSON Schema or rule of yamllint it breaks. */
export type Mark = { readonly line: number; readonly yamlPath: string; readonly kind: string };

/** What the reference says of one file in one mode. */
export type Expectation = {
  readonly sha256: string;
  /** The name under which it was checked. */
  readonly path: string;
  readonly mode: 'document' | 'highest';
  readonly text: string;
  readonly verdict: Verdict;
  readonly errors: readonly Mark[];
  readonly warnings: readonly Mark[];
};

/** `exception`: the reference stopped with a traceback, for it cannot read the YAML. */
export type Verdict = 'pass' | 'fail' | 'exception';

/** Real files with the reference's results; no part of this project. */
export const ORACLE = join(import.meta.dirname, '../../../shared/taxonomy-prs');

export const hasOracle = (folder: string): boolean => existsSync(join(folder, 'oracle.jsonl.gz'));

const blob = z.object({ sha256: z.string(), text: z.string() });
/** Its files lie outside of the taxonomy's folders, so their texts are kept beside them. */
const misplaced = z.object({ texts: z.record(z.string(), z.string()) });
const note = z.object({ line: z.number(), yaml_path: z.string(), message: z.string() });
const result = z.object({
  sha256: z.string(),
  text: z.string().optional(),
  checked_as: z.string(),
  version_mode: z.enum(['document', 'highest']),
  errors: z.array(note),
  warnings: z.array(note),
  exception: z.string().nullable(),
});

/** Every line of the oracle. Throws for a line whose file is not at hand and for a message that is not known here. */
export function readOracle(folder: string): readonly Expectation[] {
  const rows = (name: string): unknown[] =>
    gunzipSync(readFileSync(join(folder, name)))
      .toString('utf8')
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
  const texts = new Map([
    ...rows('blobs.jsonl.gz')
      .map(row => blob.parse(row))
      .map(({ sha256, text }): [string, string] => [sha256, text]),
    ...rows('prs-misplaced.jsonl.gz').flatMap(row => Object.entries(misplaced.parse(row).texts)),
  ]);
  return rows('oracle.jsonl.gz').map(row => {
    const { sha256, checked_as: path, version_mode: mode, exception, ...rest } = result.parse(row);
    const text = rest.text ?? texts.get(sha256);
    if (text === undefined) throw new Error(`There is no text of ${sha256}.`);
    const verdict = exception !== null ? 'exception' : rest.errors.length > 0 ? 'fail' : 'pass';
    return { sha256, path, mode, text, verdict, errors: rest.errors.map(markOf), warnings: rest.warnings.map(markOf) };
  });
}

const markOf = ({ line, yaml_path: path, message }: z.infer<typeof note>): Mark => ({
  line,
  yamlPath: path || '.',
  kind: kindOf(message),
});

/** Beginnings and ends of the reference's messages. It keeps the last 200 characters, so long values leave only the end. */
const kinds: readonly (readonly [RegExp, string])[] = [
  [/ is a required property$/, 'required'],
  [/^Unevaluated properties|\bw(?:as|ere) unexpected\)$/, 'unevaluatedProperties'],
  [/^Value must have at least \d+ items$/, 'minItems'],
  [/ should be non-empty$/, 'minLength'],
  [/ has non-unique elements$/, 'uniqueItems'],
  [/ is not of type '\w+'$/, 'type'],
  [/ was expected$/, 'const'],
  [/^Version \d+ is not supported for /, 'deprecated'],
  [/^Cannot load schema file /, 'schema'],
  [/top-level element is not an object/, 'object'],
  [/^The file is empty$/, 'empty'],
  [/^Taxonomy file must be named /, 'name'],
];

function kindOf(message: string): string {
  const [, rule] = /\(([a-z-]+)\)$/.exec(message) ?? [];
  if (rule !== undefined && Object.hasOwn(levels, rule)) return rule;
  const [, kind] = kinds.find(([pattern]) => pattern.test(message)) ?? [];
  if (kind === undefined) throw new Error(`Unknown message of the reference: ${message}`);
  return kind;
}
