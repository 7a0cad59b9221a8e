import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { baseFiles, soundSkill, topicOf } from './contributions.ts';
import { startWorld } from './taxonomy-world.ts';
import type { World } from './taxonomy-world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const { '.github/assay.yml': _, ...withoutPolicy } = baseFiles;

describe('the policy of an organisation', () => {
  test('holds where a repository has none, and below one that says so', async () => {
    const taxonomy = await world.taxonomy({ files: withoutPolicy });
    world.github.createRepository({
      name: `${taxonomy.owner}/.github`,
      files: { '.github/assay.yml': 'labels:\n  skill: a-skill\n  pass: for-the-triagers\n' },
    });
    const number = await taxonomy.open(soundSkill(topicOf(1)));
    expect(taxonomy.labels(number)).toEqual(['a-skill', 'for-the-triagers']);

    await world.people.pushToBranch({
      repository: taxonomy.name,
      by: 'ines',
      files: { '.github/assay.yml': 'extends: organisation\nlabels:\n  pass: ready\n' },
    });
    await world.quiet();
    expect(taxonomy.labels(number)).toEqual(expect.arrayContaining(['a-skill', 'ready']));
  });

  test('that is somebody else’s decides nothing, and both checks say what is wrong', async () => {
    const taxonomy = await world.taxonomy({ policy: 'extends: mallory/policies\n' });
    const number = await taxonomy.open(soundSkill(topicOf(2)));
    for (const name of ['assay/rules', 'assay/judge'] as const)
      expect(taxonomy.check(number, name)?.summary).toContain('names a repository of somebody else');
    expect(taxonomy.words(number)[0]).toContain('names a repository of somebody else');
  });
});

test('a pull request that changes the policy is told what would hold, is reviewed by the old one, and gets no label', async () => {
  const taxonomy = await world.taxonomy();
  const number = await taxonomy.open({ '.github/assay.yml': 'mode: observe\njudge: off\n' });
  expect(taxonomy.words(number)[0]).toMatch(/Once merged, other settings would hold: `mode`: `.?"active".?` becomes/);
  expect(taxonomy.conclusions(number)).toMatchObject({ 'assay/rules': 'success' });
  expect(taxonomy.labels(number)).toEqual([]);

  await taxonomy.push(number, { '.github/assay.yml': '# For us\nmod: observe\n' });
  expect(taxonomy.check(number, 'assay/rules')?.annotations).toEqual([
    expect.objectContaining({
      path: '.github/assay.yml',
      start_line: 2,
      message: expect.stringContaining('did you mean `mode`?'),
    }),
  ]);
  expect(taxonomy.conclusions(number)['assay/rules']).toBe('failure');

  await taxonomy.push(number, { '.github/assay.yml': 'mode: active\n' });
  expect(taxonomy.conclusions(number)['assay/rules']).toBe('success');
});
