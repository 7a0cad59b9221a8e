import { describe, expect, test } from 'vitest';
import { parseQna } from '../../../src/core/parse/qna.ts';
import { MAX_CONCERNS } from '../../../src/core/parse/limits.ts';
import { checkLocation } from './in-file.ts';

const MB = 1_000_000;
const fill = (unit: string, before = '', after = ''): string =>
  before + unit.repeat(Math.floor((MB - before.length - after.length) / unit.length)) + after;

const keys = (separator: string): string =>
  Array.from({ length: 100_000 }, (_, index) => `k${index}: 1`).join(separator);
const bomb = [
  'a: &a [x, x]',
  ...'bcdefghijklmnopqrstuvwxy'
    .split('')
    .map(name => `${name}: &${name} [${`*${String.fromCodePoint(name.charCodeAt(0) - 1)}, `.repeat(4)}]`),
].join('\n');

const attacks: readonly (readonly [string, string, string])[] = [
  ['braces', fill('{'), 'yaml/too-deep'],
  ['brackets', fill('['), 'yaml/too-deep'],
  ['explicit keys', fill('? '), 'yaml/too-deep'],
  ['list marks in one line', fill('- '), 'yaml/too-deep'],
  ['keys in one line', fill('a: '), 'yaml/too-deep'],
  ['list marks in lines', fill('-\n'), 'yaml/too-large'],
  ['100,000 keys', keys('\n'), 'yaml/too-large'],
  ['100,000 keys in braces', `{${keys(',')}}`, 'yaml/too-large'],
  ['a bomb of aliases', bomb, 'yaml/too-large'],
  ['101 aliases', `a: &a x\nb: [${'*a, '.repeat(101)}]`, 'yaml/too-large'],
  ['99 references to a long text', `a: &a ${'x'.repeat(800_000)}\nb: [${'*a, '.repeat(99)}]`, 'yaml/too-large'],
  ['a scalar of 10 MB', `a: ${'x'.repeat(10 * MB)}`, 'yaml/too-large'],
  ['line ends', fill('\n'), 'yaml/too-large'],
  ['commas', fill(',', '['), 'yaml/too-large'],
  ['comments', fill('#\n'), 'yaml/too-large'],
  ['documents', fill('---\n'), 'yaml/too-large'],
  ['directives', fill('%A\n'), 'yaml/too-large'],
  ['closing brackets', fill(']'), 'yaml/syntax'],
  ['bad escapes', fill(String.raw`\q`, 'a: "', '"'), 'yaml/syntax'],
  ['quotes', fill('"', 'a: '), 'yaml/too-large'],
  ['tags', fill('!', 'a: '), 'yaml/syntax'],
  ['anchors', fill('&a ', 'a: '), 'yaml/too-large'],
  ['many errors', `a: ${'"'.repeat(50_000)}`, 'yaml/syntax'],
  ['NUL bytes', fill('\0'), 'yaml/encoding'],
  ['blanks in a plain text', fill(' ', 'version: a', 'b'), 'schema/version'],
  ['folded lines', fill('x\n\n', 'version: "', '"'), 'schema/version'],
  ['a long block text', fill('  x \n', 'version: |\n'), 'schema/version'],
  ['apostrophes', fill("''", "version: '", "'"), 'schema/version'],
  ['digits', fill('1_', 'version: '), 'schema/version'],
];

describe('a file made to hold the reader', () => {
  test.each(attacks)('%s: a located finding, in time', (_, text, rule) => {
    const path = 'compositional_skills/a/qna.yaml';
    const bytes = new TextEncoder().encode(text);
    const before = process.cpuUsage();
    const { concerns } = parseQna(path, '', bytes);
    // Time of the processor, not of the clock: other tests run beside this one.
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(1_000);
    expect(concerns.map(concern => concern.rule)).toContain(rule);
    expect(concerns.length).toBeLessThanOrEqual(MAX_CONCERNS);
    for (const { location } of concerns)
      checkLocation(location, [{ path, status: 'added', blobSha: '', content: { type: 'bytes', bytes } }]);
  });

  test('64 levels are read, in braces and in lines', () => {
    const flow = `${'['.repeat(64)}${']'.repeat(64)}`;
    const block = Array.from({ length: 64 }, (_, level) => `${' '.repeat(level)}a:`).join('\n');
    for (const text of [flow, block]) {
      const { concerns } = parseQna('knowledge/a/qna.yaml', '', new TextEncoder().encode(text));
      expect(concerns.map(({ rule }) => rule)).not.toContain('yaml/too-deep');
    }
  });

  test('5,000 keys are read', () => {
    const text = Array.from({ length: 5_000 }, (_, index) => `k${index}: 1`).join('\n');
    const { concerns } = parseQna('knowledge/a/qna.yaml', '', new TextEncoder().encode(text));
    expect(concerns[0]?.rule).toBe('schema/required');
    expect(concerns).toHaveLength(MAX_CONCERNS);
    expect(concerns.at(-1)).toMatchObject({ rule: 'yaml/more-findings', severity: 'note' });
  });
});
