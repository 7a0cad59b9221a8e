import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';

/** A file to begin with. */
export type Original = { readonly path: string; readonly text: string };

/** Real contributions, which are not part of the project. */
const recorded = new URL('../../../shared/taxonomy-prs/', import.meta.url);

const fixtures = join(import.meta.dirname, '../fixtures');

/** Larger ones take most of the time and have nothing that smaller ones have not. */
const MAX_LENGTH = 12_000;

/** The real files where they are at hand, and always our own. The source is named for people. */
export function readCorpus(): { readonly source: string; readonly originals: readonly Original[] } {
  const own = globSync('{contributions,rules}/**/{qna.yaml,attribution.txt}', { cwd: fixtures }).map(file => ({
    path: file.slice(file.search(/(?:knowledge|compositional_skills|foundational_skills)\/[^/]/)),
    text: readFileSync(join(fixtures, file), 'utf8'),
  }));
  const real = existsSync(recorded) ? realFiles() : [];
  const originals = [...own, ...real].filter(({ text }) => text.length <= MAX_LENGTH);
  const source = real.length === 0 ? 'our own fixtures (no real files are at hand)' : 'our own fixtures and real files';
  return { source: `${originals.length} of ${source}`, originals };
}

function realFiles(): readonly Original[] {
  const texts = new Map(
    rows('blobs.jsonl.gz', z.object({ sha256: z.string(), text: z.string().default('') })).map(
      ({ sha256, text }) => [sha256, text] as const,
    ),
  );
  const heads = rows(
    'prs.jsonl.gz',
    z.object({ files: z.array(z.object({ path: z.string(), sha256: z.string().optional() })) }),
  );
  const files = new Map(heads.flatMap(({ files: changed }) => changed.map(({ path, sha256 = '' }) => [sha256, path])));
  return [...files].flatMap(([sha256, path]) => {
    const text = texts.get(sha256) ?? '';
    return /\/(?:qna\.yaml|attribution\.txt)$/.test(path) && text !== '' ? [{ path, text }] : [];
  });
}

const rows = <T>(name: string, shape: z.ZodType<T>): readonly T[] =>
  gunzipSync(readFileSync(new URL(name, recorded)))
    .toString('utf8')
    .trim()
    .split('\n')
    .map(line => shape.parse(JSON.parse(line)));
