/** Words of each side that are aligned, at most: the table has their product of cells. */
export const MAX_ALIGNED = 200;

/** A stretch in which two texts differ, with the index of its first word in either; one side may be empty. */
export type Gap = {
  readonly a: readonly string[];
  readonly b: readonly string[];
  readonly fromA: number;
  readonly fromB: number;
};

/** A longest common subsequence of words (what ROUGE-L counts), and the gaps between its words, in order. */
export type Alignment = { readonly common: number; readonly gaps: readonly Gap[] };

/** Aligns two texts word by word, the first `MAX_ALIGNED` of each. */
export function align(wordsA: readonly string[], wordsB: readonly string[]): Alignment {
  const [a, b] = [wordsA.slice(0, MAX_ALIGNED), wordsB.slice(0, MAX_ALIGNED)];
  const width = b.length + 1;
  // longest[i * width + j]: of the rest of `a` from i and the rest of `b` from j.
  const longest = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number): number => longest[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      longest[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));

  const gaps: Gap[] = [];
  let [i, j] = [0, 0];
  let [fromA, fromB] = [0, 0];
  const close = (): void => {
    if (i > fromA || j > fromB) gaps.push({ a: a.slice(fromA, i), b: b.slice(fromB, j), fromA, fromB });
  };
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i], b[j]];
    if (left !== undefined && left === right) {
      close();
      i++;
      j++;
      [fromA, fromB] = [i, j];
    } else if (right === undefined || (left !== undefined && at(i + 1, j) >= at(i, j + 1))) {
      i++;
    } else {
      j++;
    }
  }
  close();
  return { common: at(0, 0), gaps };
}

/** ROUGE-L: harmonic mean of the shares of either text's words that are common, in order. 0 to 1; 0 when one is empty. */
export const rougeL = ({ common }: Alignment, wordsA: readonly string[], wordsB: readonly string[]): number => {
  const total = Math.min(wordsA.length, MAX_ALIGNED) + Math.min(wordsB.length, MAX_ALIGNED);
  return total === 0 ? 0 : (2 * common) / total;
};
