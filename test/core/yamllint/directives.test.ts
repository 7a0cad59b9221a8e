import { describe, expect, test } from 'vitest';
import { lintText } from './lint-text.ts';

const upstream = (text: string): readonly string[] => lintText(text, 'instructlab');

describe('under the profile instructlab comments switch rules off', () => {
  test('from a line on, and on again', () => {
    expect(upstream('a : b\n# yamllint disable rule:colons\nc : d \n# yamllint enable rule:colons\ne : f\n')).toEqual([
      '1:2 colons',
      '3:6 trailing-spaces',
      '5:2 colons',
    ]);
    expect(upstream('# yamllint disable\na : b \n# yamllint enable\nc : d\n')).toEqual(['4:2 colons']);
  });

  test('on their own line, or, standing alone, on the next', () => {
    expect(upstream('a : b # yamllint disable-line rule:colons\nc : d\n')).toEqual(['2:2 colons']);
    expect(upstream('# yamllint disable-line\na : b \nc : d\n')).toEqual(['3:2 colons']);
    expect(upstream('# yamllint disable-line rule:hyphens rule:colons\na : b \n')).toEqual(['2:6 trailing-spaces']);
  });

  test('in the whole file, from its first line alone', () => {
    expect(upstream('# yamllint disable-file\na : b \n')).toEqual([]);
    expect(upstream('a : b\n# yamllint disable-file\n')).toEqual(['1:2 colons']);
  });

  test('behind a text in block form, too', () => {
    expect(upstream('a: |\n  b\n# yamllint disable-line\nc : d\n')).toEqual([]);
  });

  test.each([
    '#yamllint disable',
    '# yamllint disable-lines',
    '# yamllint disable colons',
    '# yamllint disable rule:hyphens',
    '# please yamllint disable',
  ])('%s does not', comment => {
    expect(upstream(`${comment}\na : b\n`)).toEqual(['2:2 colons']);
  });

  test('a text that reads like one is none', () => {
    expect(upstream('a: |\n  # yamllint disable\nb : c\n')).toEqual(['3:2 colons']);
  });
});

test.each(['# yamllint disable-file', '# yamllint disable', '# yamllint disable-line'])(
  'under our own profile %s is a comment like any other',
  comment => {
    expect(lintText(`${comment}\na : b \n`)).toEqual(['2:2 colons', '2:6 trailing-spaces']);
  },
);

test('a key given twice is yamllint’s business under the profile instructlab alone', () => {
  const text = 'a: b\nc: {d: e, d: f}\na: g\n';
  expect(upstream(text)).toEqual(['2:11 key-duplicates', '3:1 key-duplicates']);
  expect(lintText(text)).toEqual([]);
  expect(upstream('a: b\na: c # yamllint disable-line rule:key-duplicates\n')).toEqual([]);
});
