import { diff, settle } from './core/diff.ts';
import type { CheckName, Posted, ReviewPlan } from './core/plan.ts';
import { speaksFor } from './core/plan/check.ts';
import type { PullRequestRef } from './core/pull-request.ts';
import type { GitHub } from './ports.ts';

/** Brings one pull request step by step to what the plans of one review say. */
export type Publisher = {
  /** False when the head has moved or the pull request was closed: then nothing was written. */
  publish(plan: ReviewPlan): Promise<boolean>;
  /** Whether this check stands completed for this pull request on its head. */
  hasCompleted(name: CheckName): boolean;
  /** Writes so far. */
  writes(): number;
};

/**
 * Keeps track of what stands on GitHub through the plans of one review, so that it is read once. The head is read again before
 * any write: a superseded review publishes nothing.
 */
export function startPublishing(pullRequest: PullRequestRef, initial: Posted, github: GitHub): Publisher {
  let posted = initial;
  let writes = 0;
  return {
    async publish(plan) {
      const actions = diff(plan, posted);
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
    hasCompleted: name =>
      posted.checks.some(
        run => run.name === name && run.status === 'completed' && speaksFor(run.externalId) === pullRequest.number,
      ),
    writes: () => writes,
  };
}
