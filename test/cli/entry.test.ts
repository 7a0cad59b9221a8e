import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const entry = join(import.meta.dirname, '../../bin/assay.js');

test('on an older Node, one sentence says what is needed', () => {
  const pretend = "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.11.1' } });";
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`, entry, 'check', '.'],
    { encoding: 'utf8' },
  );
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^Assay needs Node\.js 24 or newer; this is v[\d.]+\. See https:\/\/nodejs\.org\.\n$/);
});

test('the entry is written in words that an old Node can read', () => {
  expect(readFileSync(entry, 'utf8')).not.toMatch(/=>|\?\?|\?\.|`|\b(?:const|let|async|await|class)\b/);
});
