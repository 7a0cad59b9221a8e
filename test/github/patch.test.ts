import { createTwoFilesPatch } from 'diff';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { newSideLines } from '../../src/github/patch.ts';

test('each hunk is one range of the new side', () => {
  const patch =
    '@@ -1,3 +1,4 @@ title\n a\n+b\n c\n d\n@@ -9,2 +10,0 @@\n-x\n-y\n@@ -20 +19 @@\n-p\n+q\n\\ No newline at end of file';
  expect(newSideLines(patch)).toEqual([
    { start: 1, end: 4 },
    { start: 19, end: 19 },
  ]);
});

test('a line of the file that looks like the head of a hunk is not one', () => {
  expect(newSideLines('@@ -1 +1,2 @@\n @@ -5,9 +5,9 @@\n+@@ -1 +77,9 @@\n')).toEqual([{ start: 1, end: 2 }]);
});

test('for any two texts, the ranges hold every added line and none beyond the file', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', '@@ -1 +1 @@', '', '+', '-x', '\\ no'), { maxLength: 30 });
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const text = (of: readonly string[]) => of.map(line => `${line}\n`).join('');
      const patch = createTwoFilesPatch('a', 'b', text(before), text(after), '', '', { context: 3 });
      const body = patch.slice(Math.max(patch.indexOf('@@ -'), 0));
      const ranges = body.startsWith('@@ -') ? newSideLines(body) : [];
      const shown = ranges.flatMap(({ start, end }) => after.slice(start - 1, end));
      const inPatch = body
        .split('\n')
        .filter(line => line.startsWith('+') || line.startsWith(' '))
        .map(line => line.slice(1));
      expect(shown).toEqual(body.startsWith('@@ -') ? inPatch : []);
    }),
  );
});
