import { afterAll, expect, test } from 'vitest';
import { startParser } from '../../src/parser/index.ts';
import { reviewPullRequest } from '../../src/review.ts';
import { createExamplesInMemory } from '../../src/store/examples-in-memory.ts';
import { name, world } from './world.ts';

const parser = startParser();
afterAll(() => parser.close());

/** A skill with too few examples, no author and no description: three things to say about it. */
const skill = (topic: number): string =>
  [
    'version: 3',
    'seed_examples:',
    ...[1, 2].flatMap(index => [
      `  - question: What is part ${index} of topic ${topic}?`,
      `    answer: It is the part of topic ${topic} with number ${index}.`,
    ]),
    '',
  ].join('\n');

const attribution = 'Title of work: Customs\nLink to work: -\nLicense of the work: CC-BY-SA-4.0\nCreator names: Ann\n';

/** A pull request of that many leaf nodes, and the review of it. */
async function start(leaves: number) {
  const here = await world();
  const folders = Array.from({ length: leaves }, (_, index) => `compositional_skills/writing/topic_${index}`);
  const ref = await here.open(
    Object.fromEntries(
      folders.flatMap((folder, index) => [
        [`${folder}/qna.yaml`, skill(index)],
        [`${folder}/attribution.txt`, attribution],
      ]),
    ),
  );
  const ports = {
    github: here.port,
    examples: createExamplesInMemory(),
    parse: parser.parse,
    now: () => new Date(),
  };
  const settings = { host: 'https://github.test', appSlug: here.identity.slug, judgeKey: 'key' };
  return {
    ...here,
    ref,
    review: () => reviewPullRequest(ref, ports, settings),
    view: () => here.github.view(name, ref.number),
    async cost(work: () => Promise<unknown>) {
      const before = here.port.counts();
      await work();
      const after = here.port.counts();
      return { reads: after.reads - before.reads, writes: after.writes - before.writes };
    },
  };
}

test('a review of twelve leaf nodes costs as many calls as one of a single one, and a second look writes nothing', async () => {
  await using one = await start(1);
  await using twelve = await start(12);
  const cost = await one.cost(one.review);

  expect(cost).toEqual(await twelve.cost(twelve.review));
  // One of them asks for the policy of the organisation, since this repository has none.
  expect(cost.reads).toBeLessThanOrEqual(19);
  expect(cost.writes).toBeLessThanOrEqual(8);
  expect(await one.cost(one.review)).toEqual({ reads: 11, writes: 0 });
  expect(twelve.view()).toMatchObject({ checks: [{ conclusion: 'neutral' }, { conclusion: 'failure' }] });
  one.github.assertClean();
  twelve.github.assertClean();
});

test('whichever write is lost, before or after its effect, the next try ends as if nothing had happened', async () => {
  // More annotations than one request takes.
  const leaves = 18;
  await using undisturbed = await start(leaves);
  const { writes } = await undisturbed.cost(undisturbed.review);
  const expected = undisturbed.view();
  expect(expected.checks.some(({ annotations }) => annotations.length > 50)).toBe(true);

  for (let index = 0; index < writes; index++) {
    for (const when of ['before', 'after'] as const) {
      await using here = await start(leaves);
      let left = index;
      here.github.on(when, ({ isWrite, path }) => {
        if (!isWrite || path.endsWith('/access_tokens')) return undefined;
        return left-- === 0 ? 'drop' : undefined;
      });
      await here.review().catch(() => undefined);
      await here.review();
      expect(left, 'the connection was cut').toBeLessThan(0);
      expect(here.view(), `write ${index}, ${when} its effect`).toEqual(expected);
      expect(await here.cost(here.review)).toMatchObject({ writes: 0 });
    }
  }
});
