/** How far apart two ratings are, from 0 (equal) upwards. */
export type Distance<Rating> = (one: Rating, other: Rating) => number;

/** Any two different ratings are equally far apart: the distance of Cohen's own kappa (1960). */
export const nominal: Distance<unknown> = (one, other) => (one === other ? 0 : 1);

/** For grades: two steps off weigh four times as much as one (Cohen 1968). */
export const quadratic: Distance<number> = (one, other) => (one - other) ** 2;

/** For grades: each step off weighs the same. */
export const linear: Distance<number> = (one, other) => Math.abs(one - other);

/** Two ratings of the same thing. */
export type RatingPair<Rating> = readonly [one: Rating, other: Rating];

/** Share of the pairs that are equal, from 0 to 1. Undefined for no pairs. */
export function agreement(pairs: readonly RatingPair<unknown>[]): number | undefined {
  if (pairs.length === 0) return undefined;
  return pairs.filter(([one, other]) => one === other).length / pairs.length;
}

/**
 * Cohen's kappa: agreement beyond chance, 1 for perfect and 0 for what two raters reach who only know how often each rating is
 * given. Undefined where chance alone explains everything: no pairs, or both raters gave one and the same rating throughout.
 */
export const kappa = (pairs: readonly RatingPair<unknown>[]): number | undefined => weightedKappa(pairs, nominal);

/** The same with a distance between ratings: one minus observed disagreement over the disagreement expected by chance. */
export function weightedKappa<Rating>(
  pairs: readonly RatingPair<Rating>[],
  distance: Distance<Rating>,
): number | undefined {
  const ones = tally(pairs.map(([one]) => one));
  const others = tally(pairs.map(([, other]) => other));
  const observed = pairs.reduce((sum, [one, other]) => sum + distance(one, other), 0) / pairs.length;
  let expected = 0;
  for (const [one, times] of ones) {
    for (const [other, otherTimes] of others) expected += distance(one, other) * times * otherTimes;
  }
  expected /= pairs.length ** 2;
  return expected > 0 ? 1 - observed / expected : undefined;
}

function tally<Rating>(ratings: readonly Rating[]): ReadonlyMap<Rating, number> {
  const counts = new Map<Rating, number>();
  for (const rating of ratings) counts.set(rating, (counts.get(rating) ?? 0) + 1);
  return counts;
}
