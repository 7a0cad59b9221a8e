import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readAttribution } from '../../../src/core/attribution/read.ts';
import { fixAttribution } from '../../../src/core/fixes/fix-attribution.ts';
import { checkContribution } from '../../../src/core/rules/index.ts';
import { parseFiles } from '../../../src/core/parse/contribution.ts';
import { applyEdits } from '../../../src/core/fixes/edit.ts';
import { parseQna } from '../../../src/core/parse/qna.ts';
import { addedFiles, factsAbout } from '../rules/sound-leaf.ts';
import { clicked, fixedBy } from './fixed-by.ts';
import { isOwnWords } from './own-words.ts';

/** Real contributions; not part of the project, so what needs them is skipped without. */
const folder = new URL('../../../../shared/taxonomy-prs/', import.meta.url);

const rows = <T>(name: string, shape: z.ZodType<T>): readonly T[] =>
  gunzipSync(readFileSync(new URL(name, folder)))
    .toString('utf8')
    .trim()
    .split('\n')
    .map(line => shape.parse(JSON.parse(line)));

/** Every sixth is enough to see what breaks; `ASSAY_EVERY_FILE=1` takes all. */
const STEP = process.env['ASSAY_EVERY_FILE'] === undefined ? 6 : 1;

/** A sample of the files, as the path that it was first contributed at. */
function sampleOfFiles(): readonly { readonly path: string; readonly text: string }[] {
  const texts = new Map(
    rows('blobs.jsonl.gz', z.object({ sha256: z.string(), text: z.string() })).map(({ sha256, text }) => [
      sha256,
      text,
    ]),
  );
  const paths = new Map(
    rows('oracle.jsonl.gz', z.object({ sha256: z.string(), checked_as: z.string() })).map(each => [
      each.sha256,
      each.checked_as,
    ]),
  );
  return [...paths]
    .flatMap(([sha256, path]) => ({ path, text: texts.get(sha256) ?? '' }))
    .filter(({ path, text }, index) => index % STEP === 0 && path.endsWith('/qna.yaml') && text !== '');
}

const namesOf = (path: string, text: string): string[] =>
  parseQna(path, '', new TextEncoder().encode(text), { maxConcerns: Infinity }).concerns.map(
    ({ rule, yamlPath, flagged }) => (rule.startsWith('yamllint/') ? rule : `${rule} ${yamlPath} ${flagged}`),
  );

/** What is in the second list and not, or not as often, in the first. */
function added(before: readonly string[], after: readonly string[]): readonly string[] {
  const left = [...before];
  return after.filter(name => !left.includes(name) || (left.splice(left.indexOf(name), 1), false));
}

describe.skipIf(!existsSync(folder))('real files (skipped without them)', () => {
  test('every suggestion is the contributor’s own words and brings nothing new', { timeout: 60_000 }, () => {
    const wrong: string[] = [];
    let suggestions = 0;
    for (const { path, text } of sampleOfFiles()) {
      const before = namesOf(path, text);
      for (const { rule, suggestion } of parseFiles(addedFiles({ [path]: text })).concerns) {
        if (suggestion === undefined) continue;
        suggestions += 1;
        const { startLine, endLine, replacement } = suggestion;
        const lines = text.split('\n').slice(startLine - 1, endLine);
        if (!isOwnWords(rule, lines.join('\n'), replacement)) wrong.push(`${path}: ${replacement}`);
        const after = rule === 'yaml/syntax' ? [] : namesOf(path, clicked(text, suggestion));
        wrong.push(...added(before, after).map(name => `${path}: ${name}`));
      }
    }
    expect(wrong).toEqual([]);
    expect(suggestions).toBeGreaterThan(100);
  });

  test('mending all leaves nothing to mend and creates nothing', { timeout: 60_000 }, () => {
    const wrong: string[] = [];
    let mended = 0;
    for (const { path, text } of sampleOfFiles()) {
      const bare = text.replace(/^\ufeff/, '');
      const { text: after, fixes } = fixedBy(path, bare);
      if (fixes.length === 0) continue;
      mended += 1;
      const left = parseFiles(addedFiles({ [path]: after })).concerns.filter(each => each.suggestion);
      const again = fixedBy(path, after).fixes;
      wrong.push(...[...left, ...again].map(({ rule }) => `${path} still has ${rule}`));
      // A file that could not be read is now told all that its schema asks for.
      const wasRead = !fixes.some(({ rule }) => rule === 'yaml/syntax');
      const names = namesOf(path, after).filter(name => wasRead || name.startsWith('yaml/syntax'));
      wrong.push(...added(wasRead ? namesOf(path, bare) : [], names).map(name => `${path} now has ${name}`));
    }
    expect(wrong).toEqual([]);
    expect(mended).toBeGreaterThan(60);
  });
});

describe.skipIf(!existsSync(folder))('real attributions (skipped without them)', () => {
  test('mending all of each leaves nothing to mend, and creates nothing', () => {
    const texts = new Map(
      rows('blobs.jsonl.gz', z.object({ sha256: z.string(), text: z.string() })).map(each => [each.sha256, each.text]),
    );
    const files = new Set(
      rows('prs.jsonl.gz', z.object({ files: z.array(z.object({ path: z.string(), sha256: z.string().optional() })) }))
        .flatMap(each => each.files)
        .flatMap(({ path, sha256 = '' }) => (path.endsWith('/attribution.txt') ? (texts.get(sha256) ?? []) : [])),
    );
    const path = 'knowledge/a/attribution.txt';
    const told = (text: string): string[] =>
      checkContribution(
        { leaves: [], attributions: [readAttribution(path, text)], account: [], concerns: [] },
        factsAbout([]),
      ).map(({ rule, suggestion }) => `${rule}${suggestion === undefined ? '' : ' (mendable)'}`);
    let mended = 0;
    for (const file of files) {
      const text = file.replace(/^\ufeff/, '');
      const { text: after, fixes } = fixAttribution(path, text);
      mended += fixes.length;
      const left = told(after);
      expect(left.filter(each => each.endsWith('(mendable)'))).toEqual([]);
      expect(added(told(text), left)).toEqual([]);
      expect(left.length).toBe(told(text).length - fixes.length);
    }
    expect(files.size).toBeGreaterThan(100);
    expect(mended).toBeGreaterThan(0);
  });
});

test('edits count lines as GitHub does', () => {
  expect(applyEdits('a\nb\nc\n', [{ startLine: 1, endLine: 2, lines: ['x'] }])).toBe('x\nc\n');
  expect(applyEdits('a\r\nb', [{ startLine: 2, endLine: 2, lines: [] }])).toBe('a\r\n');
  expect(
    applyEdits('a\nb\nc', [
      { startLine: 1, endLine: 1, lines: ['0', 'a'] },
      { startLine: 3, endLine: 3, lines: ['c', ''] },
    ]),
  ).toBe('0\na\nb\nc\n');
});
