import { hashText } from '../finding.ts';
import type { CheckPlan, ReviewPlan } from '../plan.ts';
import type { Policy } from '../policy.ts';
import type { PullRequest } from '../pull-request.ts';
import { speaksFor } from './check.ts';

/** Ten hexadecimal digits say which base, and the letter before them whether it is the default branch. */
const TAGGED = /^#\d{1,15}:([db][0-9a-f]{10}):/;

/**
 * What a verdict holds for: the base branch and the mode of its policy. For another base it is none, so a check's external id
 * says which it was: `#n:base:hash`.
 */
export const baseTag = (
  { baseRef, isToDefault = false }: Pick<PullRequest, 'baseRef' | 'isToDefault'>,
  mode: Policy['mode'],
): string => `${isToDefault ? 'd' : 'b'}${hashText(`${mode}\0${baseRef}`).slice(0, 10)}`;

/** The base that a check run's external id names; undefined in a merge queue and in those that were written before there were tags. */
export const baseOf = (externalId: string): string | undefined => TAGGED.exec(externalId)?.[1];

/** The plan with its base in the external id of every check. */
export const forBase = (plan: ReviewPlan, tag: string): ReviewPlan => {
  const tagged = (check: CheckPlan): CheckPlan => ({
    ...check,
    externalId: check.externalId.replace(/^#\d{1,15}:/, number => `${number}${tag}:`),
  });
  return {
    ...plan,
    checks: plan.checks.map(tagged),
    ...(plan.ifPosted && { ifPosted: { ...plan.ifPosted, checks: plan.ifPosted.checks.map(tagged) } }),
  };
};

/** Whether both are known to be of different bases. */
export const isOtherBase = (tag: string | undefined, other: string | undefined): boolean =>
  tag !== undefined && other !== undefined && tag !== other;

/** The lower, the sooner its word stands for a commit that asks for several bases: the default branch first, then the oldest. */
export const rankOf = (externalId: string): number =>
  (speaksFor(externalId) ?? 0) + (baseOf(externalId)?.startsWith('b') === true ? 1e15 : 0);
