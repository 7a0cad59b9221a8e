import { expect, test } from 'vitest';
import { wavesOf } from '../../src/recorded/waves.ts';

test('pull requests that name each other are a wave, however they hang together; two are none', () => {
  const waves = wavesOf([
    { number: 1, like: [] },
    { number: 2, like: [1] },
    { number: 3, like: [2] },
    { number: 4, like: [] },
    { number: 5, like: [4] },
    { number: 6, like: [] },
    { number: 7, like: [] },
    { number: 8, like: [] },
    { number: 9, like: [6, 7] },
    { number: 10, like: [6, 8] },
  ]);
  expect(waves).toEqual([
    { first: 6, later: [7, 8, 9, 10], pointing: 2 },
    { first: 1, later: [2, 3], pointing: 1 },
  ]);
});
