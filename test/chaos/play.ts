import { isDeepStrictEqual } from 'node:util';
import { createTaxonomy } from '../stories/taxonomy.ts';
import type { Place, Taxonomy } from '../stories/taxonomy.ts';
import type { View } from '../simulator/view.ts';
import { historyFrom, take } from './history.ts';
import type { Step } from './history.ts';
import { randomFrom } from './random.ts';
import type { Random } from './random.ts';
import { dealTrouble } from './trouble.ts';
import type { Worlds } from './world.ts';

/** How a history with trouble ended. */
export type Played = {
  /** Names of the troubles that struck, in their order. */
  readonly injected: readonly string[];
  /** What differs from the same history without trouble; nothing if all is well. */
  readonly wrong: readonly string[];
  readonly lost: number;
  readonly doubled: number;
};

/** How much happens in a history. */
export type Size = {
  /** After the two pull requests are opened. */
  readonly steps: number;
  /** Troubles among the steps. */
  readonly troubles: number;
};

const USUAL: Size = { steps: 3, troubles: 4 };

/** Plays the history of a seed with its trouble and beside it once more without, and compares the ends. */
export async function play(seed: number, worlds: Worlds, size: Size = USUAL): Promise<Played> {
  const random = randomFrom(seed);
  const crashesBefore = worlds.means.server.crashes();
  const history = historyFrom(random, size.steps);
  const name = `chaos${seed}/taxonomy`;
  const [calm, troubled] = await Promise.all([
    playCalmly(history, name, worlds),
    playInTrouble({ history, name, seed, size, random }, worlds),
  ]);
  const { taxonomy, injected, rest, asked } = troubled;

  const numbers = history.filter(({ type }) => type === 'open').map((_, index) => index + 1);
  const wrong = numbers.flatMap(number => {
    const [expected, found] = [endOf(calm, number), endOf(taxonomy, number)];
    // One review a head: what the judge only said later stands in the comment and the check, not on the line.
    const isPartial = injected.includes('the model fails') && isPart(found['remarks'], expected['remarks']);
    return differences(number, expected, isPartial ? { ...found, remarks: expected['remarks'] } : found);
  });
  const stickies = numbers.map(number => taxonomy.words(number).filter(isSticky).length);
  const doubled = stickies.filter(count => count > 1).length + rest.paidTwice;
  if (rest.unfinished > 0) wrong.push(`${rest.unfinished} deliveries are not done`);
  const crashes = worlds.means.server.crashes() - crashesBefore;
  if (crashes > 0) wrong.push(`a server that nobody killed ended, ${crashes} times`);
  if (rest.dead > 0) wrong.push(`${rest.dead} jobs were given up`);
  if (doubled > 0) wrong.push(`comments ${stickies.join(', ')}; paid twice ${rest.paidTwice}`);
  if (asked > rest.calls) wrong.push(`the model was asked ${asked} times, the ledger has ${rest.calls}`);

  const { undisturbed, means, quiet } = worlds;
  await undisturbed.github.uninstall(calm.owner);
  await undisturbed.quiet();
  await means.github.uninstall(taxonomy.owner);
  await quiet();
  return { injected, wrong, lost: rest.dead + rest.unfinished, doubled };
}

async function playCalmly(history: readonly Step[], name: string, { undisturbed }: Worlds): Promise<Taxonomy> {
  const taxonomy = await createTaxonomy(undisturbed, name);
  for (const step of history) {
    await take(step, taxonomy, undisturbed);
    await undisturbed.quiet();
  }
  return taxonomy;
}

type Plot = {
  readonly history: readonly Step[];
  readonly name: string;
  readonly seed: number;
  readonly size: Size;
  readonly random: Random;
};

async function playInTrouble({ history, name, seed, size, random }: Plot, worlds: Worlds) {
  const { quiet } = worlds;
  const { github, server, later } = worlds.means;
  const { deliveries } = github.webhooks;
  const askedBefore = worlds.asked();
  const firstDelivery = deliveries.length;
  const means = { ...worlds.means, deliveries: () => deliveries.slice(firstDelivery) };
  const place: Place = { github, people: github.people, quiet: async () => void (await quiet()) };
  const taxonomy = await createTaxonomy(place, name);

  const chosen = Array.from({ length: size.troubles }, (_, index) => ({
    at: random.below(history.length),
    trouble: dealTrouble(Math.max(seed - 1, 0) * size.troubles + index),
  }));
  const injected: string[] = [];
  const ends: (() => void)[] = [];
  for (const [index, step] of history.entries()) {
    for (const { at, trouble } of chosen) {
      if (at !== index) continue;
      const [kind, begin] = trouble;
      let hasStruck = false;
      const end = begin(means, random, () => {
        if (!hasStruck) injected.push(kind);
        hasStruck = true;
      });
      if (typeof end === 'function') ends.push(end);
    }
    await take(step, taxonomy, github);
    // Some hear of the next thing while they are still at this one.
    if (random.below(2) === 0) await quiet();
  }

  await quiet();
  for (const end of ends) end();
  worlds.healModel();
  await github.webhooks.release('reversed');
  await quiet();
  // What no delivery told of is found by a sweep, which comes every three hours or with the installation.
  later(3 * 3_600_000);
  await github.suspend(taxonomy.owner);
  await github.unsuspend(taxonomy.owner);
  const rest = await quiet();
  server.tell({ type: 'spare' });
  return { taxonomy, injected, rest, asked: worlds.asked() - askedBefore };
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
