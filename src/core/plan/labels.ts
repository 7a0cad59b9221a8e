import type { TriageStatus } from '../decisions/decisions.ts';
import type { LabelPlan } from '../plan.ts';
import { labelKeys, triageKeys } from '../policy/labels.ts';
import type { LabelKey } from '../policy/labels.ts';
import type { Policy } from '../policy.ts';
import { leafKindOf, touchesTaxonomy } from '../taxonomy.ts';
import type { ReviewFacts } from './facts.ts';
import { whyIncomplete } from './facts.ts';

type TriageKey = (typeof triageKeys)[number];

/** What a person's word makes of triage. */
const byWord = {
  'request-changes': 'request_changes',
  uncertain: 'escalate',
  approve: 'approved',
  reject: 'rejected',
  'duplicate-of': 'rejected',
  'topic-failure': 'topic_failure',
  'legal-hold': 'legal_hold',
} as const satisfies Record<TriageStatus['type'], TriageKey>;

/**
 * The labels that follow from a review: one for each kind of leaf, and one for where triage stands. Undefined when labels are not
 * to be touched: closed, draft, observed, switched off.
 */
export function planLabels(facts: ReviewFacts): LabelPlan | undefined {
  const { pullRequest, contribution, policy, decisions } = facts;
  const { labels } = policy;
  if (!labels.enabled || policy.mode === 'observe' || pullRequest.isDraft || pullRequest.state === 'closed') {
    return undefined;
  }
  // A change of the policy alone is no contribution to be triaged.
  if (!touchesTaxonomy(pullRequest)) return undefined;
  const triage = triageOf(facts);
  if (triage === 'unknown') return undefined;
  const kinds = new Set(
    contribution.account
      .filter(({ role, state }) => role === 'qna' && state !== 'removed')
      .map(({ path }) => leafKindOf(path)),
  );
  const isPrechecked = decisions.isPrechecked && facts.verdict.outcome !== 'request_changes';
  const name = (key: LabelKey): string => labels[key].name;
  const names = distinct(triageKeys.map(name));
  const present = [
    ...(kinds.has('skill') ? [name('skill')] : []),
    ...(kinds.has('knowledge') ? [name('knowledge')] : []),
    ...(isPrechecked ? [name('precheck')] : []),
    ...(triage === 'open' ? [] : [name(triage)]),
  ];
  const untouched = triage === 'open' ? [...present, ...names] : present;
  return {
    present: distinct(present),
    absent: ownedLabels(labels).filter(label => !untouched.some(other => isSameLabel(label, other))),
    exclusive: triage === 'open' ? [] : names,
    colours: coloursOf(labels),
  };
}

/**
 * Where triage stands. People's words come first; then what must change; then what a triager should look at. `open`: the judge still
 * reads, and what stands stays. `unknown`: not everything was looked at, and nobody has decided.
 */
function triageOf(facts: ReviewFacts): TriageKey | 'open' | 'unknown' {
  const { verdict, judge, decisions } = facts;
  if (decisions.status !== undefined) return byWord[decisions.status.type];
  const errors = verdict.findings.filter(({ severity }) => severity === 'error');
  // A contributor who contests all of it has done their part: it is a triager's turn.
  const isContested = errors.length > 0 && errors.every(({ disputed }) => disputed !== undefined);
  if (errors.length > 0 && !isContested) return 'request_changes';
  if (!isContested && whyIncomplete(facts) !== undefined) return 'unknown';
  if (judge.type === 'pending' && !isContested) return 'open';
  if (decisions.isFollowUp) return 'follow_up';
  return verdict.outcome === 'escalate' ? 'escalate' : 'pass';
}

/** Every label that the policy lets us set; no other is ever touched. */
export const ownedLabels = (labels: Policy['labels']): readonly string[] =>
  distinct(labelKeys.map(key => labels[key].name));

/** Colours for the labels that are made. */
const coloursOf = (labels: Policy['labels']): Readonly<Record<string, string>> =>
  Object.fromEntries(labelKeys.map(key => [labels[key].name, labels[key].color]));

/** GitHub's labels differ by more than case. */
export const isSameLabel = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

const distinct = (names: readonly string[]): readonly string[] => [...new Set(names)];
