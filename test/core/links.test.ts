import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressOf, linkTo } from '../../src/core/links.ts';
import { hostileText } from './hostile-text.ts';
import { parseMarkdown, walk } from './markdown.ts';

const repository = { owner: 'instructlab', name: 'taxonomy' };
const sha = 'a'.repeat(40);
const file = (path: string, line?: number, endLine?: number) =>
  addressOf('https://github.com', {
    type: 'file',
    repository,
    sha,
    path,
    ...(line !== undefined && { line }),
    ...(endLine !== undefined && { endLine }),
  });

describe('addresses', () => {
  test('of files, lines, commits and pull requests', () => {
    expect(file('knowledge/a b/qna.yaml', 3)).toBe(
      `https://github.com/instructlab/taxonomy/blob/${sha}/knowledge/a%20b/qna.yaml#L3`,
    );
    expect(file('a', 3, 5)).toMatch(/#L3-L5$/);
    expect(file('a', 3, 3)).toMatch(/#L3$/);
    expect(addressOf('https://ghe.example/', { type: 'commit', repository, sha })).toBe(
      `https://ghe.example/instructlab/taxonomy/commit/${sha}`,
    );
    expect(addressOf('https://github.com', { type: 'pull-request', repository, number: 7 })).toBe(
      'https://github.com/instructlab/taxonomy/pull/7',
    );
  });

  test('of a rule in the documentation, at the tip of its repository', () => {
    expect(addressOf('https://ghe.example', { type: 'rule', repository, anchor: 'layoutfile-name' })).toBe(
      'https://ghe.example/instructlab/taxonomy/blob/HEAD/docs/rules.md#layoutfile-name',
    );
  });

  test('of a new file on a branch, with all of it encoded', () => {
    const newFile = (branch: string, path: string, text = 'Title of work: \nCreator names: A & B\n') =>
      addressOf('https://github.com', {
        type: 'new-file',
        repository: { owner: 'jo-doe', name: 'taxonomy' },
        branch,
        path,
        text,
      });
    expect(newFile('add/rain#1', 'knowledge/a b/attribution.txt')).toBe(
      'https://github.com/jo-doe/taxonomy/new/add/rain%231/knowledge/a%20b?filename=attribution.txt&value=Title%20of%20work%3A%20%0ACreator%20names%3A%20A%20%26%20B%0A',
    );
    expect(newFile('main', '../x/attribution.txt')).toBeUndefined();
    expect(newFile('main', 'a/attribution.txt', 'x'.repeat(5_000))).toBeUndefined();
    fc.assert(
      fc.property(hostileText, hostileText, hostileText, (branch, folder, text) => {
        const address = newFile(branch, `${folder}/attribution.txt`, text);
        fc.pre(address !== undefined);
        const url = new URL(address);
        expect([url.origin, url.hash]).toEqual(['https://github.com', '']);
        expect(url.pathname.startsWith('/jo-doe/taxonomy/new/')).toBe(true);
        expect([...url.searchParams]).toEqual([
          ['filename', 'attribution.txt'],
          ['value', text.toWellFormed()],
        ]);
      }),
    );
  });

  test.each(['../../../evil/repo', 'a/./b', 'a//b', '', '..', `${'long/'.repeat(2_000)}x`])(
    'of %j there is none',
    path => expect(file(path)).toBeUndefined(),
  );

  test('stay in the repository and the commit, whatever the path', () => {
    fc.assert(
      fc.property(hostileText, path => {
        const address = file(path, 1);
        fc.pre(address !== undefined);
        const url = new URL(address);
        expect(url.origin).toBe('https://github.com');
        expect(url.pathname.startsWith(`/instructlab/taxonomy/blob/${sha}/`)).toBe(true);
        expect([url.search, url.hash]).toEqual(['', '#L1']);
        const markdown = linkTo('https://github.com', { type: 'file', repository, sha, path, line: 1 }, 'here');
        const link = walk(parseMarkdown(markdown)).find(({ type }) => type === 'link');
        expect(link).toMatchObject({ url: address });
      }),
    );
  });

  test('without one, the label is text', () =>
    expect(linkTo('https://github.com', { type: 'file', repository, sha, path: '..' }, 'here')).toBe('here'));
});
