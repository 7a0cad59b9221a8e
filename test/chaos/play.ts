import { isDeepStrictEqual } from 'node:util';
import { createTaxonomy } from '../stories/taxonomy.ts';
import type { Place, Taxonomy } from '../stories/taxonomy.ts';
import type { View } from '../simulator/view.ts';
import { historyFrom, take } from './history.ts';
import { randomFrom } from './random.ts';
import { troubles } from './trouble.ts';
import type { Worlds } from './world.ts';

/** How a history with trouble ended. */
export type Played = {
  /** Names of the troubles, in their order. */
  readonly injected: readonly string[];
  /** What differs from the same history without trouble; nothing if all is well. */
  readonly wrong: readonly string[];
  readonly lost: number;
  readonly doubled: number;
};

/** Steps after the two pull requests are opened, and troubles among them. */
const STEPS = 3;
const TROUBLES = 4;

/** Plays the history of a seed with its trouble and once more without, and compares the ends. */
export async function play(seed: number, worlds: Worlds): Promise<Played> {
  const random = randomFrom(seed);
  const { means, quiet, undisturbed } = worlds;
  const { github, server } = means;
  const history = historyFrom(random, STEPS);
  const name = `chaos${seed}/taxonomy`;
  const paidBefore = worlds.paidTwice();

  const calm = await createTaxonomy(undisturbed, name);
  for (const step of history) {
    await take(step, calm, undisturbed);
    await undisturbed.quiet();
  }

  const place: Place = { github, people: github.people, quiet: async () => void (await quiet()) };
  const troubled = await createTaxonomy(place, name);
  const chosen = Array.from({ length: TROUBLES }, () => ({
    at: random.below(history.length),
    trouble: troubles[random.below(troubles.length)] ?? troubles[0],
  }));
  const ends: (() => void)[] = [];
  for (const [index, step] of history.entries()) {
    for (const { at, trouble } of chosen) {
      if (at !== index || trouble === undefined) continue;
      const end = trouble[1](means, random);
      if (typeof end === 'function') ends.push(end);
    }
    await take(step, troubled, github);
    // Some hear of the next thing while they are still at this one.
    if (random.below(2) === 0) await quiet();
  }

  for (const end of ends) end();
  worlds.healModel();
  await github.webhooks.release('reversed');
  await quiet();
  // What no delivery told of is found by a sweep, which comes every three hours or with the installation.
  means.later(3 * 3_600_000);
  await github.suspend(troubled.owner);
  await github.unsuspend(troubled.owner);
  const rest = await quiet();

  const numbers = history.filter(({ type }) => type === 'open').map((_, index) => index + 1);
  const injected = chosen.map(({ trouble }) => trouble?.[0] ?? '');
  const wrong = numbers.flatMap(number => {
    const [expected, found] = [endOf(calm, number), endOf(troubled, number)];
    // One review a head: what the judge only said later stands in the comment and the check, not on the line.
    const isPartial = injected.includes('the model fails') && isPart(found['remarks'], expected['remarks']);
    return differences(number, expected, isPartial ? { ...found, remarks: expected['remarks'] } : found);
  });
  const stickies = numbers.map(number => troubled.words(number).filter(isSticky).length);
  if (rest.unfinished > 0) wrong.push(`${rest.unfinished} deliveries are not done`);
  const doubled = stickies.filter(count => count > 1).length + worlds.paidTwice() - paidBefore;
  if (doubled > 0) wrong.push(`comments ${stickies.join(', ')}; paid twice ${worlds.paidTwice() - paidBefore}`);

  await undisturbed.github.uninstall(calm.owner);
  await undisturbed.quiet();
  await github.uninstall(troubled.owner);
  await quiet();
  worlds.forgetPaid();
  if (wrong.length > 0) await server.kill();
  return { injected, wrong, lost: rest.dead, doubled };
}

const isSticky = (body: string): boolean => body.includes('<!-- assay:comment -->');

/** How it looks in the end: in whatever order things came, in however many reviews, whoever paid for the replies and how much. */
function endOf(taxonomy: Taxonomy, number: number): Record<string, unknown> {
  const plain = JSON.stringify(taxonomy.look(number))
    .replaceAll(/ \d+ of \d+ examples judged again; the others are as they were\./g, '')
    .replaceAll(/[\d,]+ tokens were spent/g, 'tokens were spent');
  const { reviews, comments, ...look }: View = JSON.parse(plain);
  const inOrder = <T extends { readonly body: string }>(said: readonly T[]): readonly T[] =>
    said.toSorted((a, b) => (a.body < b.body ? -1 : 1));
  return { ...look, comments: inOrder(comments), remarks: inOrder(reviews.flatMap(review => review.comments)) };
}

const isPart = (found: unknown, expected: unknown): boolean =>
  Array.isArray(found) &&
  Array.isArray(expected) &&
  found.every(remark => expected.some(each => isDeepStrictEqual(each, remark)));

const differences = (number: number, calm: Record<string, unknown>, troubled: Record<string, unknown>): string[] =>
  Object.keys(calm)
    .filter(key => !isDeepStrictEqual(calm[key], troubled[key]))
    .map(
      key =>
        `#${number} ${key}:\n  undisturbed ${JSON.stringify(calm[key])}\n  with trouble ${JSON.stringify(troubled[key])}`,
    );
