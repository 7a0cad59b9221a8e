import { describe, expect, test } from 'vitest';
import { postgresUrl } from '../store/databases.ts';
import { play } from './play.ts';
import { startWorlds } from './world.ts';
import type { WorldsOptions } from './world.ts';

/** Ten seeds, which have nearly every kind of trouble between them; `npm run chaos` has as many as one likes. */
const SIZE = { steps: 0, troubles: 2 };

/** What differs from the same histories without trouble, by seed; the trouble of each seed is told with it. */
async function differencesOf(seeds: readonly number[], where: WorldsOptions): Promise<string> {
  await using worlds = await startWorlds(where);
  const told: string[] = [];
  for (const seed of seeds) {
    const { wrong, injected } = await play(seed, worlds, SIZE);
    if (wrong.length > 0) told.push(`seed ${seed} (${injected.join('; ')}):`, ...wrong);
  }
  return told.join('\n');
}

/** Only against hanging: each kill has a whole server start again, beside all the other tests. */
const options = { timeout: 300_000 };

describe.concurrent('whatever goes wrong, in the end GitHub looks as if nothing had happened', options, () => {
  test('embedded database', async () => {
    const seeds = [1, 2, 3, 4, 5, 6, 7];
    expect(await differencesOf(postgresUrl === undefined ? [...seeds, 8, 9, 10] : seeds, {})).toBe('');
  });

  test.skipIf(postgresUrl === undefined)('PostgreSQL', async () => {
    expect(await differencesOf([8, 9, 10], { adminUrl: postgresUrl })).toBe('');
  });
});
