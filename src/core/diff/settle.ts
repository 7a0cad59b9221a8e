import type { Action, CheckPlan, LabelEvent, Posted, PostedCheck } from '../plan.ts';
import { isSameLabel } from '../plan/labels.ts';

/**
 * What stands after a step was taken, so that one review need not read everything twice. `created` is the id of what it made.
 * Ids of the remarks in a review are not known until they are read again; that it was sent is.
 */
export function settle(posted: Posted, action: Action, created: number | undefined): Posted {
  switch (action.type) {
    case 'create_check': {
      // Without an id it counts as the newest.
      const id = created ?? 1 + Math.max(0, ...posted.checks.map(run => run.id));
      return { ...posted, checks: [...posted.checks, runOf(id, action.check)] };
    }
    case 'update_check': {
      const others = posted.checks.filter(({ id }) => id !== action.id);
      return { ...posted, checks: [...others, runOf(action.id, action.check)] };
    }
    case 'create_comment':
      return created === undefined ? posted : { ...posted, comment: { id: created, body: action.body } };
    case 'update_comment':
      return { ...posted, comment: { id: action.id, body: action.body } };
    case 'submit_review':
      return { ...posted, reviewedHeads: [...posted.reviewedHeads, action.headSha] };
    case 'delete_review_comment':
      return { ...posted, inlineComments: posted.inlineComments.filter(({ id }) => id !== action.id) };
    case 'minimize_review_comment':
      return {
        ...posted,
        inlineComments: posted.inlineComments.map(comment =>
          comment.nodeId === action.nodeId ? { ...comment, isMinimized: true } : comment,
        ),
      };
    case 'add_labels':
      return withLabels(posted, [...posted.labels, ...action.labels], action.labels, 'labeled');
    case 'remove_label':
      return withLabels(
        posted,
        posted.labels.filter(label => !isSameLabel(label, action.label)),
        [action.label],
        'unlabeled',
      );
    case 'react':
    case 'unreact':
    case 'reply':
    case 'assign':
    case 'unassign':
      return posted;
  }
}

const runOf = (id: number, { name, externalId, conclusion, annotations }: CheckPlan): PostedCheck => ({
  id,
  name,
  externalId,
  status: conclusion === undefined ? 'in_progress' : 'completed',
  ...(conclusion && { conclusion }),
  annotations: annotations.length,
});

function withLabels(
  posted: Posted,
  labels: readonly string[],
  changed: readonly string[],
  type: LabelEvent['type'],
): Posted {
  // No clock here: it happened after everything that is known.
  const at = posted.labelEvents.reduce(
    (latest, event) => (event.at > latest ? event.at : latest),
    posted.headSince ?? '',
  );
  const events = changed.map(label => ({ label, type, byUs: true, at }));
  return { ...posted, labels, labelEvents: [...posted.labelEvents, ...events] };
}
