import { escapeMessage } from './escape.ts';
import type { CheckName, CheckPlan, Conclusion, ReviewPlan } from './plan.ts';
import { identifyCheck } from './plan/check.ts';
import { planJudge, planRules } from './plan/checks.ts';
import type { ReviewFacts } from './plan/facts.ts';
import { planInline } from './plan/inline.ts';
import { ownedLabels, planLabels } from './plan/labels.ts';
import type { Policy } from './policy.ts';
import type { PullRequest } from './pull-request.ts';
import { renderComment, renderNothingLeft, renderTrouble } from './render/comment.ts';
import { moment, summarise } from './render/words.ts';
import type { Verdict } from './verdict.ts';

/** How the pull request should look, by what was found. Closed ones get their checks and nothing else. */
export function planReview(facts: ReviewFacts): ReviewPlan {
  const { pullRequest, policy, judge } = facts;
  const speaks = policy.mode === 'active' && pullRequest.state === 'open';
  // One review a head: it waits for the judge, and for the head that is really meant to be reviewed.
  const reviews = speaks && judge.type !== 'pending' && !pullRequest.isDraft;
  const labels = planLabels(facts);
  const { author } = pullRequest;
  const isAssigning = speaks && policy.conversation.assign === 'contributor' && !author.isBot;
  return {
    headSha: pullRequest.headSha,
    checks: [planRules(facts), planJudge(facts)],
    ...(speaks && { comment: renderComment(facts) }),
    ...(reviews && { review: planInline(facts) }),
    ...(labels && { labels }),
    ...(labels && isAssigning && { assignee: { login: author.login, label: policy.labels.request_changes.name } }),
  };
}

const starts: Readonly<Record<CheckName, readonly [title: string, summary: string]>> = {
  'assay/rules': ['Looking at the changed files', 'The result will stand here in a moment.'],
  'assay/judge': ['Waiting for the rules', 'A language model reads what the rules have passed.'],
};

/**
 * The first thing that happens to a head: both checks are in progress. Nothing else is said before there is something to say.
 * `isRerun`: people pressed “Re-run”, and GitHub waits for an answer, also where it will be the same.
 */
export const planStart = (
  { number, headSha }: Pick<PullRequest, 'number' | 'headSha'>,
  isRerun = false,
  names: readonly CheckName[] = ['assay/rules', 'assay/judge'],
): ReviewPlan => ({
  headSha,
  ...(isRerun && { reopens: true }),
  checks: names.map(name => check(number, headSha, name, ...starts[name])),
});

/** Our own trouble. Without `nextTry` it was the last one: then a person has to act, and what stands from before is corrected. */
export function planTrouble({
  pullRequest: { number, headSha },
  reason,
  nextTry,
  isObserved = false,
}: {
  readonly pullRequest: Pick<PullRequest, 'number' | 'headSha'>;
  /** In mode `observe` nothing blocks, and nothing is said but in checks. */
  readonly isObserved?: boolean;
  /** In words for people on the pull request. */
  readonly reason: string;
  readonly nextTry?: Date;
}): ReviewPlan {
  const why = escapeMessage(reason, 600);
  if (nextTry !== undefined) {
    const title = `Not finished; next try at ${moment(nextTry)}`;
    const summary = `${why} Assay tries again at ${moment(nextTry)}. There is nothing to do.`;
    return {
      headSha,
      checks: [
        check(number, headSha, 'assay/rules', title, summary),
        check(number, headSha, 'assay/judge', title, summary),
      ],
    };
  }
  const title = 'Could not be finished';
  const summary = `${why} It was tried several times. That is no fault of this contribution. To try again, press “Re-run” or comment \`/assay review\`.`;
  return {
    headSha,
    checks: [
      check(number, headSha, 'assay/rules', title, summary, isObserved ? 'neutral' : 'action_required'),
      check(number, headSha, 'assay/judge', title, summary, 'neutral'),
    ],
    ...(!isObserved && { ifPosted: { comment: renderTrouble(headSha, reason), checks: [] } }),
  };
}

/**
 * No changed file is part of the taxonomy: a green check, and silence. What we said before is corrected where it stands, and labels
 * that we had set go too. In mode `observe` the check is neutral, and the rest stays as it is.
 */
export function planNothing(
  { number, headSha, state, isDraft }: Pick<PullRequest, 'number' | 'headSha' | 'state' | 'isDraft'>,
  policy: Policy,
): ReviewPlan {
  const title = 'Nothing to review';
  const summary = 'No file of the taxonomy is changed here.';
  const rules = (conclusion: Conclusion) => [check(number, headSha, 'assay/rules', title, summary, conclusion)];
  const judge = [check(number, headSha, 'assay/judge', title, summary, 'neutral')];
  if (policy.mode === 'observe') return { headSha, checks: rules('neutral'), ifPosted: { checks: judge } };
  const ownsLabels = policy.labels.enabled && state === 'open' && !isDraft;
  return {
    headSha,
    checks: rules('success'),
    review: { body: '', comments: [] },
    ...(ownsLabels && { labels: { present: [], absent: ownedLabels(policy.labels), exclusive: [], colours: {} } }),
    ifPosted: { comment: renderNothingLeft(), checks: judge },
  };
}

/** The first thing that happens to a tree that a merge queue would merge. */
export const planMergeGroupStart = (headSha: string): readonly CheckPlan[] => [
  check(0, headSha, 'assay/rules', ...starts['assay/rules']),
];

/**
 * Our own trouble with that tree. Without `nextTry` it was the last one, and the queue gets a no instead of silence; in mode
 * `observe` nothing blocks.
 */
export function planMergeGroupTrouble(
  headSha: string,
  reason: string,
  { nextTry, isObserved }: { readonly nextTry: Date | undefined; readonly isObserved: boolean },
): readonly CheckPlan[] {
  const why = escapeMessage(reason, 600);
  return nextTry === undefined
    ? [
        check(
          0,
          headSha,
          'assay/rules',
          'Could not be finished',
          `${why} It was tried several times.`,
          isObserved ? 'neutral' : 'failure',
        ),
      ]
    : [
        check(
          0,
          headSha,
          'assay/rules',
          `Not finished; next try at ${moment(nextTry)}`,
          `${why} Assay tries again at ${moment(nextTry)}.`,
        ),
      ];
}

/**
 * The plan without a word in the conversation, for one that is locked: GitHub refuses comments and reviews of Apps there. What
 * was said before stays.
 */
export function inSilence({ headSha, reopens, checks, labels, ifPosted }: ReviewPlan): ReviewPlan {
  return {
    headSha,
    checks,
    ...(reopens !== undefined && { reopens }),
    ...(labels && { labels }),
    ...(ifPosted && { ifPosted: { checks: ifPosted.checks } }),
  };
}

/** What a merge queue is told about the tree that it would merge. It waits for a yes or a no: what was not looked at is a no. */
export function planMergeGroup(
  headSha: string,
  { findings, outcome, reason }: Verdict,
  isHeld = false,
  isObserved = false,
): readonly CheckPlan[] {
  const isSound = !isHeld && outcome !== 'incomplete' && findings.every(({ severity }) => severity !== 'error');
  const found = summarise(findings) || 'nothing to change';
  const why = reason === undefined ? '' : ` Not everything was looked at: ${escapeMessage(reason, 600)}`;
  const title = isSound ? 'The rules pass' : isHeld ? 'On hold' : 'The rules do not pass';
  const summary = `The rules on the tree that would be merged: ${found}.${why}`;
  const conclusion = isObserved ? 'neutral' : isSound ? 'success' : 'failure';
  return [check(0, headSha, 'assay/rules', title, summary, conclusion)];
}

const check = (
  number: number,
  headSha: string,
  name: CheckName,
  title: string,
  summary: string,
  conclusion?: Conclusion,
): CheckPlan =>
  identifyCheck(number, { name, headSha, ...(conclusion && { conclusion }), title, summary, annotations: [] });
