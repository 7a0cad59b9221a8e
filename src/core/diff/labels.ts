import type { Action, LabelEvent, LabelPlan, Posted } from '../plan.ts';
import { isSameLabel } from '../plan/labels.ts';

/**
 * The steps to the labels that should stand. Only labels that the plan names are touched, and people have the last word: what a
 * person removed since this head stays away, what a person added stays, and beside an exclusive label of theirs ours give way.
 */
export function diffLabels(
  plan: LabelPlan,
  { labels, labelEvents, headSince }: Pick<Posted, 'labels' | 'labelEvents' | 'headSince'>,
): readonly Action[] {
  const events = labelEvents.toSorted((a, b) => (a.at === b.at ? 0 : a.at < b.at ? -1 : 1));
  const has = (label: string) => labels.some(other => isSameLabel(label, other));
  const lastOf = (label: string, type?: LabelEvent['type']) =>
    events.findLast(event => isSameLabel(event.label, label) && (type === undefined || event.type === type));
  // Without a record of who set it, it was a person: taking away too little does less harm than too much.
  const isByPerson = (label: string) => isPersons(lastOf(label, 'labeled') ?? { byUs: false });
  const isTakenAway = (label: string) => {
    const last = lastOf(label);
    return last?.type === 'unlabeled' && isPersons(last) && (headSince === undefined || last.at >= headSince);
  };
  const givesWay = (label: string) =>
    plan.exclusive.some(other => isSameLabel(label, other)) &&
    plan.exclusive.some(other => !isSameLabel(label, other) && has(other) && isByPerson(other));

  const missing = plan.present.filter(label => !has(label) && !isTakenAway(label) && !givesWay(label));
  const surplus = [...plan.absent, ...plan.present.filter(givesWay)].filter(label => has(label) && !isByPerson(label));
  return [
    ...surplus.map((label): Action => ({ type: 'remove_label', label })),
    ...(missing.length > 0 ? [{ type: 'add_labels', labels: missing, colours: plan.colours } as const] : []),
  ];
}

const isPersons = ({ byUs, byBot = false }: Pick<LabelEvent, 'byUs' | 'byBot'>): boolean => !byUs && !byBot;
