import { afterAll, beforeAll, expect, test } from 'vitest';
import { STICKY_MARKER } from '../../src/core/markers.ts';
import { soundSkill, topicOf, unsoundSkill } from './contributions.ts';
import { startWorld } from './taxonomy-world.ts';
import type { World } from './taxonomy-world.ts';
import type { Taxonomy } from './taxonomy.ts';

let world: World;
let taxonomy: Taxonomy;
beforeAll(async () => {
  world = await startWorld({ model: 'none' });
  taxonomy = await world.taxonomy({
    policy: 'roles: { triager: { permissions: [triage, write, maintain, admin], teams: [lantern1/gone] } }\n',
  });
});
afterAll(() => world[Symbol.asyncDispose]());

let topics = 0;
const open = (files = soundSkill(topicOf(++topics))) => taxonomy.open(files);

test('a comment of 60,000 characters with commands without end gets one reply, and a reaction that says no', async () => {
  const number = await open();
  const body = '/assay approve\n'.repeat(4_000).slice(0, 60_000);
  await taxonomy.say(number, 'mira', body);
  expect(taxonomy.words(number)).toHaveLength(2);
  expect(taxonomy.words(number)[1]?.length).toBeLessThan(1_000);
  expect(taxonomy.labels(number)).not.toContain('triage-approved');
});

test('our comment copied by somebody else, marker and all, is not taken for ours', async () => {
  const number = await open();
  const ours = taxonomy.words(number)[0] ?? '';
  const id = await taxonomy.say(number, 'mira', ours);
  await taxonomy.say(number, 'mira', `Approved\n\n${STICKY_MARKER}`);
  await taxonomy.push(number, unsoundSkill(topicOf(topics)));
  expect(taxonomy.words(number)).toHaveLength(1);
  expect(taxonomy.words(number)[0]).not.toBe(ours);
  expect(taxonomy.view(number).comments.filter(({ author }) => author === 'mira')).toHaveLength(2);
  expect(id).toBeGreaterThan(0);
});

test('an approval that was edited into another comment counts from when that was written, and somebody else’s edit not at all', async () => {
  const topic = topicOf(++topics);
  const number = await open(soundSkill(topic));
  const id = await taxonomy.say(number, 'wim', 'Looks fine to me.');
  world.later(2_000);
  await taxonomy.push(number, soundSkill(`${topic} again`));
  world.later(2_000);
  await world.people.editComment({ repository: taxonomy.name, id, by: 'wim', body: '/assay approve' });
  await world.quiet();
  expect(taxonomy.labels(number)).not.toContain('triage-approved');

  const other = await taxonomy.say(number, 'wim', 'Really.');
  await world.people.editComment({ repository: taxonomy.name, id: other, by: 'ada', body: '/assay approve' });
  await world.quiet();
  expect(taxonomy.labels(number)).not.toContain('triage-approved');
});

test('a team that no longer exists gives nobody a role, and the answer says that it could not be told', async () => {
  const number = await open();
  await taxonomy.say(number, 'stranger', '/assay hold');
  expect(taxonomy.words(number)[1]).toContain('GitHub could not tell whether you may');
  expect(taxonomy.conclusions(number)['assay/rules']).toBe('success');
});

test('labels that people rename or delete on GitHub are made again when they are needed, and no other is touched', async () => {
  const number = await open();
  expect(taxonomy.labels(number)).toContain('triage-needed');
  world.github.deleteLabel(taxonomy.name, 'triage-needed');
  world.github.renameLabel(taxonomy.name, 'skill', 'ability');
  await taxonomy.say(number, 'tom', '/assay uncertain Is this the place?');
  expect(taxonomy.labels(number)).toEqual(['ability', 'skill', 'triage-uncertain']);
  await taxonomy.say(number, 'wim', '/assay approve');
  expect(taxonomy.labels(number)).toEqual(['ability', 'skill', 'triage-approved']);
});
