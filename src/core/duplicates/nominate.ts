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
const BY_BANDS = [64, 48, 24];

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
  const { ids, slotOf } = createSlots();
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
  const totals = new Float64Array(ids.length);
  for (const [field, scores] of bands.entries()) addShares(totals, scores, terms[field]?.bands.length ?? 0);
  for (const scores of weights) addShares(totals, scores, Math.max(1, highest(scores)));
  const best = (scores: ArrayLike<number>, count = FROM_EACH) => bestOf(scores, count, totals, ids);
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

/**
 * Numbers texts from 0 in the order in which they come; −1 once there are `MAX_COUNTED`. Nearly all the time of nominating is spent
 * here, and a `Map` takes several times as long as this table, in which a text stands at its hash or in the next free place.
 */
function createSlots(): { readonly ids: readonly number[]; readonly slotOf: (id: number) => number } {
  const ids: number[] = [];
  places.fill(0);
  const slotOf = (id: number): number => {
    let at = Math.imul(id, 0x9e3779b1) >>> (32 - PLACE_BITS);
    for (let count = places[at] ?? 0; count !== 0; count = places[at] ?? 0) {
      if (ids[count - 1] === id) return count - 1;
      at = (at + 1) % places.length;
    }
    if (ids.length === MAX_COUNTED) return -1;
    places[at] = ids.push(id);
    return ids.length - 1;
  };
  return { ids, slotOf };
}

/**
 * Twice as many as texts that are counted, so that most are found at once; 0 where none stands, else its number from 1. One table,
 * since only one example is looked up at a time.
 */
const PLACE_BITS = 16;
const places = new Uint16Array(2 ** PLACE_BITS);

function highest(scores: readonly number[]): number {
  let highest = 0;
  for (const score of scores) highest = Math.max(highest, score);
  return highest;
}

/** Adds what part of the whole each score is. */
function addShares(totals: Float64Array, scores: readonly number[], whole: number): void {
  for (let slot = 0; slot < scores.length; slot++) totals[slot] = (totals[slot] ?? 0) + (scores[slot] ?? 0) / whole;
}

/** The `count` places with the highest scores above 0, in one pass. Equals go by their total, then by age. */
function bestOf(
  scores: ArrayLike<number>,
  count: number,
  totals: ArrayLike<number>,
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
