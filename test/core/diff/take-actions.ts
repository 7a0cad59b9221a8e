import { diff, settle } from '../../../src/core/diff.ts';
import type { Action, Posted, ReviewPlan } from '../../../src/core/plan.ts';

export const nothingPosted: Posted = {
  checks: [],
  reviewedHeads: [],
  inlineComments: [],
  labels: [],
  labelEvents: [],
};

let lastId = 1_000;

/** What stands on GitHub after these steps, as it would be read again. */
export function takeActions(posted: Posted, actions: readonly Action[]): Posted {
  return actions.reduce<Posted>((before, action) => {
    const after = settle(before, action, ++lastId);
    if (action.type !== 'submit_review') return after;
    const sent = action.comments.map(({ fingerprint }) => ({
      id: ++lastId,
      nodeId: `node ${lastId}`,
      fingerprint,
      isAnswered: false,
      isMinimized: false,
    }));
    return { ...after, inlineComments: [...after.inlineComments, ...sent] };
  }, posted);
}

/** Brings it to what the plan says, and tells the steps. */
export function carryOut(
  plan: ReviewPlan,
  posted: Posted,
): { readonly actions: readonly Action[]; readonly posted: Posted } {
  const actions = diff(plan, posted);
  return { actions, posted: takeActions(posted, actions) };
}
