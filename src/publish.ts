import { diff, settle } from './core/diff.ts';
import type { CheckName, Posted, PostedCheck, ReviewPlan } from './core/plan.ts';
import { baseOf, baseTag, forBase, isOtherBase } from './core/plan/base.ts';
import { speaksFor } from './core/plan/check.ts';
import type { Policy } from './core/policy.ts';
import type { PullRequest, PullRequestRef } from './core/pull-request.ts';
import type { GitHub } from './ports.ts';

/** Brings one pull request step by step to what the plans of one review say. */
export type Publisher = {
  /** False when the head has moved or the pull request was closed: then nothing was written. */
  publish(plan: ReviewPlan): Promise<boolean>;
  /** Whether checks stand for this pull request on its head, all for the base and the policy's mode that it has now. */
  hasBegun(): boolean;
  /**
   * Whether this check stands completed for this pull request on its head, and for its base. Once begun, true too where another
   * pull request's word stands for the commit.
   */
  hasCompleted(name: CheckName): boolean;
  /** Writes so far. */
  writes(): number;
};

/**
 * Keeps track of what stands on GitHub through the plans of one review, so that it is read once. The head is read again before
 * any write: a superseded review publishes nothing. Every check is marked with the base and the mode it holds for.
 */
export function startPublishing(
  pullRequest: PullRequestRef & Pick<PullRequest, 'baseRef' | 'isToDefault'>,
  mode: Policy['mode'],
  initial: Posted,
  github: GitHub,
): Publisher {
  const tag = baseTag(pullRequest, mode);
  const isForBase = ({ externalId }: PostedCheck) => !isOtherBase(baseOf(externalId), tag);
  const ownChecks = () => posted.checks.filter(run => speaksFor(run.externalId) === pullRequest.number);
  let posted = initial;
  let writes = 0;
  return {
    async publish(plan) {
      const actions = diff(forBase(plan, tag), posted);
      if (actions.length === 0) return true;
      const head = await github.loadHead(pullRequest);
      if (head?.state !== 'open' || head.headSha !== plan.headSha) return false;
      for (const action of actions) {
        const created = await github.apply(pullRequest, action);
        posted = settle(posted, action, created);
        writes++;
      }
      return true;
    },
    hasBegun: () => ownChecks().length > 0 && ownChecks().every(isForBase),
    hasCompleted(name) {
      const own = ownChecks().filter(run => run.name === name);
      return own.length === 0 || own.some(run => run.status === 'completed' && isForBase(run));
    },
    writes: () => writes,
  };
}
