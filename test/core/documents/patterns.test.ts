import { expect, test } from 'vitest';
import { matchPatterns } from '../../../src/core/documents/lookup.ts';
import { objectionTo } from '../../../src/core/documents/patterns.ts';

test.each(['lamps.md', 'docs/*.md', '**/*.pdf', 'a b/ü.md', './lamps.md', '[a-c]*.md', 'a..b.md', '{lamps}.md'])(
  'nothing speaks against %s',
  pattern => {
    expect(objectionTo(pattern)).toBeUndefined();
  },
);

test.each([
  ['../lamps.md', 'leads out'],
  ['docs/../../lamps.md', 'leads out'],
  ['/etc/passwd', 'outside'],
  ['C:/lamps.md', 'outside'],
  [String.raw`docs\lamps.md`, 'backslash'],
  ['https://github.com/a/b/lamps.md', 'address'],
  ['{a,b}{a,b}{a,b}{a,b}.md', 'braces'],
  ['<file-search-pattern 1>', 'template'],
  ['lamps\u202e.md', 'nobody can see'],
  ['*'.repeat(13), 'wildcards'],
  ['a'.repeat(201), 'characters'],
])('%s is refused', (pattern, why) => {
  expect(objectionTo(pattern)).toContain(why);
});

test('20,000 paths are compared with 40 patterns; names that were made to take long are given up', () => {
  const paths = Array.from({ length: 20_000 }, (_, index) => `docs/chapter ${index % 100}/page ${index}.md`);
  const patterns = (value: string) => Array.from({ length: 40 }, () => ({ value }));
  expect(matchPatterns(patterns('guide/*.md'), paths)).toHaveLength(40);
  const long = Array.from({ length: 20_000 }, (_, index) => `${'a'.repeat(200)}${index}`);
  expect(matchPatterns(patterns(`${'*a'.repeat(12)}b`), long)).toBeUndefined();
});
