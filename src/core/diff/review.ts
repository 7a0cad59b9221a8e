import type { Action, Posted, ReviewPlan } from '../plan.ts';

/**
 * Takes away remarks on lines that no longer apply, then sends the new ones as one review, at most one a head. A remark that
 * still stands is not sent again.
 */
export function diffReview(
  { headSha, review }: Pick<ReviewPlan, 'headSha' | 'review'>,
  { inlineComments, reviewedHeads }: Pick<Posted, 'inlineComments' | 'reviewedHeads'>,
): readonly Action[] {
  if (review === undefined) return [];
  const wanted = new Set(review.comments.map(({ fingerprint }) => fingerprint));
  const live = new Set(inlineComments.filter(({ isMinimized }) => !isMinimized).map(({ fingerprint }) => fingerprint));
  const outdated = inlineComments.filter(({ fingerprint }) => !wanted.has(fingerprint));
  const removals = outdated.flatMap(({ id, nodeId, isAnswered, isMinimized }): readonly Action[] => {
    if (!isAnswered) return [{ type: 'delete_review_comment', id }];
    return isMinimized ? [] : [{ type: 'minimize_review_comment', nodeId }];
  });
  const comments = review.comments.filter(({ fingerprint }) => !live.has(fingerprint));
  if (comments.length === 0 || reviewedHeads.includes(headSha)) return removals;
  return [...removals, { type: 'submit_review', headSha, body: review.body, comments }];
}
