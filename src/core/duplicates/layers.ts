/**
 * How far the comparison by meaning came at a look. `known` of `total` examples of the taxonomy have a vector; the rest follow at
 * the next looks. `failed`: our trouble, so only words were compared.
 */
export type MeaningState =
  | { readonly type: 'compared'; readonly model: string; readonly known: number; readonly total: number }
  | { readonly type: 'failed'; readonly model: string; readonly reason: string };

/** What was at work when duplicates were looked for, beside equality and words. */
export type Layers = {
  /** Absent where nobody switched it on. */
  readonly meaning?: MeaningState;
  /** Pairs about which the judge was asked, and of how many it could say something. Absent where nobody switched it on. */
  readonly judge?: { readonly asked: number; readonly told: number };
};
