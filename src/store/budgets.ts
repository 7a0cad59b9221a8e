import type { Caps, Spender } from '../core/judge/model.ts';

/** The day of UTC, as the ledger names it: `2026-03-01`. */
export const dayOf = (moment: Date): string => moment.toISOString().slice(0, 10);

/** One thing that is capped, and what it may spend. */
export type Budget = {
  readonly cap: keyof Caps;
  readonly most: number;
  /** Absent for the pull request's own, which has no day. */
  readonly scope?: string;
};

/** The budgets that a call is charged to, always in this order: locks that are taken in one order cannot wait for each other. */
export const budgetsOf = ({ caps, authorId }: Spender): readonly Budget[] => [
  { cap: 'pullRequest', most: caps.pullRequest },
  { cap: 'authorPerDay', most: caps.authorPerDay, scope: `author:${authorId}` },
  { cap: 'repositoryPerDay', most: caps.repositoryPerDay, scope: 'repository' },
];
