/** What a pull request cost so far, charges that were never settled at their upper bound. */
export type Spent = {
  /** Prompt and completion. */
  readonly tokens: number;
  /** Absent while a call is among them whose price nobody told. */
  readonly dollars?: number;
};
