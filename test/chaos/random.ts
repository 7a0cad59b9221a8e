/** The same choices for the same seed. */
export type Random = {
  /** A whole number from 0, below the bound. */
  readonly below: (bound: number) => number;
  readonly pick: <T>(items: readonly [T, ...T[]]) => T;
};

/** mulberry32: small, and good enough to choose with. */
export function randomFrom(seed: number): Random {
  let state = Math.imul(seed, 0x9e3779b1);
  const below = (bound: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
  return { below, pick: items => items[below(items.length)] ?? items[0] };
}
