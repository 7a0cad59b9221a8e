import type { Neighbour, Neighbourhood } from './example-key.ts';

/** Another open pull request with an equal example. */
export type Rival = Neighbour & { readonly pullRequest: NonNullable<Neighbour['pullRequest']> };

/**
 * The other pull requests with the example of this key, one place each, by when the text was first seen there and then by number.
 * A date that cannot be read counts as the latest.
 */
export function rivalsByKey({ neighbours }: Neighbourhood): (key: string) => readonly Rival[] {
  const byKey = Map.groupBy(neighbours.filter(isRival), ({ key }) => key);
  const sorted = new Map<string, readonly Rival[]>();
  return key => {
    const known = sorted.get(key);
    if (known !== undefined) return known;
    const places = (byKey.get(key) ?? []).toSorted(bySight);
    const seen = new Set<number>();
    const rivals = places.filter(({ pullRequest: { number } }) => !seen.has(number) && seen.add(number) !== undefined);
    sorted.set(key, rivals);
    return rivals;
  };
}

/** Milliseconds since 1970; without a date that can be read, later than all. */
export const sightOf = (seenAt: string | undefined): number => {
  const time = Date.parse(seenAt ?? '');
  return Number.isNaN(time) ? Number.POSITIVE_INFINITY : time;
};

const isRival = (neighbour: Neighbour): neighbour is Rival => neighbour.pullRequest !== undefined;

const bySight = (a: Rival, b: Rival): number => {
  const [one, other] = [sightOf(a.pullRequest.seenAt), sightOf(b.pullRequest.seenAt)];
  return one === other ? a.pullRequest.number - b.pullRequest.number : one < other ? -1 : 1;
};
