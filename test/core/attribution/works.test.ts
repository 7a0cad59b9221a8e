import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fieldNamed } from '../../../src/core/attribution/field-names.ts';
import { readAttribution } from '../../../src/core/attribution/read.ts';
import { readWorks, valueOf } from '../../../src/core/attribution/works.ts';

/** Each work as `field: value` lines, with the line that it begins on. */
const told = (text: string) =>
  readWorks(text).map(({ line, fields, remarks }) => [
    line,
    ...fields.map(field => `${field.name}: ${valueOf(field)}`),
    ...remarks.map(remark => remark.text),
  ]);

describe('the fields of a work', () => {
  test('as the guides write them, with their places', () => {
    const text = 'Title of work: Rain\r\nLink to work: -\r\nLicense of the work:  MIT \r\n';
    expect(told(text)).toEqual([[1, 'title: Rain', 'link: -', 'licence: MIT']]);
    expect(readWorks(text)[0]?.fields[2]?.pieces).toEqual([{ text: 'MIT', line: 3, column: 23 }]);
  });

  test.each([
    ['- **Title of work:** Rain', 'title: Rain'],
    ['**Licence**: `MIT`', 'licence: MIT'],
    ['license_of_the_work: MIT', 'licence: MIT'],
    ['SPDX-License-Identifier: MIT', 'licence: MIT'],
    ['3. Creators name : Jo', 'creators: Jo'],
    ['Lisence of the work: MIT', 'licence: MIT'],
    ['Título de la obra: Lluvia', 'title: Lluvia'],
    ['Lien vers l’œuvre: https://a.example/', 'link: https://a.example/'],
    ['作品のタイトル：雨', 'title: 雨'],
    ['# Source: https://a.example/', 'link: https://a.example/'],
  ])('%s', (line, field) => expect(told(line)).toEqual([[1, field]]));

  test('a value may stand below its key, in bullets or set in', () => {
    expect(told('Source:\n  * https://a.example/\n  * https://b.example/\nLicence:\n\n  MIT\n')).toEqual([
      [1, 'link: https://a.example/ https://b.example/', 'licence: MIT'],
    ]);
    expect(told('License: Apache License\n     Version 2.0\nCreator: Jo')).toEqual([
      [1, 'licence: Apache License Version 2.0', 'creators: Jo'],
    ]);
  });

  test('addresses and licences need no key, other lines are remarks', () => {
    expect(told('Rain in spring\nhttps://a.example/\nCC BY 4.0\nJo Doe\n')).toEqual([
      [1, 'link: https://a.example/', 'licence: CC BY 4.0', 'Rain in spring', 'Jo Doe'],
    ]);
    expect(told('It rained: all day')).toEqual([[1, 'It rained: all day']]);
  });

  test('text without a letter is no work', () => expect(told('\ufeff\n---\n\u200b\n')).toEqual([]));
});

describe('several works', () => {
  const work = (name: string) => `Title of work: ${name}\nLicense of the work: MIT\n`;

  test('one below the other, with and without an empty line or a rule between them', () => {
    for (const between of ['', '\n', '---\n', '\r\n* * *\n'.replace('* * *', '***')])
      expect(told(work('A') + between + work('B')).map(([, title]) => title)).toEqual(['title: A', 'title: B']);
  });

  test('two licences of one work stay with it, two links in a row too', () => {
    expect(told('Title: A\nLicense: MIT\nSPDX-License-Identifier: MIT\nLink: https://a.example\nLink: b')).toHaveLength(
      1,
    );
    expect(told('https://a.example/\nhttps://b.example/\n')).toHaveLength(1);
  });

  test('blocks without keys', () => {
    expect(told('Rain\nhttps://a.example/\nMIT\n---\nSnow\nhttps://b.example/\nMIT\n').map(([line]) => line)).toEqual([
      1, 5,
    ]);
  });
});

test('a copy of the examples and an endless file are no attribution', () => {
  expect(readAttribution('attribution.txt', 'created_by: x\nseed_examples:\n')).toMatchObject({
    works: [],
    mistaken: 'copy-of-examples',
  });
  expect(readAttribution('attribution.txt', 'Title: x\n'.repeat(1_001)).mistaken).toBe('too-long');
  expect(readAttribution('attribution.txt', 'Title: x\n'.repeat(1_000)).mistaken).toBeUndefined();
});

test('whatever the text, every piece stands where it says', () => {
  const line = fc.oneof(
    fc.constantFrom(
      'Title of work:',
      '- **License:** MIT',
      '  * x',
      '---',
      '',
      'https://a.example/',
      'Link to work: -',
    ),
    fc.string({ unit: 'grapheme', maxLength: 30 }),
  );
  fc.assert(
    fc.property(fc.array(line), fc.constantFrom('\n', '\r\n'), (lines, end) => {
      const text = lines.join(end);
      const all = text.split('\n');
      for (const { fields, remarks } of readWorks(text)) {
        for (const piece of [...fields.flatMap(({ pieces }) => pieces), ...remarks])
          expect((all[piece.line - 1] ?? '').startsWith(piece.text, piece.column - 1)).toBe(true);
      }
    }),
  );
});

test('no key is what stands before the colon of an address or a sentence', () => {
  expect(told('https://a.example/')).toEqual([[1, 'link: https://a.example/']]);
  expect(fieldNamed('What the work says of its title')).toBeUndefined();
  expect(fieldNamed('')).toBeUndefined();
});
