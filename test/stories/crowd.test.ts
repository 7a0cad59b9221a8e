import { afterAll, beforeAll, expect, test } from 'vitest';
import { objectsTo } from '../simulator/model/scripts.ts';
import { fiveExamples, soundSkill, unsoundSkill } from './contributions.ts';
import { startWorld } from './taxonomy-world.ts';
import type { World } from './taxonomy-world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ model: objectsTo(['answers-the-question']) });
});
afterAll(() => world[Symbol.asyncDispose]());

/** The same numbers for the same seed (mulberry32), so that a failure can be seen again. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

test.each([1, 2])(
  'whatever people do at the same time (%i): it comes to rest, with one comment and one review a head',
  async seed => {
    const taxonomy = await world.taxonomy();
    const { people, github } = world;
    const next = numbersFrom(seed);
    const pick = <T>(items: readonly T[]): T => items[next(items.length)] as T;
    const topics = ['corn', 'rye', 'oats', 'rice'];
    const contribution = () =>
      pick([
        () => soundSkill(pick(topics), fiveExamples(pick(topics))),
        () => unsoundSkill(pick(topics)),
        () => ({ 'docs/page.md': `${next(1000)}\n` }),
      ])();
    const numbers: number[] = [];
    const open = async () => {
      const author = pick(['mira', 'tomasz', 'ines']);
      const about = { repository: taxonomy.name, author, title: 'Grain', files: contribution(), fork: true };
      numbers.push(await people.openPullRequest({ ...about, draft: next(5) === 0 }));
    };
    const one = () => taxonomy.pull(pick(numbers));
    const isOpen = (name: ReturnType<typeof one>) => github.pullRequest(name.repository, name.number).state === 'open';
    const actions = [
      open,
      () => people.push({ ...one(), files: contribution() }),
      () => people.push({ ...one(), files: contribution() }),
      () => people.forcePush({ ...one(), files: contribution() }),
      () =>
        people.comment({
          ...one(),
          by: pick(['mira', 'tom', 'a-stranger']),
          body: pick(['/assay review', '/assay help', '/assay?', 'Nice.']),
        }),
      () => people.addLabel({ ...one(), by: 'tom', label: pick(['triage-uncertain', 'good first issue']) }),
      () => people.pushToBranch({ repository: taxonomy.name, by: 'ines', files: { 'README.md': `${next(1000)}\n` } }),
      async () => {
        const name = one();
        await (isOpen(name) ? people.close({ ...name, by: 'mira' }) : people.reopen({ ...name, by: 'mira' }));
      },
      async () => {
        github.webhooks.mode = pick(['deliver', 'duplicate', 'lose']);
      },
      async () => {
        github.fault(
          pick([{ dropConnection: true }, { respond: { status: 502 } }, { dropConnection: true, afterEffect: true }]),
        );
      },
    ];
    await open();
    await open();
    for (let step = 0; step < 40; step++) await pick(actions)();
    github.webhooks.mode = 'deliver';
    await world.quiet();
    await taxonomy.sweep();
    await taxonomy.sweep();

    expect(await world.writesDuring(() => taxonomy.sweep())).toBe(0);
    for (const number of numbers) {
      const { comments, reviews, checks, state } = taxonomy.view(number);
      const sticky = comments.filter(({ body }) => body.endsWith('<!-- assay:comment -->'));
      expect(sticky.length).toBeLessThanOrEqual(1);
      const heads = reviews.map(({ body }) => /<commit \d+>/.exec(body)?.[0]);
      expect(new Set(heads).size).toBe(heads.length);
      const unfinished = state === 'open' ? checks.filter(({ status }) => status !== 'completed') : [];
      expect(unfinished).toEqual([]);
      const asked = comments.filter(({ body }) => body === '/assay help').length;
      expect(comments.filter(({ body }) => body.startsWith('These are the commands')).length).toBeLessThanOrEqual(
        asked,
      );
    }
  },
);
