import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { acceptedLicences } from '../../../src/core/attribution/accepted.ts';
import { isLicenceId, resolveLicence } from '../../../src/core/attribution/licence.ts';

const read = (text: string) => {
  const { answer, names = '', meant = '' } = resolveLicence(text, acceptedLicences);
  return [answer, names || meant].filter(part => part !== '').join(' ');
};

describe('accepted', () => {
  test.each([
    ['CC-BY-SA-4.0', 'CC-BY-SA-4.0'],
    ['cc by-sa-4.0', 'CC-BY-SA-4.0'],
    ['Creative Commons Attribution-ShareAlike 4.0 International License', 'CC-BY-SA-4.0'],
    ['Creative Commons Attribution Share Alike 4.0 (CC BY-SA 4.0)', 'CC-BY-SA-4.0'],
    ['https://creativecommons.org/licenses/by-sa/4.0/deed.en', 'CC-BY-SA-4.0'],
    ['Creative Commons Zero v1.0 Universal', 'CC0-1.0'],
    ['CC0', 'CC0-1.0'],
    ['Apache 2', 'Apache-2.0'],
    ['the Apache License, Version 2.0.', 'Apache-2.0'],
    ['Apache License 2.0 (https://www.apache.org/licenses/LICENSE-2.0.txt)', 'Apache-2.0'],
    ['The MIT License', 'MIT'],
    ['cdla permissive 2.0', 'CDLA-Permissive-2.0'],
    ['Public Domain', 'public-domain'],
    ['CC-BY-4.0, public domain', 'CC-BY-4.0 AND public-domain'],
    ['apache 2.0 or GPL-3.0-only', 'Apache-2.0 OR GPL-3.0-only'],
    ['MIT OR CC-BY-NC-4.0', 'MIT OR CC-BY-NC-4.0'],
    ['Apache-2.0 WITH LLVM-exception', 'Apache-2.0 WITH LLVM-exception'],
    ['(MIT OR GPL-2.0-only) AND Apache-2.0', '(MIT OR GPL-2.0-only) AND Apache-2.0'],
  ])('%s', (text, names) => expect(read(text)).toBe(`ok ${names}`));
});

describe('not accepted', () => {
  test.each([
    ['CC BY-NC-SA 4.0', 'CC-BY-NC-SA-4.0'],
    ['CC-BY-SA-3.0', 'CC-BY-SA-3.0'],
    ['https://creativecommons.org/licenses/by-nc/4.0/', 'CC-BY-NC-4.0'],
    ['MIT AND GPL-3.0-only', 'MIT AND GPL-3.0-only'],
    ['MIT (non-commercial use)', 'MIT (non-commercial use)'],
    ['Open Government Licence v3.0', 'OGL-UK-3.0'],
    ['All rights reserved.', 'All rights reserved.'],
    ['GPLv3', 'GPLv3'],
    ['none', ''],
    ['N/A', ''],
    ['1', ''],
    ['open source', ''],
  ])('%s', (text, names) => expect(read(text)).toBe(`not-ok ${names}`.trim()));
});

describe('nobody can tell', () => {
  test.each([
    ['CC BY-SA', 'CC-BY-SA-4.0'],
    ['Apache', 'Apache-2.0'],
    ['ABCD', ''],
    ['+', ''],
    ['unlimited', ''],
    ['permitted', ''],
    ['not MIT', ''],
    ['MIT, except for the pictures', ''],
    ['LicenseRef-ours', ''],
    ['CC-BY-SA-3.0+', ''],
    ['MIT (https://creativecommons.org/licenses/by-nc/4.0/)', ''],
    ['https://creativecommons.org.licenses.example/licenses/by/4.0/', ''],
    ['https://ｃreativecommons.example/licenses/by/4.0/', ''],
    ['МIТ', ''],
    [`MIT${' OR MIT'.repeat(100)}`, ''],
  ])('%s', (text, meant) =>
    expect([resolveLicence(text, acceptedLicences).answer, read(text).includes(meant)]).toEqual(['unknown', true]),
  );
});

test('a policy decides what is accepted', () => {
  expect(resolveLicence('GPL-3.0-only', ['GPL-3.0-only']).answer).toBe('ok');
  expect(resolveLicence('MIT', []).answer).toBe('not-ok');
  expect(['MIT', 'public-domain', 'mit', 'MIT OR Apache-2.0', 'MIT+', ''].map(isLicenceId)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
});

test('words that are nobody’s licence are never accepted', () => {
  const word = fc.constantFrom(
    ...'not only for with if you pay unlimited permit MIT Apache 2.0 CC BY 4.0 terms apply except use'.split(' '),
  );
  const allowed = /^(?:MIT|Apache 2\.0|CC BY 4\.0|use|for|you|terms|terms apply)$/;
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), words => {
      const text = words.join(' ');
      fc.pre(words.some(each => /^(?:not|only|except|if|pay)$/.test(each)) && !allowed.test(text));
      expect(resolveLicence(text, acceptedLicences).answer).not.toBe('ok');
    }),
  );
});

test('any text gets an answer', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), text => {
      expect(['ok', 'not-ok', 'unknown']).toContain(resolveLicence(text, acceptedLicences).answer);
    }),
    { numRuns: 50 },
  );
});
