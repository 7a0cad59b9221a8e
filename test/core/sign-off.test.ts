import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSignOff } from '../../src/core/sign-off.ts';

const jo = { name: 'Jo Doe', email: 'jo@example.org' };

describe('readSignOff', () => {
  test.each([
    ['Add rhymes\n\nSigned-off-by: Jo Doe <jo@example.org>', 'own'],
    ['Add rhymes\r\n\r\nsigned-off-by: JO DOE <other@example.org>\r\n', 'own'],
    ['Add rhymes\n\nSigned-off-by: Jo <Jo@Example.org>  ', 'own'],
    ['Add rhymes\n\nSigned-off-by: Sam Roe <sam@example.org>', 'other'],
    ['Add\n\nSigned-off-by: Sam Roe <sam@example.org>\nSigned-off-by: Jo Doe <jo@example.org>\n', 'own'],
    ['Add rhymes', 'none'],
    ['', 'none'],
    ['Signed-off-by: Jo Doe', 'none'],
    ['Signed-off-by: <jo@example.org>', 'none'],
    ['I forgot Signed-off-by: Jo Doe <jo@example.org>', 'none'],
    ['Signed-off-by: Jo <Doe> <jo@example.org>', 'own'],
  ])('%j', (message, expected) => {
    expect(readSignOff(message, [jo])).toBe(expected);
  });

  test('a commit without a name or an address is nobody’s own', () => {
    expect(readSignOff('x\n\nSigned-off-by: Sam <  >', [{ name: '', email: '' }, {}])).toBe('other');
  });

  test('the committer may sign for the author', () => {
    expect(
      readSignOff('x\n\nSigned-off-by: Jo Doe <jo@example.org>', [{ name: 'Sam', email: 's@example.org' }, jo]),
    ).toBe('own');
  });

  test('whatever stands before it, a last line with the own name counts', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), text => {
        expect(readSignOff(`${text}\nSigned-off-by: Jo Doe <jo@example.org>`, [jo])).toBe('own');
      }),
    );
  });
});
