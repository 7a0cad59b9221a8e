import { incompleteBeta } from './incomplete-beta.ts';

/** Both ends included; from 0 to 1. */
export type Interval = { readonly low: number; readonly high: number };

/** Of the search for a bound: far below what anybody prints. */
const PRECISION = 1e-10;

/**
 * Exact one-sided lower bound of a share (Clopper and Pearson 1934): with this confidence the true share is at least so much, after
 * `hits` of `trials`. 0 for no trials.
 */
export function lowerBound(hits: number, trials: number, confidence = 0.95): number {
  if (hits <= 0) return 0;
  return findShare(share => incompleteBeta(share, hits, trials - hits + 1) < 1 - confidence);
}

/** The same from above. 1 for no trials. */
export const upperBound = (hits: number, trials: number, confidence = 0.95): number =>
  1 - lowerBound(trials - hits, trials, confidence);

/** Exact two-sided interval of a share. From 0 to 1 for no trials. */
export function exactInterval(hits: number, trials: number, confidence = 0.95): Interval {
  const oneSided = (1 + confidence) / 2;
  return { low: lowerBound(hits, trials, oneSided), high: upperBound(hits, trials, oneSided) };
}

/** How many trials it takes, with so many misses, until the lower bound reaches `share`. `share` below 1. */
export function trialsNeeded(share: number, misses: number, confidence = 0.95): number {
  const isEnough = (trials: number): boolean => lowerBound(trials - misses, trials, confidence) >= share;
  let high = misses + 1;
  while (!isEnough(high)) high *= 2;
  // With the same misses, more trials never lower the bound.
  let low = Math.max(misses, Math.floor(high / 2));
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isEnough(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** The share at which `isBelow` turns from true to false. */
function findShare(isBelow: (share: number) => boolean): number {
  let [low, high] = [0, 1];
  while (high - low > PRECISION) {
    const middle = (low + high) / 2;
    if (isBelow(middle)) low = middle;
    else high = middle;
  }
  // The lower end: a bound may be a little too careful, never too bold.
  return low;
}
