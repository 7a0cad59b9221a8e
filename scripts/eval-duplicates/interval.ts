/** A share with its 95 % interval by Wilson's score, which does not end at 0 or 1 for small counts. */
export function wilson(part: number, whole: number): { readonly low: number; readonly high: number } {
  if (whole === 0) return { low: 0, high: 1 };
  const z = 1.96;
  const share = part / whole;
  const centre = share + (z * z) / (2 * whole);
  const spread = z * Math.sqrt((share * (1 - share)) / whole + (z * z) / (4 * whole * whole));
  const scale = 1 + (z * z) / whole;
  return { low: Math.max(0, (centre - spread) / scale), high: Math.min(1, (centre + spread) / scale) };
}

/** `31 of 33 (94 %, 80–98 %)`. */
export function share(part: number, whole: number): string {
  const { low, high } = wilson(part, whole);
  const percent = (value: number): string => String(Math.round(value * 1000) / 10);
  return whole === 0 ? 'none' : `${part} of ${whole} (${percent(part / whole)} %, ${percent(low)}–${percent(high)} %)`;
}
