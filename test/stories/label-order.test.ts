import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fiveExamples, qna, qnaOf, soundSkill, topicOf } from './contributions.ts';
import { startWorld } from './taxonomy-world.ts';
import type { World } from './taxonomy-world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ model: 'none' });
});
afterAll(() => world[Symbol.asyncDispose]());

/** What happens on GitHub after Assay has seen the first head. */
const happenings = {
  'changes are asked for': { by: 'tom', body: '/assay request-changes Please vary them' },
  'a question is asked': { by: 'tom', body: '/assay uncertain Is this the place?' },
  'it is held': { by: 'ines', body: '/assay hold' },
  'the hold ends': { by: 'tom', body: '/assay unhold' },
  'it is not taken': { by: 'ines', body: '/assay reject jokes' },
  'somebody without a role says so': { by: 'mira', body: '/assay approve' },
  'a person sets a label': { by: 'tom', label: 'good first issue' },
  'it is mended': { push: true },
} as const;
type Happening = keyof typeof happenings;

/** Plays a history of which no delivery comes; then those at the positions, and at last what every day brings: a sweep. */
async function labelsAfter(history: readonly Happening[], order: 'in order' | ((count: number) => readonly number[])) {
  const taxonomy = await world.taxonomy();
  const topic = topicOf(1);
  const number = await taxonomy.open(soundSkill(topic));
  world.github.webhooks.mode = 'hold';
  for (const name of history) {
    const happening = happenings[name];
    world.later(2_000);
    if ('body' in happening) await world.people.comment({ ...taxonomy.pull(number), ...happening });
    else if ('label' in happening) await world.people.addLabel({ ...taxonomy.pull(number), ...happening });
    else {
      const [first = ['', ''], ...rest] = fiveExamples(topic);
      const files = { [qnaOf(topic)]: qna([['When is low water?', first[1]], ...rest]) };
      await world.people.push({ ...taxonomy.pull(number), files });
    }
  }
  world.github.webhooks.mode = 'deliver';
  await world.github.webhooks.release(order);
  await world.quiet();
  await taxonomy.sweep();
  const labels = taxonomy.labels(number);
  const writesAgain = await world.writesDuring(() => taxonomy.sweep());
  return { labels, writesAgain };
}

// A word that is bound to a head counts only if Assay saw that head before (law 6), so none of these comes after the push.
const histories = fc
  .uniqueArray(fc.constantFrom(...(Object.keys(happenings) as Happening[]).filter(name => name !== 'it is mended')), {
    minLength: 2,
    maxLength: 4,
  })
  .chain(words => fc.boolean().map(isMended => (isMended ? [...words, 'it is mended' as const] : words)));

test('for one history the labels are the same, in whatever order its deliveries come, come twice or never, and stay so', async () => {
  await fc.assert(
    fc.asyncProperty(histories, fc.array(fc.nat(20), { maxLength: 8 }), async (history, positions) => {
      const inOrder = await labelsAfter(history, 'in order');
      const disturbed = await labelsAfter(history, count => positions.filter(position => position < count));
      expect(disturbed).toEqual(inOrder);
      expect(inOrder.writesAgain).toBe(0);
    }),
    { numRuns: 3, seed: 20_261_125, endOnFailure: true },
  );
});
