/** How sure a rater was, from 0 to 1, and whether it was right. */
export type Claim = { readonly confidence: number; readonly isRight: boolean };

const BINS = 10;

/**
 * Expected calibration error (Naeini et al. 2015): over ten bins of equal width, the distance between how sure the rater was and
 * how often it was right, weighted by the size of the bin. From 0 (as good as it says) to 1. Undefined for no claims.
 */
export function calibrationError(claims: readonly Claim[]): number | undefined {
  if (claims.length === 0) return undefined;
  const bins = Map.groupBy(claims, ({ confidence }) => Math.min(BINS - 1, Math.floor(confidence * BINS)));
  let error = 0;
  for (const bin of bins.values()) {
    const confidence = bin.reduce((sum, claim) => sum + claim.confidence, 0);
    const right = bin.filter(({ isRight }) => isRight).length;
    error += Math.abs(right - confidence) / claims.length;
  }
  return error;
}
