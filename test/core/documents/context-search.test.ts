import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { piecesOf, searchContexts } from '../../../src/core/documents/context-search.ts';

function share(context: string, ...documents: readonly string[]): number | undefined {
  const search = searchContexts([context]);
  for (const document of documents) {
    for (const piece of piecesOf(document, 40)) search.read(piece);
    search.endDocument();
  }
  return search.shares()[0];
}

const text = 'The lamp of the old lighthouse was lit every evening by a keeper who lived beside it.';

describe('how much of a context is found', () => {
  test.each([
    ['as it is', text],
    ['in the middle of more', `Before it.\n\n${text} And after it.`],
    ['wrapped', text.replaceAll(' ', '\n  ')],
    ['with marks', '**The lamp** of the _old lighthouse_ was `lit` every evening by a ~~keeper~~ who lived beside it.'],
    [
      'with links and notes',
      'The [lamp](https://example.org/lamp) of the old lighthouse[12] was lit every <b>evening</b> by a keeper who lived beside it.',
    ],
    ['in other letters of the same', text.toUpperCase().replaceAll('LI', 'Lı').replaceAll('Lı', 'LI')],
    ['with compatibility characters', text.replace('lighthouse', 'ｌighthouse').replace('lit', 'l\u00adit')],
  ])('all, %s', (_, document) => {
    expect(share(text, document)).toBe(1);
  });

  test('none of another text', () => {
    expect(
      share(text, 'A keeper lived in the house. Every old lamp was lit by it, and of the evening no more is known.'),
    ).toBe(0);
  });

  test('a part of what was changed', () => {
    const changed = text.replace('every evening by a keeper', 'each night by someone');
    const found = share(text, changed);
    expect(found).toBeGreaterThan(0.3);
    expect(found).toBeLessThan(0.7);
  });

  test('nothing is found over the end of a document', () => {
    expect(share('one two three four five', 'one two three', 'four five')).toBe(0);
  });

  test('a text of fewer than five words tells nothing', () => {
    expect(share('one two three', 'one two three')).toBeUndefined();
  });

  test('scripts without blanks', () => {
    expect(share('灯台の灯りは毎晩灯された', '昔、灯台の灯りは毎晩灯された。')).toBe(1);
  });

  test('whatever stands around it, and however it is cut', () => {
    const words = fc.array(fc.constantFrom('lamp', 'sea', 'of', 'night', 'Über', '海', '-', '\n', '*'), {
      minLength: 12,
      maxLength: 60,
    });
    fc.assert(
      fc.property(words, words, words, (before, inner, after) => {
        const context = inner.join(' ');
        const found = share(context, [...before, ...inner, ...after].join(' '));
        expect(found === undefined || found === 1).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('of a text made to take long only the beginning is compared', () => {
    const before = process.cpuUsage();
    // One character that becomes eighteen.
    const search = searchContexts(Array.from({ length: 300 }, () => '\ufdfa '.repeat(20_000)));
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(1_000);
    expect(search.shares().slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 0));
    expect(search.shares().at(-1)).toBeUndefined();
  });

  test('pieces put together are the text', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 9 }), (given, length) => {
        expect(piecesOf(given, length).join('')).toBe(given);
      }),
    );
  });
});
