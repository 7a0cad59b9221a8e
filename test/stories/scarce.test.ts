import { pino } from 'pino';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { soundSkill, topicOf } from './contributions.ts';
import { startWorld } from './taxonomy-world.ts';

const HOUR_MS = 3_600_000;
const LIMIT = 400;
const RESERVE = 0.15 * LIMIT;

const line = z.object({ msg: z.string(), job: z.string().optional() });

test('the rest of the hour goes to people; what a push to the base asks for waits for the next', async () => {
  const lines: string[] = [];
  const log = pino({ level: 'info' }, { write: text => void lines.push(line.parse(JSON.parse(text)).msg) });
  await using world = await startWorld({ model: 'none', github: { rateLimit: { primary: LIMIT } }, assay: { log } });
  const { people, github } = world;
  const taxonomy = await world.taxonomy();
  const times = (message: string) => lines.filter(each => each === message).length;
  const open = (index: number) => {
    const files = soundSkill(`${topicOf(index)} ${index}`);
    return people.openPullRequest({
      repository: taxonomy.name,
      author: 'mira',
      title: 'Add a leaf',
      files,
      fork: true,
    });
  };
  /** 304 costs nothing, and what is asked as the App has a limit of its own. */
  const remaining = () =>
    LIMIT - github.exchanges.filter(({ path, status }) => status !== 304 && !path.startsWith('/app')).length;

  const first = await open(0);
  for (let index = 1; remaining() >= RESERVE; index++) {
    await open(index);
    await world.quiet();
  }
  await people.pushToBranch({ repository: taxonomy.name, by: 'ines', files: { 'README.md': 'Hi\n' } });
  await expect.poll(() => times('postponed'), { timeout: 10_000 }).toBe(1);

  const swept = times('swept');
  const late = await open(99);
  await people.comment({ ...taxonomy.pull(first), by: 'mira', body: '/assay help' });
  await expect
    .poll(() => taxonomy.words(first).some(body => body.includes('These are the commands')), { timeout: 10_000 })
    .toBe(true);
  await expect.poll(() => taxonomy.conclusions(late), { timeout: 10_000 }).toHaveProperty('assay/rules', 'success');
  expect(times('swept')).toBe(swept);

  world.later(HOUR_MS);
  await world.hurry();
  await world.quiet();
  expect(times('swept')).toBe(swept + 1);
  expect(github.exchanges.filter(({ status }) => status === 403)).toEqual([]);
});
