import { describe, expect, test } from 'vitest';
import { regexesIn } from '../../scripts/regexes/find.ts';
import { slowness } from '../../scripts/regexes/slowness.ts';

const slownessOf = ({ source, flags }: RegExp): string | undefined => slowness({ pattern: source, flags });

describe('the check of regular expressions', () => {
  test.each([/(a+)+$/, /(?:a|a)*b/, /\s+$/, /a*a*b/, /^(.*?),(.*?)x$/, /\p{L}+x/u])('%s is slow', regex => {
    expect(slownessOf(regex)).toMatch(/polynomial|exponential/);
  });

  test.each([/^\s+$/, /^[a-z]+(?:-[a-z]+)*$/, /[^\P{C}\n\t]/gu, /(?<!\s)\s+$/, /a+/y])('%s is not', regex => {
    expect(slownessOf(regex)).toBeUndefined();
  });

  test('says exponential where it is', () => {
    expect(slownessOf(/\s+$|(?:a+)+b/)).toContain('exponential');
  });

  test('finds literals and calls, and what is put together at run time', () => {
    const source = [
      'const a: RegExp = /x+/gu;',
      "const b = new RegExp('y+', 'i');",
      'const c = RegExp(`${name}+`);',
      'const d = text.replace(/z/, "/no regex/");',
    ].join('\n');
    expect(regexesIn('a.ts', source)).toEqual([
      { type: 'constant', line: 1, text: '/x+/gu', pattern: 'x+', flags: 'gu' },
      { type: 'constant', line: 2, text: "new RegExp('y+', 'i')", pattern: 'y+', flags: 'i' },
      { type: 'made', line: 3, text: 'RegExp(`${name}+`)' },
      { type: 'constant', line: 4, text: '/z/', pattern: 'z', flags: '' },
    ]);
  });
});
