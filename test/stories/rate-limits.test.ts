import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { soundSkill, topicOf } from './contributions.ts';
import { startWorld } from './taxonomy-world.ts';

const PULL_REQUESTS = 100;

test('a hundred pull requests opened in a minute are reviewed without one refusal of GitHub', async () => {
  // Time leaps whenever Assay waits for its turn: the limits are GitHub's own, and nobody waits for them.
  let ahead = 0;
  const now = (): number => Date.now() + ahead;
  const wait = async (milliseconds: number): Promise<void> => {
    const until = now() + milliseconds;
    await nextTurn();
    ahead += Math.max(0, until - now());
  };
  await using world = await startWorld({
    model: 'none',
    github: { now, rateLimit: { secondary: true } },
    assay: { paceClock: { now, wait }, now: () => new Date(now()) },
  });
  const taxonomy = await world.taxonomy();
  const { people, github } = world;

  const opened: Promise<number>[] = [];
  for (let index = 0; index < PULL_REQUESTS; index++) {
    const files = soundSkill(`${topicOf(index)} ${index}`);
    const about = { repository: taxonomy.name, author: `person-${index}`, title: 'Add a leaf', fork: true, files };
    opened.push(people.openPullRequest(about));
  }
  const numbers = await Promise.all(opened);
  await world.quiet();

  for (const number of numbers) {
    expect(taxonomy.words(number)).toHaveLength(1);
    expect(taxonomy.conclusions(number)).toHaveProperty('assay/rules', 'success');
  }
  const refusals = github.exchanges.filter(({ status }) => status === 403 || status === 429);
  expect(refusals).toEqual([]);
});
