import type { Contribution } from '../contribution.ts';
import type { Layers } from '../duplicates/layers.ts';
import type { Decisions } from '../decisions/decisions.ts';
import type { Spent } from '../judge/spent.ts';
import type { Policy } from '../policy.ts';
import type { Precheck } from '../precheck/precheck.ts';
import type { PullRequest } from '../pull-request.ts';
import type { Place } from '../render/place.ts';
import type { JudgeState, Verdict } from '../verdict.ts';

/** Everything that a plan is made of. The same facts always give the same plan. */
export type ReviewFacts = {
  readonly pullRequest: PullRequest;
  readonly contribution: Contribution;
  readonly verdict: Verdict;
  readonly decisions: Decisions;
  readonly judge: JudgeState;
  readonly policy: Policy;
  /** What is wrong with the policy file, if it could not be used and the defaults hold. */
  readonly policyProblem?: string | undefined;
  /** What the model that is to be taught knows already; absent where nobody asked. */
  readonly precheck?: Precheck | undefined;
  /** Our comment has mentioned the team that the policy names. */
  readonly wasEscalated?: boolean;
  /** What was at work beside equality and words when duplicates were looked for. */
  readonly layers?: Layers | undefined;
  /** What this pull request cost so far; must not differ between two reviews of the same thing. */
  readonly spent?: Spent | undefined;
  readonly settings: {
    /** Web address of the GitHub that links point to, such as `https://github.com`. */
    readonly host: string;
    /** Name of the App in its address. */
    readonly appSlug: string;
    /** True when the replies are samples written by hand. */
    readonly hasSampleJudge?: boolean;
    /** Repository that holds our documentation. */
    readonly docs?: { readonly owner: string; readonly name: string };
  };
};

/** Where the links of this review lead. */
export const placeOf = ({ pullRequest, settings }: Pick<ReviewFacts, 'pullRequest' | 'settings'>): Place => ({
  host: settings.host,
  repository: pullRequest.repository,
  headSha: pullRequest.headSha,
  ...(settings.docs && { docs: settings.docs }),
  ...(pullRequest.head && { head: pullRequest.head }),
});

/**
 * Why not everything was looked at, in words for people; undefined when every changed file is accounted for. Asked again here,
 * whatever the verdict says: no green check may depend on one place remembering to ask.
 */
export function whyIncomplete({
  pullRequest,
  contribution,
  verdict,
}: Pick<ReviewFacts, 'pullRequest' | 'contribution' | 'verdict'>): string | undefined {
  const unread = contribution.account.find(({ state }) => state === 'unread');
  return (
    pullRequest.incomplete ??
    verdict.reason ??
    (verdict.outcome === 'incomplete' ? 'Not everything could be looked at.' : undefined) ??
    (unread && `${unread.path} could not be read: ${unread.reason ?? 'unknown reason'}.`)
  );
}
