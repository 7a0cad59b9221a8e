import type { LabelPlan } from '../plan.ts';
import type { Policy } from '../policy.ts';
import { leafKindOf } from '../taxonomy.ts';
import type { ReviewFacts } from './facts.ts';
import { whyIncomplete } from './facts.ts';

/**
 * The labels that follow from a review: one for each kind of leaf, and one for what is to be done. Undefined when labels are not
 * to be touched: closed, draft, observed, switched off, or not everything was looked at.
 */
export function planLabels(facts: ReviewFacts): LabelPlan | undefined {
  const { pullRequest, contribution, verdict, policy } = facts;
  const { labels } = policy;
  const { outcome } = verdict;
  if (!labels.enabled || policy.mode === 'observe' || pullRequest.isDraft || pullRequest.state === 'closed') {
    return undefined;
  }
  if (outcome === 'incomplete' || (outcome !== 'request_changes' && whyIncomplete(facts) !== undefined)) {
    return undefined;
  }
  const kinds = new Set(
    contribution.account
      .filter(({ role, state }) => role === 'qna' && state !== 'removed')
      .map(({ path }) => leafKindOf(path)),
  );
  // Errors are certain. Whether anything else is to be done is not, while the judge still reads: those labels stay as they are.
  const isOpen = facts.judge.type === 'pending' && outcome !== 'request_changes';
  const triage = [...new Set([labels.pass, labels.escalate, labels.request_changes])];
  const present = [
    ...(kinds.has('skill') ? [labels.skill] : []),
    ...(kinds.has('knowledge') ? [labels.knowledge] : []),
    ...(isOpen ? [] : [labels[outcome]]),
  ];
  const untouched = isOpen ? [...present, ...triage] : present;
  return {
    present: [...new Set(present)],
    absent: ownedLabels(labels).filter(label => !untouched.some(other => isSameLabel(label, other))),
    exclusive: isOpen ? [] : triage,
  };
}

/** Every label that the policy lets us set; no other is ever touched. */
export const ownedLabels = (labels: Policy['labels']): readonly string[] => [
  ...new Set([labels.skill, labels.knowledge, labels.pass, labels.escalate, labels.request_changes]),
];

/** GitHub's labels differ by more than case. */
export const isSameLabel = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
