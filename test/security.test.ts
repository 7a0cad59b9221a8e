import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const page = readFileSync(join(root, 'SECURITY.md'), 'utf8');
const rows = page.split('\n').filter(line => /^\| T\d+ /.test(line));

/** The tests that a line of the table names. */
const proofsOf = (line: string): readonly string[] =>
  [...line.matchAll(/\]\((test\/[^)]+)\)/g)].map(([, path = '']) => path);

test('each threat has one line, which says what stands against it and names a test that is there', () => {
  expect(rows.map(row => /T\d+/.exec(row)?.[0])).toEqual(Array.from({ length: 40 }, (_, index) => `T${index + 1}`));
  expect(rows.filter(row => proofsOf(row).length === 0)).toEqual([]);
  const isTest = (path: string): boolean => path.endsWith('.test.ts') && existsSync(join(root, path));
  expect(rows.flatMap(proofsOf).filter(path => !isTest(path))).toEqual([]);
});

test('files and variables that the page speaks of are there', () => {
  const environment = readFileSync(join(root, 'src/config/environment.ts'), 'utf8');
  expect([...page.matchAll(/`(src\/[\w./-]+)`/g)].filter(([, path = '']) => !existsSync(join(root, path)))).toEqual([]);
  expect([...page.matchAll(/`([A-Z]+(?:_[A-Z]+)+)`/g)].filter(([, name = '']) => !environment.includes(name))).toEqual(
    [],
  );
});
