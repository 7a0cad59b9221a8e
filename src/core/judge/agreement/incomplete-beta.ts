/** Below this the continued fraction does not move any more. */
const PRECISION = 1e-14;
const MAX_STEPS = 10_000;

/** Keeps a factor of the continued fraction from becoming zero. */
const TINY = 1e-300;

/**
 * Regularised incomplete beta function I_x(a, b): the continued fraction of NIST DLMF 8.17.22 by Lentz's method. `a` and `b` are
 * positive, `x` is from 0 to 1. Exact to about ten digits for the sizes that occur here.
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // The fraction converges fast on this side of the mean; the other side is its mirror image.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x)) / a;
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= MAX_STEPS; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < PRECISION) break;
  }
  return front * fraction;
}

const away = (value: number): number => (Math.abs(value) < TINY ? TINY : value);

/** Stirling's series (DLMF 5.11.1) from 10 upwards; below, by the recurrence of the gamma function. `z` is positive. */
function logGamma(z: number): number {
  let shift = 0;
  let x = z;
  for (; x < 10; x += 1) shift += Math.log(x);
  const square = x * x;
  const series = (1 / 12 - (1 / 360 - (1 / 1260 - 1 / (1680 * square)) / square) / square) / x;
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series - shift;
}
