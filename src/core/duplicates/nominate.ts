import type { IndexTerms } from './index-terms.ts';
import { BANDS } from './signature.ts';

/** An indexed text that may be like the one that is asked about. */
export type Candidate = {
  readonly id: number;
  /** In the field where they have most in common; 0 to 16. */
  readonly sharedBands: number;
  /** Of the words that they share, in the field where these weigh most; see `rarity`. */
  readonly weight: number;
};

/** The texts that are filed under a term, the oldest first. */
export type Postings = {
  readonly ofBand: (term: number) => Iterable<number>;
  /** With what the word weighs. Common words have no list. */
  readonly ofWord: (term: number) => { readonly ids: Iterable<number>; readonly weight: number } | undefined;
};

/** From each field, by bands and by words, and from all fields together. */
const FROM_EACH = 12;

/** Entries of posting lists that are looked at for one example: more cannot be forced by what somebody files. */
const MAX_ENTRIES = 60_000;

/**
 * The texts most worth comparing with one example, likeliest first: by every field the best by bands and the best by words, and the
 * best of all fields together. Among equals the older goes first, so that nobody can bury an original under later copies.
 */
export function nominate(terms: readonly IndexTerms[], { ofBand, ofWord }: Postings): readonly Candidate[] {
  const scores = new Map<number, Score>();
  let entries = 0;
  for (const [field, { bands, words }] of terms.entries()) {
    for (const term of bands) {
      for (const id of ofBand(term)) {
        if (++entries > MAX_ENTRIES) break;
        const score = scoreOf(scores, id);
        score.bands[field] = (score.bands[field] ?? 0) + 1;
      }
    }
    for (const term of words) {
      const postings = ofWord(term);
      if (postings === undefined) continue;
      for (const id of postings.ids) {
        if (++entries > MAX_ENTRIES) break;
        const score = scoreOf(scores, id);
        score.weights[field] = (score.weights[field] ?? 0) + postings.weight;
      }
    }
  }
  return bestOf([...scores.values()], terms.length).map(({ id, bands, weights }) => ({
    id,
    sharedBands: Math.min(BANDS, Math.max(...bands)),
    weight: Math.max(...weights),
  }));
}

type Score = { readonly id: number; readonly bands: number[]; readonly weights: number[] };

function scoreOf(scores: Map<number, Score>, id: number): Score {
  const known = scores.get(id);
  if (known !== undefined) return known;
  const score = { id, bands: [0, 0, 0], weights: [0, 0, 0] };
  scores.set(id, score);
  return score;
}

function bestOf(scores: readonly Score[], fieldCount: number): readonly Score[] {
  const heaviest = Array.from({ length: fieldCount }, (_, field) =>
    scores.reduce((most, { weights }) => Math.max(most, weights[field] ?? 0), 1),
  );
  /** Both sources count the same. */
  const total = ({ bands, weights }: Score): number =>
    bands.reduce((sum, shared, field) => sum + shared / BANDS + (weights[field] ?? 0) / (heaviest[field] ?? 1), 0);
  const totals = new Map(scores.map(score => [score, total(score)]));
  const byTotal = (a: Score, b: Score): number => (totals.get(b) ?? 0) - (totals.get(a) ?? 0) || a.id - b.id;
  const best = (value: (score: Score) => number): readonly Score[] =>
    scores
      .filter(score => value(score) > 0)
      .toSorted((a, b) => value(b) - value(a) || byTotal(a, b))
      .slice(0, FROM_EACH);
  const chosen = new Set(best(score => totals.get(score) ?? 0));
  for (let field = 0; field < fieldCount; field++) {
    for (const score of best(({ bands }) => bands[field] ?? 0)) chosen.add(score);
    for (const score of best(({ weights }) => weights[field] ?? 0)) chosen.add(score);
  }
  return [...chosen].toSorted(byTotal);
}
