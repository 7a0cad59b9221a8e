import { afterAll, beforeAll, expect, test } from 'vitest';
import { soundSkill, topicOf, unsoundSkill } from './contributions.ts';
import { startWorld } from './taxonomy-world.ts';
import type { World } from './taxonomy-world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ model: 'none' });
});
afterAll(() => world[Symbol.asyncDispose]());

const mention = '@lantern-team/triagers was asked to look, because there was a question.';

test('a newcomer is greeted in the one comment, with the command that the policy gives; who contributed before is not', async () => {
  const taxonomy = await world.taxonomy({ policy: 'conversation: { checkCommand: npx our-check . }\n' });
  const first = await taxonomy.open(soundSkill(topicOf(1)));
  expect(taxonomy.words(first)).toEqual([
    expect.stringMatching(/Welcome, and thank you for your first contribution here![^\n]*`npx our-check \.`/),
  ]);
  await world.people.merge({ ...taxonomy.pull(first), by: 'ines', force: true });
  await world.quiet();
  const second = await taxonomy.open(soundSkill(topicOf(2)));
  expect(taxonomy.words(second)).toEqual([expect.not.stringContaining('Welcome')]);
});

test('a team is mentioned once in the life of a pull request, and nobody where the policy names none', async () => {
  const taxonomy = await world.taxonomy({ policy: 'conversation: { escalateTo: lantern-team/triagers }\n' });
  const number = await taxonomy.open(soundSkill(topicOf(3)));
  expect(taxonomy.words(number)[0]).not.toContain('@lantern-team');
  await taxonomy.say(number, 'tom', '/assay uncertain Is this the place?');
  expect(taxonomy.words(number)[0]).toContain(mention);
  await taxonomy.say(number, 'tom', '/assay request-changes Please vary them');
  await taxonomy.say(number, 'tom', '/assay uncertain Or is it?');
  // One comment, in which the mention stays as it was: GitHub calls people only where it is new.
  expect(taxonomy.words(number)[0]?.split(mention)).toHaveLength(2);

  const other = await world.taxonomy();
  const quiet = await other.open(soundSkill(topicOf(4)));
  await other.say(quiet, 'tom', '/assay uncertain Is this the place?');
  expect(other.words(quiet)[0]).not.toMatch(/@\w/);
});

test('the contributor is assigned while it is their turn, if the policy says so, and people may change that', async () => {
  const taxonomy = await world.taxonomy({ policy: 'conversation: { assign: contributor }\n' });
  const number = await taxonomy.open(unsoundSkill(topicOf(5)));
  expect(taxonomy.view(number).assignees).toEqual(['mira']);
  await taxonomy.say(number, 'tom', '/assay unassign @mira');
  await taxonomy.sweep();
  expect(taxonomy.view(number).assignees).toEqual([]);

  const again = await taxonomy.open(unsoundSkill(topicOf(6)));
  expect(taxonomy.view(again).assignees).toEqual(['mira']);
  await taxonomy.push(again, soundSkill(topicOf(6)));
  expect(taxonomy.view(again).assignees).toEqual([]);
});
