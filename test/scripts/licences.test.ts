import { expect, test } from 'vitest';
import { licencesIn } from '../../scripts/licences/objections.ts';

const objectionsTo = (entry: object) => licencesIn({ packages: { 'node_modules/it': entry } }).objections;

test('a licence that only wants to be named may be used and published', () => {
  expect(objectionsTo({ license: 'MIT' })).toEqual([]);
  expect(objectionsTo({ license: '(GPL-3.0-only OR CC0-1.0)' })).toEqual([]);
});

test('one that asks for more is told, and so is one that is missing or says nothing', () => {
  expect(objectionsTo({ license: 'AGPL-3.0-only' })).toEqual([
    'node_modules/it: AGPL-3.0-only is not on the list of what may be published',
  ]);
  expect(objectionsTo({ license: 'MIT AND GPL-2.0-or-later' })).toHaveLength(1);
  expect(objectionsTo({ license: 'GPL-2.0-only WITH Classpath-exception-2.0' })).toHaveLength(1);
  expect(objectionsTo({ license: 'SEE LICENSE IN LICENSE.md' })).toHaveLength(1);
  expect(objectionsTo({})).toHaveLength(1);
});

test('the MPL is for our tools alone', () => {
  expect(objectionsTo({ license: 'MPL-2.0', dev: true })).toEqual([]);
  expect(objectionsTo({ license: 'MPL-2.0' })).toHaveLength(1);
});

test('our own workspaces are not asked, packages below them are', () => {
  const packages = {
    '': {},
    runtime: {},
    'node_modules/runtime': { link: true },
    'runtime/node_modules/it': { license: 'ISC' },
  };
  expect(licencesIn({ packages })).toEqual({ count: 1, objections: [] });
});
