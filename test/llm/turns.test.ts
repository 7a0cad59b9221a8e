import { expect, test } from 'vitest';
import { makeTurns } from '../../src/llm/turns.ts';

test('calls take turns, a few at a time, in the order in which they came', async () => {
  const turns = makeTurns(2, () => 0);
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const all = [0, 1, 2, 3].map(name =>
    turns.take(async () => {
      begun.push(name);
      await new Promise<void>(resolve => ends.push(resolve));
      return name;
    }),
  );
  const settle = () => new Promise(resolve => setImmediate(resolve));
  await settle();
  expect(begun).toEqual([0, 1]);
  ends[1]?.();
  await settle();
  expect(begun).toEqual([0, 1, 2]);
  for (let index = 0; index < 4; index += 1) {
    ends[index]?.();
    await settle();
  }
  expect(await Promise.all(all)).toEqual([0, 1, 2, 3]);
});

test('a call that fails gives its turn on', async () => {
  const turns = makeTurns(1, () => 0);
  const failed = turns.take(() => Promise.reject(new Error('down')));
  const next = turns.take(() => Promise.resolve('up'));
  await expect(failed).rejects.toThrow('down');
  expect(await next).toBe('up');
});

test('the longest pause that was asked for holds', () => {
  let time = 0;
  const turns = makeTurns(1, () => time);
  expect(turns.remaining()).toBe(0);
  turns.pause(3_000);
  turns.pause(1_000);
  time = 1_000;
  expect(turns.remaining()).toBe(2_000);
  time = 9_000;
  expect(turns.remaining()).toBe(0);
});
