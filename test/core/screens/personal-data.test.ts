import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { personalDataIn } from '../../../src/core/screens/personal-data.ts';

const kindsIn = (text: string) => personalDataIn(text).map(({ kind }) => kind);

describe('data of real people', () => {
  test.each([
    ['jane.roe@meteo-harbour.net', 'e-mail address'],
    ['(jane@mail.meteo-harbour.co.uk)', 'e-mail address'],
    ['212-736-5000', 'phone number'],
    ['(212) 736-5000', 'phone number'],
    ['+49 30 901820', 'phone number'],
    ['+442079460000', 'phone number'],
    ['4539 1488 0343 6467', 'card number'],
    ['DE89 3704 0044 0532 0130 00', 'IBAN'],
    ['536-90-4399', 'social security number'],
    ['81.2.69.142', 'IP address'],
  ])('%s is taken for the %s that it could be', (text, kind) => {
    expect(kindsIn(`It is ${text}, they said.`)).toEqual([kind]);
  });

  test('the place is that of the value', () => {
    const text = 'Write to jane.roe@meteo-harbour.net.';
    const [hit] = personalDataIn(text);
    expect(text.slice(hit?.start, hit?.end)).toBe('jane.roe@meteo-harbour.net');
  });
});

describe('what belongs to nobody', () => {
  test.each([
    'jo@example.com',
    'jo@mail.example.org',
    'jo@company.test',
    'john.doe@gmail.com',
    'asmith@xyz.com',
    'support@meteo-harbour.net',
    '212-555-0123',
    '1-800-555-0199',
    '800-736-5000',
    '4111 1111 1111 1111',
    '4539 1488 0343 6468',
    'DE89 3704 0044 0532 0130 01',
    '000-12-3456',
    '666-12-3456',
    '900-12-3456',
    '123-45-6789',
    '192.0.2.17',
    '10.1.2.3',
    '192.168.1.254',
    '8.8.8.8',
    'version 145.18.0.91',
    '1.2.3.4',
    '999.10.10.10',
    '2024-05-17',
    '1,234,567,890',
    '3.14159265358979',
    'ISBN 978-3-16-148410-0',
    'user@localhost',
  ])('%s is left alone', text => {
    expect(kindsIn(`It is ${text}, they said.`)).toEqual([]);
  });
});

describe('hostile texts', () => {
  const units = [
    'a',
    '1',
    '1-',
    '1.',
    'a@',
    '@a.',
    'a.',
    '+1 ',
    '+1',
    '(',
    '4111 ',
    'DE89',
    'AA00 0000',
    '123-45-',
    '1.1.1.',
    '.@',
    '555-',
  ];
  test.each(units)('a megabyte of %j is looked at in time', unit => {
    const before = process.cpuUsage();
    const hits = personalDataIn(unit.repeat(1_000_000 / unit.length));
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(1_000);
    expect(hits.length).toBeLessThanOrEqual(20);
  });

  test('every hit lies in the text', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...units, ' ', 'jane@x.io', '81.2.69.142')), parts => {
        const text = parts.join('');
        for (const { start, end } of personalDataIn(text)) expect(text.slice(start, end).length).toBe(end - start);
      }),
    );
  });
});
