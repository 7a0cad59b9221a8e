import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkLines } from '../../../src/core/yamllint/line-rules.ts';
import { lintText } from './lint-text.ts';

describe('blanks at the ends of lines', () => {
  test('after a value, in a text, on a line of nothing else, after a tab', () => {
    expect(lintText('a: b  \nc: |\n  one \n  two\n   \n  three\t\n')).toEqual([
      '1:5 trailing-spaces',
      '3:6 trailing-spaces',
      '5:1 trailing-spaces',
      '6:8 trailing-spaces',
    ]);
  });

  test('before a carriage return, and none where there are none', () => {
    expect(lintText('a: b \r\nc: d\r\n')).toEqual(['1:5 trailing-spaces']);
    expect(lintText('a: b\u00a0\n')).toEqual([]);
  });

  test('on the last line, too, which then does not end', () => {
    expect(lintText('a: b ')).toEqual(['1:5 trailing-spaces', '1:6 new-line-at-end-of-file']);
  });
});

describe('the end of the file', () => {
  test('needs one line break and no more', () => {
    expect(lintText('a: b')).toEqual(['1:5 new-line-at-end-of-file']);
    expect(lintText('a: b\n')).toEqual([]);
    expect(lintText('a: b\n\n')).toEqual(['2:1 empty-lines']);
    expect(lintText('a: b\r\n\r\n')).toEqual(['2:1 empty-lines']);
  });
});

describe('empty lines', () => {
  test('two in a row are fine, three are told at the last', () => {
    expect(lintText('a: b\n\n\nc: d\n')).toEqual([]);
    expect(lintText('a: b\n\n\n\nc: d\n')).toEqual(['4:1 empty-lines']);
  });

  test('in a text they count as well', () => {
    expect(lintText('a: |\n  one\n\n\n\n  two\n')).toEqual(['5:1 empty-lines']);
  });

  test('none may stand at the beginning', () => {
    expect(lintText('\na: b\n')).toEqual(['1:1 empty-lines']);
  });

  test('lines of blanks are not empty', () => {
    expect(lintText('a: b\n\n \n\n\nc: d\n')).toEqual(['3:1 trailing-spaces']);
  });
});

test('a lone carriage return ends a line, as where Python reads a text', () => {
  expect(checkLines('a: b \rc: d\n')).toMatchObject([{ rule: 'trailing-spaces', start: 4 }]);
});

test('any text: told in its order inside of it, and none of it when the blanks are gone', () => {
  const line = fc.stringMatching(/^[a \t\r]{0,4}$/);
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), fc.constantFrom('\n', '\r\n', ''), (lines, end) => {
      const text = lines.join('\n') + end;
      for (const { start } of checkLines(text)) expect(start).toBeLessThanOrEqual(text.length);
      const mended = `${text
        .replaceAll('\r', '\n')
        .replaceAll(/[ \t]+$/gm, '')
        .replaceAll(/\n{2,}/g, '\n')
        .replaceAll(/^\n|\n$/g, '')}\n`;
      expect(mended === '\n' ? [] : checkLines(mended)).toEqual([]);
    }),
  );
});
