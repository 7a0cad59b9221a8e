import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matches, readGlob } from '../../../src/core/documents/glob.ts';

const isMatch = (pattern: string, path: string): boolean | undefined =>
  matches(readGlob(pattern), path, { steps: 1_000_000 });

describe('patterns as Python reads them', () => {
  test.each([
    ['guide.md', 'guide.md'],
    ['./guide.md', 'guide.md'],
    ['*.md', 'guide.md'],
    ['docs/*.md', 'docs/a.md'],
    ['docs/**/*.md', 'docs/a.md'],
    ['docs/**/*.md', 'docs/a/b/c.md'],
    ['**/guide.md', 'guide.md'],
    ['**', 'a/b/c.md'],
    ['g?ide.md', 'guide.md'],
    ['[a-g]uide.md', 'guide.md'],
    ['[!a-f]uide.md', 'guide.md'],
    ['[]g]uide.md', 'guide.md'],
    ['[guide.md', '[guide.md'],
    ['*a*a*.md', 'banana.md'],
    ['{a,b}.md', '{a,b}.md'],
    ['.github/*.md', '.github/a.md'],
    ['?.md', '🌱.md'],
  ])('%s matches %s', (pattern, path) => {
    expect(isMatch(pattern, path)).toBe(true);
  });

  test.each([
    ['*.md', 'docs/guide.md'],
    ['*.md', 'guide.MD'],
    ['docs', 'docs/guide.md'],
    ['docs/*.md', 'docs/a/b.md'],
    ['*', '.hidden.md'],
    ['**/a.md', '.git/a.md'],
    ['?', 'ab'],
    ['[!g]uide.md', 'guide.md'],
    ['{a,b}.md', 'a.md'],
    ['a.md', 'abmd'],
  ])('%s does not match %s', (pattern, path) => {
    expect(isMatch(pattern, path)).toBe(false);
  });

  test('agrees with the obvious way, which takes exponential time', () => {
    const pattern = fc
      .array(fc.constantFrom('a', 'b', '*', '?', '/', '**', '.'), { maxLength: 8 })
      .map(parts => parts.join(''));
    const path = fc
      .array(fc.constantFrom('a', 'b', '/', '.'), { minLength: 1, maxLength: 8 })
      .map(parts => parts.join(''));
    fc.assert(
      fc.property(pattern, path.filter(isPath), (glob, text) => {
        const segments = glob.split('/').filter(segment => segment !== '' && segment !== '.');
        expect(isMatch(glob, text)).toBe(obviously(segments, text.split('/')));
      }),
      { numRuns: 2_000 },
    );
  });

  test('a pattern and names made to take long end the search', () => {
    const budget = { steps: 100_000 };
    const glob = readGlob(`${'*a'.repeat(12)}b`);
    const name = 'a'.repeat(255);
    const answers = Array.from({ length: 2_000 }, () => matches(glob, name, budget));
    expect(answers[0]).toBe(false);
    expect(answers.at(-1)).toBeUndefined();
    expect(budget.steps).toBeGreaterThan(-2_000);
  });
});

const isPath = (text: string): boolean => text.split('/').every(name => name !== '');

function obviously(pattern: readonly string[], names: readonly string[]): boolean {
  const [segment, ...rest] = pattern;
  if (segment === undefined) return names.length === 0;
  const [name, ...others] = names;
  if (segment === '**')
    return obviously(rest, names) || (name !== undefined && !name.startsWith('.') && obviously(pattern, others));
  if (name === undefined || (name.startsWith('.') && !segment.startsWith('.'))) return false;
  return nameMatches(segment, name) && obviously(rest, others);
}

function nameMatches(pattern: string, name: string): boolean {
  if (pattern === '') return name === '';
  const rest = pattern.slice(1);
  if (pattern.startsWith('*')) return nameMatches(rest, name) || (name !== '' && nameMatches(pattern, name.slice(1)));
  return name !== '' && (pattern.startsWith('?') || pattern[0] === name[0]) && nameMatches(rest, name.slice(1));
}
