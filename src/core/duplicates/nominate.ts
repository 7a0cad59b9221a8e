import type { IndexTerms } from './index-terms.ts';

/** An indexed text that may be like the one that is asked about. */
export type Candidate = {
  readonly id: number;
  /** In the field where they have most in common; 0 to 21. */
  readonly sharedBands: number;
  /** Of the words that they share, from the field where these weigh most; see `rarity`. */
  readonly weight: number;
};

/** Calls `visit` with each text that is filed under a term, the oldest first. */
export type Postings = {
  readonly ofBand: (term: number, visit: (id: number) => void) => void;
  /** With what the word weighs. Common words may have no list. */
  readonly ofWord: (term: number, visit: (id: number, weight: number) => void) => void;
};

/** From each field by bands. Few bands are a rough measure, and in a large index many texts share some: it takes more of these. */
const BY_BANDS = [40, 24, 24];

/**
 * Where one text shares so many bands, it is a copy, and those that share less than this part of as many are there by accident: they
 * would be read and compared for nothing.
 */
const MANY_BANDS = 10;
const LEAST_SHARE = 1 / 5;

/** From each field by words, and from all together. */
const FROM_EACH = 12;

/** Texts that are counted for one example: more cannot be forced by what somebody files. */
const MAX_COUNTED = 30_000;

/**
 * The texts most worth comparing with one example, likeliest first: of every field the best by bands and the best by words, and the
 * best of all together. Among equals the older goes first, so that nobody can bury an original under later copies.
 */
export function nominate(terms: readonly IndexTerms[], { ofBand, ofWord }: Postings): readonly Candidate[] {
  const ids: number[] = [];
  const slots = new Map<number, number>();
  const slotOf = (id: number): number => {
    const known = slots.get(id);
    if (known !== undefined) return known;
    if (ids.length === MAX_COUNTED) return -1;
    slots.set(id, ids.length);
    return ids.push(id) - 1;
  };
  const add = (scores: number[], id: number, score: number): void => {
    const slot = slotOf(id);
    while (scores.length <= slot) scores.push(0);
    if (slot !== -1) scores[slot] = (scores[slot] ?? 0) + score;
  };
  const bands = terms.map(({ bands: ofField }) => {
    const scores: number[] = [];
    for (const term of ofField) ofBand(term, id => add(scores, id, 1));
    return scores;
  });
  const weights = terms.map(({ words }) => {
    const scores: number[] = [];
    for (const term of words) ofWord(term, (id, weight) => add(scores, id, weight));
    return scores;
  });

  // Both sources count the same.
  const totals = ids.map(() => 0);
  for (const [field, scores] of bands.entries()) addShares(totals, scores, terms[field]?.bands.length ?? 0);
  for (const scores of weights)
    addShares(
      totals,
      scores,
      scores.reduce((most, score) => Math.max(most, score), 1),
    );
  const best = (scores: readonly number[], count = FROM_EACH) => bestOf(scores, count, totals, ids);
  const chosen = new Set([
    ...best(totals),
    ...bands.flatMap((scores, field) => {
      const nearest = best(scores, BY_BANDS[field]);
      const most = scores[nearest[0] ?? 0] ?? 0;
      return most < MANY_BANDS ? nearest : nearest.filter(slot => (scores[slot] ?? 0) >= LEAST_SHARE * most);
    }),
    ...weights.flatMap(scores => best(scores)),
  ]);
  const most = (fields: readonly (readonly number[])[], slot: number): number =>
    fields.reduce((best, scores) => Math.max(best, scores[slot] ?? 0), 0);
  return [...chosen]
    .toSorted((a, b) => (totals[b] ?? 0) - (totals[a] ?? 0) || (ids[a] ?? 0) - (ids[b] ?? 0))
    .map(slot => ({
      id: ids[slot] ?? 0,
      sharedBands: most(bands, slot),
      weight: most(weights, slot),
    }));
}

/** Adds what part of the whole each score is. */
function addShares(totals: number[], scores: readonly number[], whole: number): void {
  for (let slot = 0; slot < scores.length; slot++) totals[slot] = (totals[slot] ?? 0) + (scores[slot] ?? 0) / whole;
}

/** The `count` places with the highest scores above 0, in one pass. Equals go by their total, then by age. */
function bestOf(
  scores: readonly number[],
  count: number,
  totals: readonly number[],
  ids: readonly number[],
): readonly number[] {
  const best: number[] = [];
  let least = 0;
  const isBefore = (a: number, b: number): boolean => {
    const difference = (scores[a] ?? 0) - (scores[b] ?? 0) || (totals[a] ?? 0) - (totals[b] ?? 0);
    return difference === 0 ? (ids[a] ?? 0) < (ids[b] ?? 0) : difference > 0;
  };
  for (let slot = 0; slot < scores.length; slot++) {
    const score = scores[slot] ?? 0;
    if (score === 0 || score < least) continue;
    let at = best.length;
    while (at > 0 && isBefore(slot, best[at - 1] ?? 0)) at--;
    if (at === count) continue;
    best.splice(at, 0, slot);
    if (best.length > count) best.pop();
    if (best.length === count) least = scores[best[count - 1] ?? 0] ?? 0;
  }
  return best;
}
