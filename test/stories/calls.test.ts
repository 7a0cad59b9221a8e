import { pino } from 'pino';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { unsoundSkill } from './contributions.ts';
import { startWorld } from './taxonomy-world.ts';

const line = z.object({
  msg: z.string(),
  pullRequest: z.string().optional(),
  reads: z.int().optional(),
  unchanged: z.int().optional(),
  writes: z.int().optional(),
});

test('the log says of each review how often it asked GitHub, and how often it wrote', async () => {
  const lines: z.output<typeof line>[] = [];
  const log = pino({ level: 'info' }, { write: text => void lines.push(line.parse(JSON.parse(text))) });
  await using world = await startWorld({ model: 'none', assay: { log } });
  const { github, people } = world;
  const taxonomy = await world.taxonomy();

  /** What the log says of the reviews during something, and what the simulated GitHub saw. */
  const during = async (something: () => Promise<unknown>) => {
    const [before, seen] = [lines.length, github.exchanges.length];
    await something();
    await world.quiet();
    // Tokens, and when the App was installed, are asked for as the App, which has limits of its own.
    const made = github.exchanges.slice(seen).filter(({ path }) => !path.startsWith('/app/'));
    const writes = made.filter(({ isWrite }) => isWrite).length;
    const said = lines.slice(before).filter(({ msg }) => msg === 'reviewed');
    return {
      said,
      saw: { reads: made.length - writes, unchanged: made.filter(({ status }) => status === 304).length, writes },
    };
  };

  const about = { repository: taxonomy.name, author: 'mira', title: 'Add rye', files: unsoundSkill('rye') };
  let number = 0;
  const first = await during(async () => {
    number = await people.openPullRequest({ ...about, fork: true });
  });
  expect(first.said).toEqual([{ msg: 'reviewed', pullRequest: `${taxonomy.name}#${number}`, ...first.saw }]);
  expect(first.saw.writes).toBeGreaterThan(0);

  const rename = (title: string) => people.edit({ ...taxonomy.pull(number), by: 'mira', title });
  const second = await during(() => rename('Add rye, again'));
  expect(second.said).toEqual([{ msg: 'reviewed', pullRequest: `${taxonomy.name}#${number}`, ...second.saw }]);
  // What we wrote is new, and what stands at the head is asked for by GraphQL, which knows no ETags.
  expect(second.saw).toEqual({ reads: 10, unchanged: 3, writes: 0 });
  const third = await during(() => rename('Add rye, once more'));
  expect(third.saw).toEqual({ reads: 10, unchanged: 6, writes: 0 });
});
