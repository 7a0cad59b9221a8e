import { describe, expect, test } from 'vitest';
import { lintText } from './lint-text.ts';

describe('colons', () => {
  test('one blank after, none before', () => {
    expect(lintText('a:  b\nc : d\ne: f\ng:\n  h: i\n')).toEqual(['1:4 colons', '2:2 colons']);
  });

  test('a text in block form, in quotes, with an anchor', () => {
    expect(lintText('a:  |\n  b\nc:  "d"\ne:  &f g\n')).toEqual(['1:4 colons', '3:4 colons', '4:4 colons']);
  });

  test('a comment behind the colon is nobody’s mistake', () => {
    expect(lintText('a:    # why\n  b\n')).toEqual([]);
  });

  test('a reference as a key needs one blank, and gets no more', () => {
    expect(lintText('a: &b c\n*b : d\n')).toEqual([]);
    expect(lintText('a: &b c\n*b  : d\n')).toEqual(['2:4 colons']);
  });

  test('behind a question mark', () => {
    expect(lintText('?   a\n: b\n')).toEqual(['1:3 colons']);
    expect(lintText('? a\n:   b\n')).toEqual(['2:3 colons']);
  });

  test('colons of a text are none', () => {
    expect(lintText('a: |\n  b :  c\nd: "e :  f"\ng: https://x.example/y\n')).toEqual([]);
  });
});

test('hyphens: one blank after', () => {
  expect(lintText('a:\n  -  b\n  - c\n  -   d: e\n  - -  f\n')).toEqual(['2:5 hyphens', '4:5 hyphens', '5:7 hyphens']);
});

describe('commas', () => {
  test('none before, one after', () => {
    expect(lintText('a: [b,c]\nd: [e , f]\ng: {h: i,  j: k}\nl: [m, n]\n')).toEqual([
      '1:7 commas',
      '2:6 commas',
      '3:11 commas',
    ]);
  });

  test('at the end of a line is where they belong, at the beginning they do not', () => {
    expect(lintText('a: [\n  b,\n  c\n]\n')).toEqual([]);
    expect(lintText('a: [\n  b\n  , c\n]\n')).toEqual(['3:3 commas']);
  });
});

test('brackets and braces: one blank inside at most', () => {
  expect(lintText('a: [ b ]\nc: [  d  ]\ne: {  f: g  }\nh: []\ni: {   }\n')).toEqual([
    '2:6 brackets',
    '2:9 brackets',
    '3:6 braces',
    '3:12 braces',
    '5:6 braces',
  ]);
});

test('nothing is told of a whole sound file', () => {
  expect(
    lintText('version: 3\nlist:\n  - a: b\n    c: |\n      d\n  - a: "e"\n    c: >-\n      f\nflow: { g: [1, 2] }\n'),
  ).toEqual([]);
});
