import { afterAll, beforeAll, expect, test } from 'vitest';
import { soundSkill, unsoundSkill } from './contributions.ts';
import { startWorld } from './taxonomy-world.ts';
import type { World } from './taxonomy-world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

test('mistakes are told at once; when they are mended, the same comment says so, and another look writes nothing', async () => {
  const taxonomy = await world.taxonomy();
  const number = await taxonomy.open(unsoundSkill('paper boats'));

  expect(taxonomy.conclusions(number)).toEqual({ 'assay/rules': 'failure', 'assay/judge': 'neutral' });
  expect(taxonomy.check(number, 'assay/rules')?.annotations.map(({ title }) => title)).toEqual([
    expect.stringContaining('attribution/missing'),
    expect.stringContaining('schema/too-few-items'),
  ]);
  expect(taxonomy.labels(number)).toEqual(['skill', 'triage-requested-changes']);
  expect(taxonomy.words(number)).toEqual([expect.stringContaining('attribution.txt')]);
  expect(taxonomy.view(number).mergeability).toMatchObject({ isMergeable: false, state: 'blocked' });

  await taxonomy.push(number, soundSkill('paper boats'));
  expect(taxonomy.conclusions(number)).toEqual({ 'assay/rules': 'success', 'assay/judge': 'success' });
  expect(taxonomy.check(number, 'assay/rules')?.annotations).toEqual([]);
  expect(taxonomy.labels(number)).toEqual(['skill', 'triage-needed']);
  expect(taxonomy.words(number)).toEqual([expect.not.stringContaining('attribution/missing')]);
  expect(taxonomy.view(number).mergeability).toMatchObject({ isMergeable: true, state: 'clean' });

  const asked = world.model?.requests.length;
  expect(await world.writesDuring(() => taxonomy.sweep())).toBe(0);
  expect(world.model?.requests.length).toBe(asked);
});
