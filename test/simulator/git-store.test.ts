import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { diffTrees, hunksOf } from './diff.ts';
import { createGitStore } from './git-store.ts';

const author = { name: 'Ann', email: 'ann@example.org', date: '2026-01-02T03:04:05Z' };

test('hashes are those of git itself', () => {
  const folder = mkdtempSync(join(tmpdir(), 'git-store-'));
  try {
    const git = (input: string, ...args: string[]): string =>
      execFileSync('git', args, { cwd: folder, input, encoding: 'utf8', env: { ...process.env, ...gitNames } }).trim();
    const gitNames = {
      GIT_AUTHOR_NAME: author.name,
      GIT_AUTHOR_EMAIL: author.email,
      GIT_AUTHOR_DATE: author.date,
      GIT_COMMITTER_NAME: author.name,
      GIT_COMMITTER_EMAIL: author.email,
      GIT_COMMITTER_DATE: author.date,
    };
    git('', 'init', '--quiet');
    const store = createGitStore();
    // `a.b` sorts before the folder `a`, because git compares it as `a/`.
    const tree = store.changeTree(undefined, {
      'a/x': 'één\n',
      'a.b': 'two',
      link: { mode: '120000', content: 'a/x' },
      'c/d/e': '',
    });
    const blob = (text: string): string => git(text, 'hash-object', '-w', '--stdin');
    git(
      `100644 ${blob('één\n')}\ta/x\n100644 ${blob('two')}\ta.b\n120000 ${blob('a/x')}\tlink\n100644 ${blob('')}\tc/d/e\n`,
      'update-index',
      '--add',
      '--index-info',
    );
    expect(tree).toBe(git('', 'write-tree'));
    const commit = store.addCommit({ tree, parents: [], author, committer: author, message: 'One\n' });
    expect(commit.sha).toBe(git('One\n', 'commit-tree', tree));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('the merge base is the nearest common commit', () => {
  const store = createGitStore();
  const commit = (message: string, ...parents: string[]): string =>
    store.addCommit({ tree: store.changeTree(undefined, {}), parents, author, committer: author, message }).sha;
  const root = commit('root');
  const fork = commit('fork', root);
  const [left, right] = [commit('left', commit('l1', fork)), commit('right', fork)];
  expect(store.mergeBase(left, right)).toBe(fork);
  expect(store.mergeBase(right, left)).toBe(fork);
  expect(store.mergeBase(root, left)).toBe(root);
  const merge = commit('merge', right, left);
  expect(store.mergeBase(merge, left)).toBe(left);
  expect(store.commitsBetween(right, merge).map(({ message }) => message)).toEqual(['l1', 'left', 'merge']);
});

const diff = (before: Record<string, string | Uint8Array>, after: Record<string, string | Uint8Array>) => {
  const store = createGitStore();
  return diffTrees(
    store,
    store.readTree(store.changeTree(undefined, before)),
    store.readTree(store.changeTree(undefined, after)),
  );
};

test('a patch reads as git writes it', () => {
  const text = Array.from({ length: 12 }, (_, index) => `line ${index + 1}`).join('\n');
  const [file] = diff({ f: `${text}\n` }, { f: `${text.replace('line 6', 'six')}\n` });
  expect(file).toMatchObject({ status: 'modified', additions: 1, deletions: 1 });
  expect(file?.patch).toBe(
    ['@@ -3,7 +3,7 @@', ' line 3', ' line 4', ' line 5', '-line 6', '+six', ' line 7', ' line 8', ' line 9'].join('\n'),
  );
  const [hunk] = hunksOf(file?.patch ?? '');
  expect([...(hunk?.right ?? [])]).toEqual([3, 4, 5, 6, 7, 8, 9]);
});

test('added, removed, emptied, moved; without a newline at the end', () => {
  const files = diff(
    { gone: 'x\n', old: 'one\ntwo\nthree\nfour\n', same: 's' },
    { fresh: 'a', 'moved/new': 'one\ntwo\nthree\n4\n', empty: '', same: 's' },
  );
  expect(files.map(({ filename, status }) => `${status} ${filename}`)).toEqual([
    'added empty',
    'added fresh',
    'removed gone',
    'renamed moved/new',
  ]);
  const byName = new Map(files.map(file => [file.filename, file]));
  expect(byName.get('fresh')?.patch).toBe('@@ -0,0 +1 @@\n+a\n\\ No newline at end of file');
  expect(byName.get('gone')?.patch).toBe('@@ -1 +0,0 @@\n-x');
  expect(byName.get('empty')?.patch).toBeUndefined();
  expect(byName.get('moved/new')).toMatchObject({ previousFilename: 'old', additions: 1, deletions: 1 });
});

test('no patch for binary files, nor for huge ones', () => {
  const files = diff(
    {},
    { bytes: new Uint8Array([1, 0, 2]), huge: 'x'.repeat(600_000), long: 'y\n'.repeat(20_001), small: 'z\n' },
  );
  expect(files.filter(({ patch }) => patch !== undefined).map(({ filename }) => filename)).toEqual(['small']);
});

test('two long texts without a common line are compared in bounded time, as one replaced by the other', () => {
  const lines = (word: string): string => Array.from({ length: 9000 }, (_, index) => `${word}${index}`).join('\n');
  const [file] = diff({ f: lines('a') }, { f: lines('b') });
  expect(file).toMatchObject({ additions: 9000, deletions: 9000 });
  expect(file?.patch?.startsWith('@@ -1,9000 +1,9000 @@\n-a0\n-a1\n')).toBe(true);
  const [hunk] = hunksOf(file?.patch ?? '');
  expect([hunk?.left.size, hunk?.right.size]).toEqual([9000, 9000]);
});
