/** A case with its features, the first of which is 1 for the bias, and whether it is of the class. */
export type Case = { readonly features: readonly number[]; readonly isPositive: boolean };

/** Keeps weights small where cases are few; not applied to the bias. */
const RIDGE: number = 0.3;

/** Weights of a logistic regression with ridge `RIDGE`, by Newton's method: exact to the last digit that is shown. */
export function fit(cases: readonly Case[]): readonly number[] {
  const size = cases[0]?.features.length ?? 0;
  let weights: readonly number[] = Array.from({ length: size }, () => 0);
  for (let round = 0; round < 50; round++) {
    const gradient = weights.map((weight, index) => (index === 0 ? 0 : RIDGE * weight));
    const hessian = weights.map((_, row) => weights.map((_, column) => (row === column && row > 0 ? RIDGE : 0)));
    for (const { features, isPositive } of cases) {
      const chance = probability(weights, features);
      for (const [row, value] of features.entries()) {
        gradient[row] = (gradient[row] ?? 0) + (chance - Number(isPositive)) * value;
        const line = hessian[row] ?? [];
        for (const [column, other] of features.entries())
          line[column] = (line[column] ?? 0) + chance * (1 - chance) * value * other;
      }
    }
    const step = solve(hessian, gradient);
    weights = weights.map((weight, index) => weight - (step[index] ?? 0));
  }
  return weights;
}

export const probability = (weights: readonly number[], features: readonly number[]): number =>
  1 / (1 + Math.exp(-features.reduce((sum, value, index) => sum + value * (weights[index] ?? 0), 0)));

/** Gauss's elimination with pivots, for the few equations that there are. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): readonly number[] {
  const rows = matrix.map((row, index) => [...row, right[index] ?? 0]);
  for (let at = 0; at < rows.length; at++) {
    const pivot = rows.slice(at).reduce((best, row) => (Math.abs(row[at] ?? 0) > Math.abs(best[at] ?? 0) ? row : best));
    rows.splice(rows.indexOf(pivot), 1);
    rows.splice(at, 0, pivot);
    for (const [index, row] of rows.entries()) {
      const factor = index === at ? 0 : (row[at] ?? 0) / (pivot[at] ?? 1);
      if (factor !== 0) rows[index] = row.map((value, column) => value - factor * (pivot[column] ?? 0));
    }
  }
  return rows.map((row, index) => (row.at(-1) ?? 0) / (row[index] ?? 1));
}

/** Average precision of a ranking: 1 when all of the class come first. */
export function averagePrecision(ranked: readonly { readonly score: number; readonly isPositive: boolean }[]): number {
  let found = 0;
  let sum = 0;
  for (const [index, { isPositive }] of ranked.toSorted((a, b) => b.score - a.score).entries()) {
    if (!isPositive) continue;
    found++;
    sum += found / (index + 1);
  }
  return found === 0 ? 0 : sum / found;
}
