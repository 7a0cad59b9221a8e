import { describe, expect, test } from 'vitest';
import { readDocument } from '../../../src/core/parse/document.ts';
import { linesOf } from '../../../src/core/parse/lines.ts';
import type { Node } from '../../../src/core/parse/node.ts';

const read = (text: string) => readDocument(text, linesOf(text));

/** The value under `a`, as its type and text. */
function valueOf(text: string): readonly [string, string?] {
  const { root, faults } = read(text);
  if (faults[0]) return ['fault', faults[0].message];
  const value: Node | undefined = root?.kind === 'mapping' ? root.entries.get('a')?.value : root;
  if (value?.kind !== 'scalar') return [value?.kind ?? 'nothing'];
  return value.type === 'text' ? ['text', value.text] : [value.type];
}

describe('types as PyYAML 6 gives them', () => {
  test.each([
    ['yes', 'boolean'],
    ['Off', 'boolean'],
    ['010', 'integer'],
    ['12:30', 'integer'],
    ['0x1F', 'integer'],
    ['1_000', 'integer'],
    ['1.5', 'float'],
    ['1.0e+3', 'float'],
    ['.inf', 'float'],
    ['~', 'null'],
    ['', 'null'],
    ['2001-12-14', 'date'],
    ['2001-12-14 21:59:43', 'date'],
    ['!!str 5', 'text'],
    ['!!int 5', 'integer'],
    ['!!binary aGk=', 'other'],
  ])('%s is of type %s', (source, type) => {
    expect(valueOf(`a: ${source}\n`)[0]).toBe(type);
  });

  test.each(['y', 'n', '0o10', '1e3', '1e5', '08', '1:60', 'nUll', '2001-1-1', '"yes"', "'12'", '++1', '0.1.2'])(
    '%s is text',
    source => {
      expect(valueOf(`a: ${source}\n`)[0]).toBe('text');
    },
  );

  test('%YAML 1.2 changes nothing', () => {
    expect(valueOf('%YAML 1.2\n---\na: yes\n')[0]).toBe('boolean');
  });
});

describe('texts as PyYAML 6 reads them', () => {
  test.each([
    ['quotes without indent', "a: 'x\ny'\n", 'x y'],
    ['braces without indent', 'b: {c: d,\ne: f}\na: g\n', 'g'],
    ['a block text at the end of the file', 'a: |\n  x', 'x'],
    ['a block text', 'a: |\n  x\n', 'x\n'],
    ['a folded text', 'a: >\n  x\n  y\n\n  z\n', 'x y\nz\n'],
    ['Windows line ends', 'a: |\r\n  x\r\n  y\r\n', 'x\ny\n'],
    ['old line ends', 'b: c\ra: d', 'd'],
    ['an alias', 'b: &c d\na: *c\n', 'd'],
    ['a merge', 'b: &c {a: d}\n<<: *c\n', 'd'],
    ['own keys over merged ones', 'b: &c {a: d}\n<<: *c\na: e\n', 'e'],
    ['the last of two equal keys', 'a: b\na: c\n', 'c'],
    ['a tab inside quotes', "a: 'b\tc'\n", 'b\tc'],
  ])('%s', (_, text, value) => {
    expect(valueOf(text)).toEqual(['text', value]);
  });
});

describe('what PyYAML 6 refuses', () => {
  test.each([
    'a:\tb',
    'a: b\tc',
    '\t',
    'a: !foo b',
    'a: !!int x',
    '? [b]\n: c',
    'a: {{ b }}',
    'a: =',
    'a: <<',
    'a: *b',
    'a: &b [*b]',
    'a: &b 1\nc: &b 2',
    '<<: 1',
    'a: b: c',
    'a: @b',
    "a: 'b'c",
    "a: 'b''",
    String.raw`a: "b\"`,
    String.raw`a: "\q"`,
    'a: [b? c]',
    'a: {b: c}: d',
    '---\na: b\n---\nc: d',
    '%YAML 2.0\n---\na: b',
  ])('%j', text => {
    const { faults } = read(text);
    expect(faults.length).toBeGreaterThan(0);
    expect(faults[0]?.rule).toBe('yaml/syntax');
  });

  test('a comment ends where YAML 1.1 ends a line, so nothing can hide behind it', () => {
    expect(valueOf('b: c # d\u2028a: e\n')).toEqual(['text', 'e']);
    expect(valueOf('b: c # d\u0085a: e\n')).toEqual(['text', 'e']);
  });
});
