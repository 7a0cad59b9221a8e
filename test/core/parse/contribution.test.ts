import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseFiles } from '../../../src/core/parse/contribution.ts';
import type { ChangedFile, FileContent } from '../../../src/core/pull-request.ts';
import { roleOf, touchesTaxonomy } from '../../../src/core/taxonomy.ts';

const LEAF = 'compositional_skills/writing/weather_proverbs';
const qna = readFileSync(new URL(`../../fixtures/contributions/ok.freeform-skill/${LEAF}/qna.yaml`, import.meta.url));

const file = (path: string, content?: FileContent, rest: Partial<ChangedFile> = {}): ChangedFile => ({
  path,
  status: 'added',
  blobSha: 'b'.repeat(40),
  ...(content && { content }),
  ...rest,
});
const bytes = (text: string | Uint8Array): FileContent => ({
  type: 'bytes',
  bytes: typeof text === 'string' ? new TextEncoder().encode(text) : text,
});

/** State of each file and what is said of it. */
const told = (...files: ChangedFile[]) => {
  const { account, concerns } = parseFiles(files);
  return account.map(({ path, state, reason }) => ({
    state,
    ...(reason !== undefined && { reason }),
    rules: concerns.filter(({ location }) => location.path === path).map(({ rule }) => rule),
  }));
};

describe('the account of changed files', () => {
  test('a sound leaf and its attribution are reviewed', () => {
    const contribution = parseFiles([
      file(`${LEAF}/qna.yaml`, bytes(qna)),
      file(`${LEAF}/attribution.txt`, bytes('Creator names: Jo Doe\n')),
    ]);
    expect(contribution.concerns).toEqual([]);
    expect(contribution.leaves).toHaveLength(1);
    expect(contribution.attributions).toMatchObject([
      { path: `${LEAF}/attribution.txt`, text: 'Creator names: Jo Doe\n' },
    ]);
    expect(contribution.account.map(({ state }) => state)).toEqual(['reviewed', 'reviewed']);
  });

  test('a removed leaf is accounted for, and a renamed one is read at its new place', () => {
    const renamed = file(`${LEAF}/qna.yaml`, bytes(qna), { status: 'renamed', previousPath: 'knowledge/a/qna.yaml' });
    const contribution = parseFiles([
      file(`${LEAF}/old/qna.yaml`, undefined, { status: 'removed', blobSha: '' }),
      renamed,
    ]);
    expect(contribution.account.map(({ state }) => state)).toEqual(['removed', 'reviewed']);
    expect(contribution.leaves.map(({ path }) => path)).toEqual([`${LEAF}/qna.yaml`]);
  });

  test('what lies elsewhere is irrelevant', () => {
    expect(told(file('README.md'), file('scripts/check.py'))).toEqual([
      { state: 'irrelevant', rules: [] },
      { state: 'irrelevant', rules: [] },
    ]);
  });

  test.each(['knowledge', 'compositional_skills', 'foundational_skills'])(
    'what takes the place of the folder %s is our business, and an error',
    path => {
      for (const content of [undefined, { type: 'symlink' }, { type: 'submodule' }] as const) {
        expect(told(file(path, content))).toEqual([
          { state: 'unread', reason: expect.any(String), rules: ['layout/file-name'] },
        ]);
      }
      expect(touchesTaxonomy({ files: [file(path)] })).toBe(true);
    },
  );

  test('a character that nobody sees in its name does not hide a contribution', () => {
    for (const path of ['knowledge/x/qna.yaml\u200B', 'knowledge/x/qna.yaml\u2060', 'writing/\u202Eqna.yaml'])
      expect(roleOf(path)).toBe('misplaced');
  });

  test('a file too large, a link and a submodule are not read, and said so', () => {
    expect(
      told(
        file(`${LEAF}/qna.yaml`, { type: 'too-large', size: 5_000_000 }),
        file(`${LEAF}/a/qna.yaml`, { type: 'symlink' }),
        file('knowledge/elsewhere', { type: 'submodule' }),
        file('knowledge/folder', { type: 'symlink' }),
        file('vendor', { type: 'submodule' }),
      ),
    ).toEqual([
      { state: 'unread', reason: 'it is too large', rules: ['yaml/too-large'] },
      { state: 'unread', reason: 'it is a symbolic link', rules: ['layout/file-name'] },
      { state: 'unread', reason: 'it is a submodule', rules: ['layout/file-name'] },
      { state: 'unread', reason: 'it is a symbolic link', rules: ['layout/file-name'] },
      { state: 'irrelevant', rules: [] },
    ]);
  });

  test('a file whose content we lack is our trouble: unread, without a finding', () => {
    expect(told(file(`${LEAF}/qna.yaml`))).toEqual([
      { state: 'unread', reason: 'its content could not be loaded', rules: [] },
    ]);
  });

  test('binary files are told by their first bad byte', () => {
    expect(told(file(`${LEAF}/qna.yaml`, bytes(new Uint8Array([0x50, 0x4b, 0x03, 0x04]))))).toEqual([
      { state: 'reviewed', rules: ['yaml/encoding'] },
    ]);
  });

  test('other files in the trees are accounted for, and what to say of them is left to the rules', () => {
    const { account, concerns } = parseFiles([
      file(`${LEAF}/paper.pdf`),
      file('knowledge/README.md', undefined, { status: 'modified' }),
    ]);
    expect(account.map(({ state }) => state)).toEqual(['reviewed', 'reviewed']);
    expect(concerns).toEqual([]);
  });

  test('a contribution under a wrong name is read, other YAML is not held to the schema', () => {
    const contribution = parseFiles([
      file(`${LEAF}/proverbs.yaml`, bytes(qna)),
      file(`${LEAF}/settings.yaml`, bytes('indent: 2\n')),
    ]);
    expect(contribution.leaves.map(({ path }) => path)).toEqual([`${LEAF}/proverbs.yaml`]);
    expect(contribution.concerns).toEqual([]);
  });

  test.each([
    '../../etc/qna.yaml',
    '/qna.yaml',
    'knowledge/../qna.yaml',
    'knowledge/a\nb/qna.yaml',
    String.raw`knowledge\a\qna.yaml`,
    'knowledge/e\u0301/qna.yaml',
  ])('the path %j names nothing but itself', path => {
    const { account, leaves } = parseFiles([file(path, bytes(qna))]);
    expect(account).toMatchObject([{ path }]);
    for (const leaf of leaves) expect(leaf.path).toBe(path);
  });

  test('3,000 files and 500 leaves are read', () => {
    const leaves = Array.from({ length: 500 }, (_, index) => file(`${LEAF}/${index}/qna.yaml`, bytes(qna)));
    const others = Array.from({ length: 2_500 }, (_, index) => file(`docs/${index}.md`));
    const contribution = parseFiles([...leaves, ...others]);
    expect(contribution.leaves).toHaveLength(500);
    expect(contribution.account).toHaveLength(3_000);
    expect(contribution.concerns).toEqual([]);
  });
});
