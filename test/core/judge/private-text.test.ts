import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judge } from '../../../src/core/judge/judge.ts';
import type { Ask } from '../../../src/core/judge/model.ts';
import { privateKindIn } from '../../../src/core/judge/private-text.ts';
import { readPrompt } from '../../simulator/model/read-prompt.ts';
import { checklist } from '../../simulator/model/scripts.ts';
import { KEY, SPENDER, exampleOf, leafOf, leafWith } from './example-leaf.ts';

// Put together here so that no scanner takes this file for a leak.
const token = ['ghp', 'a1B2'.repeat(9)].join('_');

describe('text that may not leave', () => {
  test.each([
    [`Use ${token} to log in.`, 'a secret'],
    [['-----BEGIN RSA', 'PRIVATE', 'KEY-----\nabc'].join(' '), 'a secret'],
    [`AKIA${'ABCDEFGH'.repeat(2)}`, 'a secret'],
    [`sk-proj-${'x'.repeat(30)}`, 'a secret'],
    ['postgres://admin:hunter22@db.internal/x', 'a secret'],
    ['Write to m.keller@firma-keller.de please', 'an e-mail address'],
    ['Call +49 30 901820 today', 'a phone number'],
    ['Call (212) 867-5309 today', 'a phone number'],
    ['My number is 212-867-5309.', 'a phone number'],
    ['SSN 219-09-9999', 'a bank or identity number'],
    ['Card 4539 1488 0343 6467', 'a bank or identity number'],
    ['IBAN DE89 3704 0044 0532 0130 00', 'a bank or identity number'],
  ])('%s', (text, kind) => {
    expect(privateKindIn(text)).toBe(kind);
  });

  test.each([
    'Write to jane@example.com or jane@mail.example.org or bob@test',
    'Call 555-0123, 212-555-0147, 123-456-7890, 987-654-3210 or 1-800-356-9377',
    'The year 2024-05-12, version 1.2.3.4, pi is 3.14159265358979',
    'Order 1234567890123456 is on its way; 0000 0000 0000 0000',
    'Add 123-45-678, 123-45-6789 and 000-12-3456',
    'ISBN 978-3-16-148410-0, ratio 12:30, 100,000,000',
    'The @ sign, a@b, and foo@bar baz.',
    'https://example.com/a:b@c and task-driven skills',
    'GB is a country, AB12 is a shelf',
  ])('is not: %s', text => {
    expect(privateKindIn(text)).toBeUndefined();
  });

  test('a hostile text costs no more than its length', () => {
    const started = performance.now();
    for (const piece of [
      'a',
      'a.',
      'a@',
      '1',
      '1 ',
      '1-',
      '+1',
      'A1',
      'DE89',
      'eyJ',
      'a:',
      '://',
      'sk-',
      '-----BEGIN ',
    ]) {
      privateKindIn(piece.repeat(60_000 / piece.length));
    }
    expect(performance.now() - started).toBeLessThan(3_000);
  });

  test('an address is found wherever it stands', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        expect(privateKindIn(`${before} anna.berg@kanzlei-berg.de ${after}`)).toBeDefined();
      }),
    );
  });
});

describe('the judge', () => {
  const sent: string[] = [];
  const ask: Ask = ({ system, user }) => {
    sent.push(user);
    const text = checklist(readPrompt(system, user));
    return Promise.resolve({
      outcome: 'ok',
      text,
      model: 'm',
      usage: { promptTokens: 0, completionTokens: 0 },
      isStored: false,
    });
  };
  const secretive = leafOf(
    [exampleOf({}), exampleOf({ answer: `Log in with ${token}.` }, 1)],
    'compositional_skills/x/qna.yaml',
  );

  test('sends nothing of a file that holds a secret, says so, and is not green about it', async () => {
    const { state } = await judge([leafWith(2), secretive], { ask, key: KEY, spender: SPENDER });
    expect(sent).toHaveLength(2);
    expect(state).toEqual({
      type: 'gave-up',
      reason: 'compositional_skills/x/qna.yaml seems to hold a secret, so it was not sent.',
      judged: 2,
      examples: 4,
    });
    expect(JSON.stringify(state)).not.toContain(token);
  });

  test('has nothing to judge when that is all there is', async () => {
    sent.length = 0;
    const { state } = await judge([secretive], { ask, key: KEY, spender: SPENDER });
    expect(sent).toEqual([]);
    expect(state).toMatchObject({ type: 'nothing-to-judge', reason: expect.stringContaining('a secret') });
  });
});
