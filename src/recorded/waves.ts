/** A reviewed pull request and the earlier ones that its review says it is like. */
export type Told = { readonly number: number; readonly like: readonly number[] };

/** Pull requests of which each was said to be like another of them. */
export type Wave = {
  readonly first: number;
  /** In order, without the first. */
  readonly later: readonly number[];
  /** How many of the later ones name the first. */
  readonly pointing: number;
};

/** So many make a wave. */
const MIN_MEMBERS = 3;

/** The waves among the told ones, the largest first. */
export function wavesOf(told: readonly Told[]): readonly Wave[] {
  const leader = new Map<number, number>();
  const leaderOf = (number: number): number => {
    const next = leader.get(number) ?? number;
    return next === number ? number : leaderOf(next);
  };
  for (const { number, like } of told)
    for (const other of like) {
      const [a, b] = [leaderOf(number), leaderOf(other)];
      leader.set(Math.max(a, b), Math.min(a, b));
    }
  const groups = Map.groupBy(told, ({ number }) => leaderOf(number));
  return [...groups]
    .map(([first, members]) => {
      const later = members.filter(({ number }) => number !== first);
      const pointing = later.filter(({ like }) => like.includes(first)).length;
      return { first, later: later.map(({ number }) => number).toSorted((a, b) => a - b), pointing };
    })
    .filter(({ later }) => later.length + 1 >= MIN_MEMBERS)
    .toSorted((a, b) => b.later.length - a.later.length || a.first - b.first);
}
