import type { IndexTerms } from './index-terms.ts';
import { BANDS } from './signature.ts';

/** An indexed text that may be like the one that is asked about. */
export type Candidate = {
  readonly id: number;
  /** In the field where they have most in common; 0 to 16. */
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

/** From each field by bands and by words, and from all together. */
const FROM_EACH = 12;

/** Texts that are counted for one example: more cannot be forced by what somebody files. */
const MAX_COUNTED = 30_000;

/**
 * The texts most worth comparing with one example, likeliest first: of every field the best by bands and the best by words, and the
 * best of all together. Among equals the older goes first, so that nobody can bury an original under later copies.
 */
export function nominate(terms: readonly IndexTerms[], { ofBand, ofWord }: Postings): readonly Candidate[] {
  const width = terms.length;
  const ids: number[] = [];
  const slots = new Map<number, number>();
  const bands: number[] = [];
  const weights: number[] = [];
  const count = (scores: number[], field: number, id: number, score: number): void => {
    let slot = slots.get(id);
    if (slot === undefined) {
      if (ids.length === MAX_COUNTED) return;
      slot = ids.push(id) - 1;
      slots.set(id, slot);
      for (let each = 0; each < width; each++) {
        bands.push(0);
        weights.push(0);
      }
    }
    const at = slot * width + field;
    scores[at] = (scores[at] ?? 0) + score;
  };
  for (const [field, { bands: ofField }] of terms.entries())
    for (const term of ofField) ofBand(term, id => count(bands, field, id, 1));
  for (const [field, { words }] of terms.entries())
    for (const term of words) ofWord(term, (id, weight) => count(weights, field, id, weight));

  const heaviest = terms.map((_, field) =>
    ids.reduce((most, _, slot) => Math.max(most, weights[slot * width + field] ?? 0), 1),
  );
  /** Both sources count the same. */
  const totals = ids.map((_, slot) => {
    let total = 0;
    for (let field = 0; field < width; field++)
      total +=
        (bands[slot * width + field] ?? 0) / BANDS + (weights[slot * width + field] ?? 0) / (heaviest[field] ?? 1);
    return total;
  });
  const isBetter = (scores: (slot: number) => number) => (a: number, b: number) =>
    scores(a) - scores(b) || (totals[a] ?? 0) - (totals[b] ?? 0) || (ids[b] ?? 0) - (ids[a] ?? 0);
  const byTotal = isBetter(slot => totals[slot] ?? 0);

  const chosen = new Set(bestOf(ids.length, byTotal));
  for (let field = 0; field < width; field++)
    for (const scores of [bands, weights]) {
      const score = (slot: number): number => scores[slot * width + field] ?? 0;
      for (const slot of bestOf(ids.length, isBetter(score))) if (score(slot) > 0) chosen.add(slot);
    }
  const most = (scores: readonly number[], slot: number): number =>
    Math.max(...scores.slice(slot * width, (slot + 1) * width));
  return [...chosen]
    .toSorted((a, b) => byTotal(b, a))
    .map(slot => ({
      id: ids[slot] ?? 0,
      sharedBands: Math.min(BANDS, most(bands, slot)),
      weight: most(weights, slot),
    }));
}

/** The best `FROM_EACH` of the numbers below `count`, in one pass. */
function bestOf(count: number, compare: (a: number, b: number) => number): readonly number[] {
  const best: number[] = [];
  for (let slot = 0; slot < count; slot++) {
    const last = best.at(-1);
    if (best.length === FROM_EACH && last !== undefined && compare(slot, last) <= 0) continue;
    let at = best.length;
    while (at > 0 && compare(slot, best[at - 1] ?? 0) > 0) at--;
    best.splice(at, 0, slot);
    if (best.length > FROM_EACH) best.pop();
  }
  return best;
}
