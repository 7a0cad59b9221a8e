import type { Action, Posted, PostedInlineComment, ReviewPlan } from '../plan.ts';

/**
 * Takes away remarks on lines that no longer apply, then sends the new ones as one review, at most one a head. A remark that
 * still stands is not sent again, unless a push took its line and another one gave it back: then it goes with the head's review.
 */
export function diffReview(
  { headSha, review }: Pick<ReviewPlan, 'headSha' | 'review'>,
  { inlineComments, reviewedHeads }: Pick<Posted, 'inlineComments' | 'reviewedHeads'>,
): readonly Action[] {
  if (review === undefined) return [];
  const wanted = new Set(review.comments.map(({ fingerprint }) => fingerprint));
  const isReviewed = reviewedHeads.includes(headSha);
  const isStranded = ({ isOutdated = false, isAnswered }: PostedInlineComment): boolean =>
    isOutdated && !isAnswered && !isReviewed;
  const standing = inlineComments.filter(comment => !comment.isMinimized && !isStranded(comment));
  const live = new Set(standing.map(({ fingerprint }) => fingerprint));
  const outdated = inlineComments.filter(comment => !wanted.has(comment.fingerprint) || isStranded(comment));
  const removals = outdated.flatMap(({ id, nodeId, isAnswered, isMinimized }): readonly Action[] => {
    if (!isAnswered) return [{ type: 'delete_review_comment', id }];
    return isMinimized ? [] : [{ type: 'minimize_review_comment', nodeId }];
  });
  const comments = review.comments.filter(({ fingerprint }) => !live.has(fingerprint));
  if (comments.length === 0 || isReviewed) return removals;
  return [...removals, { type: 'submit_review', headSha, body: review.body, comments }];
}
