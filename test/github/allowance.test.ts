import { expect, test } from 'vitest';
import { createAllowance } from '../../src/github/allowance.ts';

const HOUR_MS = 3_600_000;

function saying(remaining: number, reset: number, resource = 'core'): Headers {
  return new Headers({
    'x-ratelimit-limit': '5000',
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': String(reset / 1000),
    'x-ratelimit-resource': resource,
  });
}

test('a limit is scarce below 15 % of it, until it begins anew', () => {
  let now = 0;
  const allowance = createAllowance(() => now);
  expect(allowance.scarceUntil()).toBeUndefined();
  allowance.note(saying(750, HOUR_MS));
  expect(allowance.scarceUntil()).toBeUndefined();
  allowance.note(saying(749, HOUR_MS));
  expect(allowance.scarceUntil()).toEqual(new Date(HOUR_MS));
  now = HOUR_MS;
  expect(allowance.scarceUntil()).toBeUndefined();
});

test('that GraphQL has enough says nothing of REST, and an answer without headers nothing at all', () => {
  const allowance = createAllowance(() => 0);
  allowance.note(saying(10, HOUR_MS));
  allowance.note(saying(4_000, HOUR_MS, 'graphql'));
  allowance.note(new Headers());
  expect(allowance.scarceUntil()).toEqual(new Date(HOUR_MS));
  allowance.note(saying(5_000, 2 * HOUR_MS));
  expect(allowance.scarceUntil()).toBeUndefined();
});
