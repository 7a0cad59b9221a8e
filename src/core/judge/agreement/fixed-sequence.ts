import { upperBound } from './binomial.ts';
import type { Claim } from './calibration.ts';

/** From which confidence on a rater may be believed, and how often it is that sure. */
export type Trusted = {
  /** Claims at least this sure are wrong at most as often as was asked for. */
  readonly threshold: number;
  /** Share of the claims that are. */
  readonly coverage: number;
};

/**
 * Fixed-sequence testing (as in "Trust or Escalate", arXiv 2407.18370): thresholds are tried from the strictest down, each on the
 * claims that are at least so sure, for as long as the exact upper bound of their errors stays within `risk`. The first failure
 * ends it, which is why no correction for many tests is needed: with probability 1 − `delta` the result keeps its promise.
 * Undefined when not even the strictest holds.
 */
export function trustFrom(claims: readonly Claim[], risk: number, delta = 0.1): Trusted | undefined {
  const thresholds = [...new Set(claims.map(({ confidence }) => confidence))].toSorted((one, other) => other - one);
  const surest = claims.toSorted((one, other) => other.confidence - one.confidence);
  let trusted: Trusted | undefined;
  let taken = 0;
  let wrong = 0;
  for (const threshold of thresholds) {
    for (; (surest[taken]?.confidence ?? -1) >= threshold; taken += 1) if (surest[taken]?.isRight === false) wrong += 1;
    // Too few to tell yet is not a failure: nobody has looked at the errors to decide to go on.
    if (upperBound(0, taken, 1 - delta) > risk) continue;
    if (upperBound(wrong, taken, 1 - delta) > risk) break;
    trusted = { threshold, coverage: taken / claims.length };
  }
  return trusted;
}
