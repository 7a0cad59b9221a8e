import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { redact } from '../../src/core/redact.ts';
import { retryAt } from '../../src/github/errors.ts';

test('whatever looks like a secret is taken out', () => {
  const secrets = [
    'ghp_16C7e42F292c6912E7710c838347Ae178B4a',
    'ghs_16C7e42F292c6912E7710c838347Ae178B4a',
    'ghs_123456_eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiI0NzExIn0.c2lnbmF0dXJl-_x',
    'github_pat_11AAAAAAA0aaaaaaaaaaaa_bbbbbbbbbbbbbbbbbb',
    'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiI0NzExIn0.c2lnbmF0dXJl',
    'sk-proj-abcdefgh12345678',
    '-----BEGIN RSA PRIVATE KEY-----\nMIIEabc\nxyz\n-----END RSA PRIVATE KEY-----',
    '-----BEGIN RSA PRIVATE KEY-----\nMIIEabc cut off',
  ];
  for (const secret of secrets) expect(redact(`before ${secret}`)).toBe('before [redacted]');
  expect(redact('GET /repos/a/b: 404 Not Found')).toBe('GET /repos/a/b: 404 Not Found');
});

test('long texts cost no more than their length', () => {
  for (const unit of ['-----BEGIN A-----', 'eyJaaaaaaaa.', 'ghs_', 'a']) {
    const started = performance.now();
    redact(unit.repeat(100_000 / unit.length));
    expect(performance.now() - started).toBeLessThan(200);
  }
});

test('we always come back between a second and an hour later', () => {
  const now = new Date('2026-05-01T12:00:00Z');
  const header = fc.option(fc.oneof(fc.string(), fc.integer().map(String)), { nil: undefined });
  const headers = fc.record({ 'retry-after': header, 'x-ratelimit-reset': header, 'x-ratelimit-remaining': header });
  fc.assert(
    fc.property(headers, given => {
      const seconds = (retryAt(given, now).getTime() - now.getTime()) / 1000;
      expect(seconds).toBeGreaterThanOrEqual(1);
      expect(seconds).toBeLessThanOrEqual(3600);
    }),
  );
});
