import type { Usage } from './model.ts';

/** What a model charges, in US dollars for a million tokens. */
export type Price = {
  readonly input: number;
  /** For tokens that the provider had in its cache; as the others unless told. */
  readonly cachedInput?: number;
  readonly output: number;
};

/**
 * What a call costs in billionths of a dollar, rounded up: a whole number, so that sums stay exact. Undefined without a price.
 */
export function costOf(usage: Usage, price: Price | undefined): number | undefined {
  if (price === undefined) return undefined;
  const { promptTokens, completionTokens } = usage;
  const cached = Math.min(usage.cachedTokens ?? 0, promptTokens);
  const { input, cachedInput = input, output } = price;
  // A dollar for a million tokens is a thousand billionths a token.
  return Math.ceil(((promptTokens - cached) * input + cached * cachedInput + completionTokens * output) * 1_000);
}
