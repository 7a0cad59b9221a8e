import { expect, test } from 'vitest';
import { parseFiles } from '../src/core/parse/contribution.ts';
import type { ChangedFile } from '../src/core/pull-request.ts';
import { findLeavesBefore } from '../src/leaves-before.ts';
import { blobSha, soundPath, soundSkill } from './core/rules/sound-leaf.ts';

const repository = { id: 1, owner: 'instruct', name: 'taxonomy' };
const old = soundSkill.replace('cheese', 'tea');

/** What stood at the sound leaf's path, and how many calls it took to know. */
async function before(files: readonly Partial<ChangedFile>[], base: Readonly<Record<string, string>>) {
  let calls = 0;
  const texts = new Map(Object.values(base).map(text => [blobSha(text), Buffer.from(text)] as const));
  const leaves = await findLeavesBefore(
    {
      repository,
      files: files.map(file => ({ path: soundPath, status: 'modified', blobSha: blobSha(soundSkill), ...file })),
    },
    { sha: 'base', files: new Map(Object.entries(base).map(([path, text]) => [path, blobSha(text)])) },
    {
      github: {
        loadBlobs: (_, ids) => {
          calls++;
          return Promise.resolve(new Map([...texts].filter(([id]) => ids.includes(id))));
        },
      },
      parse: read => Promise.resolve(parseFiles(read)),
    },
  );
  return { leaves: [...leaves].map(([path, { examples }]) => [path, examples.length]), calls };
}

test('what a changed leaf was, in one call; also where it was added meanwhile', async () => {
  const known = { leaves: [[soundPath, 5]], calls: 1 };
  expect(await before([{}], { [soundPath]: old })).toEqual(known);
  expect(await before([{ status: 'added' }], { [soundPath]: old })).toEqual(known);
});

test('nothing is asked for new leaves, unchanged ones, attributions, and bulk changes', async () => {
  const nothing = { leaves: [], calls: 0 };
  expect(await before([{ status: 'added' }], {})).toEqual(nothing);
  expect(await before([{}], { [soundPath]: soundSkill })).toEqual(nothing);
  const attribution = soundPath.replace('qna.yaml', 'attribution.txt');
  expect(await before([{ path: attribution }], { [attribution]: 'Me' })).toEqual(nothing);
  const paths = Array.from({ length: 21 }, (_, index) => `knowledge/a/${index}/qna.yaml`);
  const base = Object.fromEntries(paths.map(path => [path, old]));
  expect(
    await before(
      paths.map(path => ({ path })),
      base,
    ),
  ).toEqual(nothing);
});

test('what cannot be read is absent', async () => {
  expect(await before([{}], { [soundPath]: '- a list\n' })).toEqual({ leaves: [], calls: 1 });
});
