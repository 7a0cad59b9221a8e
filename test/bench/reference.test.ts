import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { compareWithReference } from './reference.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-reference-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('the reference gets the names of the files, and both are timed', () => {
  const leaf = join(folder, 'real/1/knowledge/a/qna.yaml');
  mkdirSync(join(leaf, '..'), { recursive: true });
  writeFileSync(leaf, 'version: 3\n');
  const fake = join(folder, 'reference.mjs');
  const told = join(folder, 'told.json');
  writeFileSync(
    fake,
    `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(told)}, JSON.stringify(process.argv.slice(2))); process.exitCode = 1;`,
  );
  const { value } = compareWithReference(join(folder, 'real'), `${process.execPath} ${fake} --all`);
  expect(value).toMatch(/^[\d.]+ times \(1 files: [\d.]+ s and [\d.]+ s\)$/);
  expect(JSON.parse(readFileSync(told, 'utf8'))).toEqual(['--all', leaf]);
});

test('a reference that cannot run is said, not measured', () => {
  expect(() => compareWithReference(join(folder, 'real'), 'no-such-program')).toThrow(/no-such-program failed/);
});

test('without one nothing is measured', () => {
  expect(compareWithReference(join(folder, 'real'), undefined).value).toMatch(/^skipped/);
});
