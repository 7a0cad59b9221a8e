import { describe, expect, test } from 'vitest';
import { lintText } from './lint-text.ts';

describe('the step', () => {
  test('is set by the first that is deeper', () => {
    expect(lintText('a:\n  b: c\nd:\n  e: f\n')).toEqual([]);
    expect(lintText('a:\n    b: c\nd:\n    e: f\n')).toEqual([]);
    expect(lintText('a:\n  b: c\nd:\n    e: f\n')).toEqual(['4:5 indentation']);
  });

  test('counts for texts on lines of their own, not for their later lines', () => {
    expect(lintText('a:\n  b\nc:\n    d\n')).toEqual(['4:5 indentation']);
    expect(lintText('a:\n  b\n      c\nd: "e\n     f"\n')).toEqual([]);
    expect(lintText('a: |\n     b\nc:\n  d: e\n')).toEqual([]);
  });

  test('what lies inside of something misplaced is not told again', () => {
    expect(lintText('a:\n  b: c\nd:\n    e: f\n    g:\n      h: i\n')).toEqual(['4:5 indentation']);
  });

  test('a file that begins indented', () => {
    expect(lintText('  a: b\n  c: d\n')).toEqual(['1:3 indentation']);
    expect(lintText('---\n a: b\n')).toEqual(['2:2 indentation']);
  });
});

describe('lists under a key', () => {
  test('all indented or none', () => {
    expect(lintText('a:\n- b\nc:\n- d\n')).toEqual([]);
    expect(lintText('a:\n  - b\nc:\n  - d\n')).toEqual([]);
    expect(lintText('a:\n- b\nc:\n  - d\n  - e\n')).toEqual(['4:3 indentation']);
    expect(lintText('a:\n  - b\nc:\n- d\n')).toEqual(['4:1 indentation']);
  });

  test('by the step of the file', () => {
    expect(lintText('a:\n  - b\nc:\n    - d\n')).toEqual(['4:5 indentation']);
    expect(lintText('a:\n  b: c\nd:\n    - e\n')).toEqual(['4:5 indentation']);
  });

  test('of items that are mappings or lists themselves', () => {
    expect(lintText('a:\n- b: c\n  d:\n  - e: f\n    g: h\n- - i\n  - j\n')).toEqual([]);
    expect(lintText('a:\n- b: c\n  d:\n    - e: f\n      g: h\n')).toEqual(['4:5 indentation']);
    expect(lintText('a:\n  -\n    b: c\n  -\n      d: e\n')).toEqual(['5:7 indentation']);
  });
});

describe('collections in brackets', () => {
  test('over several lines: their content a step deeper, the bracket below its line', () => {
    expect(lintText('a: [\n  b,\n  c\n]\nd: {\n  e: f\n}\n')).toEqual([]);
    expect(lintText('a: [\n  b,\n   c\n  ]\n')).toEqual(['3:4 indentation', '4:3 indentation']);
  });

  test('or below the first of them', () => {
    expect(lintText('a: [b,\n    c,\n   d]\n')).toEqual(['3:4 indentation']);
  });

  test('inside one another', () => {
    expect(lintText('a: [\n  [\n    b\n  ],\n  {c:\n     d}\n]\n')).toEqual([]);
  });
});

test('anchors, tags and questions move nothing', () => {
  expect(lintText('a: &b\n  c: d\ne: !!map\n  f: g\n')).toEqual([]);
  expect(lintText('a:\n  &b\n  c: d\n')).toEqual([]);
  expect(lintText('? a\n: b\n? - c\n: - d\n')).toEqual([]);
  expect(lintText('? |\n  a\n:\n  b: c\n')).toEqual([]);
});

test('comments may stand anywhere', () => {
  expect(lintText('   # one\na:\n      # two\n  b: c\n # three\nd:\n  - e\n# four\n  - f\n')).toEqual([]);
});
