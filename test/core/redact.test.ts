import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redact } from '../../src/core/redact.ts';

const word = (length: number) => 'a1B2c3D4e5F6g7H8'.repeat(20).slice(0, length);

const joined = (...parts: readonly string[]): string => parts.join('');

/** Each written in pieces, so that no scanner takes this file for a leak. */
const secrets: Readonly<Record<string, string>> = {
  'an installation token': joined('ghs', '_', word(36)),
  'an installation token of the longer form': joined('ghs', '_', word(20), '.', word(40), '.', word(30)),
  'a personal token': joined('ghp', '_', word(36)),
  'a fine-grained one': joined('github', '_pat_', word(22), '_', word(59)),
  'a token of the App': joined('ey', 'J', 'hbGciOiJSUzI1NiJ9.', word(40), '.', word(80)),
  'a key of a provider': joined('sk', '-proj-', word(40)),
  'another provider’s': joined('hf', '_', word(34)),
  'a key of a cloud': joined('AKIA', 'ABCDEFGH', '12345678'),
  'a private key': joined('-----BEGIN RSA ', 'PRIVATE KEY-----\n', word(64), '\n-----END RSA PRIVATE KEY-----'),
  'a private key cut off': joined('-----BEGIN ', 'PRIVATE KEY-----\\n', word(200)),
};

describe('a line of the log', () => {
  test.each(Object.entries(secrets))('loses %s, wherever it stands', (_, secret) => {
    for (const line of [
      secret,
      `before ${secret} after`,
      JSON.stringify({ err: { message: `401: ${secret}` }, next: 'kept' }),
    ]) {
      const clean = redact(line);
      expect(clean).not.toContain(secret);
      expect(clean).not.toContain(word(20));
      expect(clean).toContain('[redacted]');
    }
    expect(redact(JSON.stringify({ secretly: secret, next: 'kept' }))).toContain('"next":"kept"}');
  });

  test('loses what stands behind a word that says so, and passwords in addresses', () => {
    expect(redact('authorization: Bearer abcdefgh12')).toBe('authorization: [redacted]');
    expect(redact('{"password":"hunter22","user":"x"}')).toBe('{"password":"[redacted]","user":"x"}');
    expect(redact('postgres://assay:s3cr3t-word@db.example:5432/x')).toBe(
      'postgres://assay:[redacted]@db.example:5432/x',
    );
  });

  test.each([
    'reviewed lantern/taxonomy#7',
    'https://github.com/o/r/pull/1',
    'tokens: 12',
    'ask-me-anything-about-it',
    '{"tokens":14000,"n":1}',
  ])('is left alone: %s', line => expect(redact(line)).toBe(line));

  test('stays JSON, and redacting twice changes nothing more', () => {
    const value = fc.oneof(fc.string(), fc.constantFrom(...Object.values(secrets)));
    fc.assert(
      fc.property(fc.dictionary(fc.string(), value), fields => {
        const line = JSON.stringify(fields);
        const clean = redact(line);
        expect(() => JSON.parse(clean)).not.toThrow();
        expect(redact(clean)).toBe(clean);
      }),
    );
  });
});
