/** What is counted in a text, with the weight of each: words or pieces of words. */
export type Bag = ReadonlyMap<string, number>;

/** Cosine of the angle between two bags: 1 for equal ones, 0 when nothing is shared or one is empty. */
export function cosine(a: Bag, b: Bag): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  let dot = 0;
  for (const [item, weight] of small) dot += weight * (large.get(item) ?? 0);
  return dot === 0 ? 0 : Math.min(1, dot / (lengthOf(a) * lengthOf(b)));
}

/** How much of the lighter bag is in the other, 0 to 1; 0 when one is empty. */
export function containment(a: Bag, b: Bag): number {
  const [weightA, weightB] = [totalOf(a), totalOf(b)];
  const [light, other] = weightA <= weightB ? [a, b] : [b, a];
  let shared = 0;
  for (const [item, weight] of light) shared += Math.min(weight, other.get(item) ?? 0);
  return shared === 0 ? 0 : shared / Math.min(weightA, weightB);
}

/** Sum of all weights. */
export function totalOf(bag: Bag): number {
  let total = 0;
  for (const weight of bag.values()) total += weight;
  return total;
}

function lengthOf(bag: Bag): number {
  const known = lengths.get(bag);
  if (known !== undefined) return known;
  let squares = 0;
  for (const weight of bag.values()) squares += weight * weight;
  const length = Math.sqrt(squares);
  lengths.set(bag, length);
  return length;
}

/** A bag meets many others. */
const lengths = new WeakMap<Bag, number>();
