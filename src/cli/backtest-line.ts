import type { Finding } from '../core/finding.ts';

/** What is told about one pull request. The names are those of the JSON. */
export type BacktestLine = {
  readonly number: number;
  /** Of the verdict; or how the review ended without one; `failed` when we could not review it. */
  readonly outcome: string;
  /** Conclusion of each check, by its name. */
  readonly checks: Readonly<Record<string, string>>;
  readonly labels: readonly string[];
  readonly findings: readonly Finding[];
  /** Earlier pull requests that it seems to repeat, by number: those that a triager is asked about. */
  readonly like: readonly number[];
  /** Writes that GitHub would have seen. */
  readonly writes: number;
  readonly milliseconds: number;
};
