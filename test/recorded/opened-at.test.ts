import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { openedAt } from '../../src/recorded/opened-at.ts';

const days = (...numbers: readonly number[]) => numbers.map(number => new Date(Date.UTC(2024, 0, number)));

test('dates in the order of the numbers are kept', () => {
  expect(openedAt(days(1, 2, 3, 3, 5, 8, 9, 12))).toEqual(days(1, 2, 3, 3, 5, 8, 9, 12));
});

test('a commit that was rewritten later, or is months old, is moved among its neighbours', () => {
  expect(openedAt(days(1, 2, 300, 4, 5, 6, 7))[2]).toEqual(days(6)[0]);
  expect(openedAt(days(101, 102, 103, 1, 105, 106))[3]).toEqual(days(103)[0]);
});

test('never goes back in time', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 1000 })), numbers => {
      const opened = openedAt(days(...numbers)).map(date => date.getTime());
      expect(opened).toEqual(opened.toSorted((a, b) => a - b));
    }),
  );
});
