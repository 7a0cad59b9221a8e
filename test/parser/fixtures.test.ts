import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { checkLocation } from '../core/parse/in-file.ts';
import { startParser } from '../../src/parser/index.ts';
import type { ChangedFile } from '../../src/core/pull-request.ts';

const root = new URL('../fixtures/contributions/', import.meta.url).pathname;
const folders = readdirSync(root).filter(name => statSync(join(root, name)).isDirectory());
const parser = startParser();
afterAll(() => parser.close());

/** Every file of a fixture as a pull request would bring it. `UPDATE=1` writes what is found as what is expected. */
const filesOf = (folder: string): readonly ChangedFile[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name !== 'expected.json')
    .map(entry => join(entry.parentPath, entry.name))
    .sort()
    .map(path => ({
      path: path.slice(join(root, folder).length + 1),
      status: 'added',
      blobSha: 'b'.repeat(40),
      content: { type: 'bytes', bytes: readFileSync(path) },
    }));

describe('contributions', () => {
  test.each(folders)('%s', async folder => {
    const files = filesOf(folder);
    const { concerns, leaves, account } = await parser.parse(files);
    const found = {
      findings: concerns.map(({ rule, severity, location, yamlPath, message, suggestion }) => ({
        rule,
        severity,
        at: `${location.path.split('/').at(-1)}:${location.line}:${location.column}`,
        yamlPath,
        message,
        ...(suggestion && { suggestion }),
      })),
      examples: leaves.map(leaf => leaf.examples.length),
      account: account.map(({ role, state }) => `${role} ${state}`),
    };
    const expected = join(root, folder, 'expected.json');
    if (process.env['UPDATE'] === '1') writeFileSync(expected, `${JSON.stringify(found, undefined, 2)}\n`);
    expect(found).toEqual(JSON.parse(readFileSync(expected, 'utf8')));

    expect(folder.startsWith('ok.')).toBe(concerns.length === 0);
    for (const { location } of concerns) checkLocation(location, files);
  });
});
