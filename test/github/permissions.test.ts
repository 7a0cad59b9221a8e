import { expect, test } from 'vitest';
import { RateLimited } from '../../src/core/trouble.ts';
import { name, world } from './world.ts';

test('the role is today’s, by its real name', async () => {
  await using here = await world();
  const roleOf = (login: string) => here.port.loadRole(here.repository, login);
  expect(await Promise.all(['ada', 'mara', 'wim', 'tom'].map(roleOf))).toEqual([
    'admin',
    'maintain',
    'write',
    'triage',
  ]);
  expect(await roleOf('nobody-at-all')).toBe('none');
  here.github.setRole(name, 'mara', 'read');
  expect(await roleOf('mara')).toBe('read');
  here.github.assertClean();
});

test('who cannot be asked about is unknown, except that a rate limit makes us wait', async () => {
  await using here = await world();
  const path = /\/permission$/;
  here.github.fault({ path, times: 3, respond: { status: 502 } });
  expect(await here.port.loadRole(here.repository, 'mara')).toBe('unknown');
  here.github.fault({ path, respond: { status: 403, message: 'Resource not accessible by integration' } });
  expect(await here.port.loadRole(here.repository, 'mara')).toBe('unknown');
  here.github.fault({ path, respond: { status: 429, headers: { 'retry-after': '60' } } });
  await expect(here.port.loadRole(here.repository, 'mara')).rejects.toBeInstanceOf(RateLimited);
});
