import { diffChecks } from './diff/checks.ts';
import { diffLabels } from './diff/labels.ts';
import { diffReview } from './diff/review.ts';
import type { Action, Posted, ReviewPlan } from './plan.ts';
import { speaksFor } from './plan/check.ts';
import { isSameLabel } from './plan/labels.ts';
import { withoutOtherCommits, withoutRecord } from './render/record.ts';

export { diffChecks } from './diff/checks.ts';
export { settle } from './diff/settle.ts';

/**
 * The steps from what stands to what should, in the order in which people read them; none when nothing is to change. Taking
 * them and asking again gives none.
 */
export function diff(plan: ReviewPlan, posted: Posted): readonly Action[] {
  const stale = (plan.ifPosted?.checks ?? []).filter(check =>
    posted.checks.some(run => run.name === check.name && speaksFor(run.externalId) === speaksFor(check.externalId)),
  );
  const labels = plan.labels === undefined ? [] : diffLabels(plan.labels, posted);
  return [
    ...diffChecks([...plan.checks, ...stale], posted.checks, posted.sharedWith, plan.reopens),
    ...diffComment(plan, posted),
    ...diffReview(plan, posted),
    ...labels,
    ...diffAssignee(plan, labels),
  ];
}

/** At the moment when the turn changes, and at no other: whom people assign or not afterwards is theirs. */
function diffAssignee({ assignee }: ReviewPlan, labels: readonly Action[]): readonly Action[] {
  if (assignee === undefined) return [];
  const { login, label } = assignee;
  return labels.flatMap((action): readonly Action[] => {
    if (action.type === 'add_labels' && action.labels.some(each => isSameLabel(each, label)))
      return [{ type: 'assign', login }];
    return action.type === 'remove_label' && isSameLabel(action.label, label) ? [{ type: 'unassign', login }] : [];
  });
}

function diffComment({ comment, ifPosted, headSha }: ReviewPlan, posted: Posted): readonly Action[] {
  if (posted.comment === undefined) return comment === undefined ? [] : [{ type: 'create_comment', body: comment }];
  const body = comment ?? ifPosted?.comment;
  if (body === undefined || isSameText(body, posted.comment.body, headSha)) return [];
  return [{ type: 'update_comment', id: posted.comment.id, body }];
}

/** Line ends and white space around it are GitHub's to change; the record, and at which commit a neighbour stands, are not worth an edit. */
const isSameText = (a: string, b: string, headSha: string): boolean => tidy(a, headSha) === tidy(b, headSha);
const tidy = (text: string, headSha: string): string =>
  withoutOtherCommits(withoutRecord(text.replaceAll('\r\n', '\n')).trim(), headSha);
