import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unpinnedIn } from '../../../src/core/attribution/revision.ts';
import { readWorks } from '../../../src/core/attribution/works.ts';
import { clicked } from '../fixes/fixed-by.ts';

const unpinned = (text: string) => unpinnedIn(text, readWorks(text));
const page = 'https://en.wikipedia.org/wiki/Rain';
const pinned = 'https://en.wikipedia.org/w/index.php?title=Rain&oldid=1220000000';

describe('a revision that is named', () => {
  test.each([
    `Link to work: ${page}\nRevision: ${pinned}\n`,
    `Link to work: ${pinned}\n`,
    `Link to work: ${page}?oldid=1220000000\n`,
    `Link to work: https://rain.example/\n`,
  ])('%j', text => expect(unpinned(text)).toEqual([]));
});

describe('a revision that is not', () => {
  test.each([
    `Link to work: ${page}\n`,
    `Link to work: ${page}\nRevision: ${page}\n`,
    `Link to work: ${page}\nRevision: as of April 2, 2024\n`,
    `Link to work: ${page}\nRevision: 1\n`,
    `Link to work: ${page} ${page}_(film)\nRevision: 1220000000\n`.replace('\nRevision', ' \nRevision'),
  ])('%j: nobody knows its number', text => {
    const found = unpinned(text);
    expect(found.length).toBeGreaterThan(0);
    expect(found.map(({ suggestion }) => suggestion)).toEqual(found.map(() => undefined));
  });

  test.each([
    [`Link to work: ${page}\r\nRevision: 1220000000\r\n`, `Link to work: ${page}\r\nRevision: ${pinned}\r\n`],
    [`Link to work: ${page}\nRevision: **oldid=1220000000**\n`, `Link to work: ${page}\nRevision: **${pinned}**\n`],
    [`Revision: ${page}&oldid=1220000000`, `Revision: ${pinned}`],
    [`* ${page}&oldid=1220000000 (rain)`, `* ${pinned} (rain)`],
  ])('%j: the text itself names it', (before, after) => {
    const [{ suggestion } = { suggestion: undefined }] = unpinned(before);
    expect(suggestion && clicked(before, suggestion)).toBe(after);
    expect(unpinned(after)).toEqual([]);
  });

  test('each of several works is told', () =>
    expect(unpinned(`Title: A\nLink: ${page}\n\nTitle: B\nLink: ${page}_2\n`).map(({ piece }) => piece.line)).toEqual([
      2, 5,
    ]));
});

test('a click names the revision and changes nothing else, whatever stands around it', () => {
  const line = fc.constantFrom(
    'Title of work: Rain',
    `Link to work: ${page}`,
    `- Link: ${page}_(film)&oldid=1220000001`,
    'Revision: 1220000000',
    `Revision: ${page}&oldid=1220000000`,
    'License of the work: CC-BY-SA-4.0',
    '1220000000',
    '',
    `  * ${page}&oldid=122 ${page}&oldid=123`,
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), fc.constantFrom('\n', '\r\n'), (lines, end) => {
      const text = lines.join(end);
      for (const { suggestion } of unpinned(text)) {
        if (suggestion === undefined) continue;
        const after = clicked(text, suggestion);
        expect(unpinned(after).length).toBeLessThan(unpinned(text).length);
        const [before, now] = [text.split('\n'), after.split('\n')];
        expect(now.filter((each, at) => each !== before[at])).toHaveLength(1);
        expect(now).toHaveLength(before.length);
      }
    }),
    { numRuns: 200 },
  );
});
