import { limitConcerns } from './core/concern-limit.ts';
import { withDecisions } from './core/decisions/apply.ts';
import { contentOf, readSeals, sealFor } from './core/decisions/content.ts';
import { decisionsOf, noDecisions } from './core/decisions/decisions.ts';
import type { Decisions } from './core/decisions/decisions.ts';
import { mayWaive } from './core/decisions/may-waive.ts';
import { identify } from './core/finding.ts';
import type { Finding } from './core/finding.ts';
import type { Job } from './core/job.ts';
import type { CheckPlan } from './core/plan.ts';
import { planMergeGroup, planMergeGroupStart, planMergeGroupTrouble } from './core/plan-review.ts';
import type { CommitRef } from './core/pull-request.ts';
import { diffChecks } from './core/diff.ts';
import { hasStickyMarker } from './core/markers.ts';
import type { Policy } from './core/policy.ts';
import type { ChangedFile } from './core/pull-request.ts';
import { checkContribution } from './core/rules/index.ts';
import { decide } from './core/verdict.ts';
import type { Outcome } from './core/verdict.ts';
import { hearCommands } from './hear-commands.ts';
import { findTwinsInTaxonomy } from './neighbourhood.ts';
import { loadPolicyOf } from './policy-of.ts';
import type { GitHub } from './ports.ts';
import type { ReviewPorts, ReviewSettings } from './review.ts';
import { takesPart } from './taking-part.ts';

/**
 * Runs the rules on the tree that a merge queue would merge, so that `assay/rules` is answered there too. The queue waits for a
 * yes or a no: whatever could not be looked at is a failure. Other open pull requests do not matter here; they are not in the tree.
 * What people decided on the pull request counts here too, so that the same content gets the same verdict.
 */
export async function reviewMergeGroup(
  { repository, headSha, baseSha, number }: Extract<Job, { type: 'merge-group' }>,
  { github, examples, parse }: Pick<ReviewPorts, 'github' | 'examples' | 'parse'>,
  settings: Pick<ReviewSettings, 'appSlug' | 'judgeKey'>,
): Promise<Outcome | 'not-taking-part'> {
  const commit = { repository, sha: headSha };
  const [taxonomy, { policy, text: policyText }] = await Promise.all([
    github.loadTaxonomy(repository, baseSha),
    loadPolicyOf(repository, baseSha, github),
  ]);
  if (!takesPart(taxonomy, policyText)) return 'not-taking-part';
  const isObserved = policy.mode === 'observe';
  await showMergeGroup(commit, planMergeGroupStart(headSha), github);

  const changes = await github.loadChanges(repository, baseSha, headSha);
  const contribution = await parse(changes.files);
  const neighbourhood = await findTwinsInTaxonomy(repository, contribution, taxonomy, { github, examples, parse });
  const pullRequest = { headSha, files: changes.files };
  const concerns = [
    ...contribution.concerns,
    ...checkContribution(contribution, { pullRequest, taxonomy, neighbourhood, policy }),
  ];
  const findings = identify(limitConcerns(concerns));
  const queued = { repository, number, files: changes.files, findings };
  const { decisions, incomplete } = await loadDecisions(queued, policy, settings, github);
  const verdict = decide(withDecisions(findings, decisions), contribution, changes.incomplete ?? incomplete);
  await showMergeGroup(commit, planMergeGroup(headSha, verdict, decisions.holds.length > 0, isObserved), github);
  return verdict.outcome;
}

/** A pull request as the queue would merge it. Without a number it is not known whose words would count. */
type Queued = Pick<Extract<Job, { type: 'merge-group' }>, 'repository'> & {
  readonly number: number | undefined;
  readonly files: readonly ChangedFile[];
  readonly findings: readonly Finding[];
};

/**
 * What people decided on the queued pull request, as far as it holds for the merged tree: waivers of what is found there too, holds,
 * and what was decided for exactly this content. Nothing that is said counts as newer than the queue.
 */
async function loadDecisions(
  { repository, number, files, findings }: Queued,
  policy: Policy,
  { appSlug, judgeKey }: Pick<ReviewSettings, 'appSlug' | 'judgeKey'>,
  github: GitHub,
): Promise<{ readonly decisions: Decisions; readonly incomplete?: string }> {
  if (number === undefined || policy.mode === 'observe') return { decisions: noDecisions };
  const ref = { repository, number };
  const comments = await github.loadComments(ref);
  const pullRequest = await github.loadPullRequest(ref);
  if (pullRequest === undefined) return { decisions: noDecisions };
  const { decisions: given, incomplete } = await hearCommands(pullRequest, comments, policy, appSlug, github);
  const sticky = comments.find(({ isOurs, body }) => isOurs && hasStickyMarker(body));
  const decisions = decisionsOf(given, {
    content: contentOf({ files }),
    seal: sealFor(judgeKey, ref),
    kept: readSeals(sticky?.body),
    findings,
    mayWaive,
  });
  return { decisions, ...(incomplete !== undefined && { incomplete }) };
}

/** Tells the queue of our trouble, if it was told before that we look at the tree. Without `nextTry` it gets a no. */
export async function tellMergeGroupTrouble(
  { repository, headSha, baseSha }: Extract<Job, { type: 'merge-group' }>,
  reason: string,
  nextTry: Date | undefined,
  github: GitHub,
): Promise<void> {
  const commit = { repository, sha: headSha };
  // A repository that does not take part hears nothing from us.
  if ((await github.loadChecks(commit)).length === 0) return;
  const { policy } = await loadPolicyOf(repository, baseSha, github);
  const plan = planMergeGroupTrouble(headSha, reason, { nextTry, isObserved: policy.mode === 'observe' });
  await showMergeGroup(commit, plan, github);
}

async function showMergeGroup(commit: CommitRef, plan: readonly CheckPlan[], github: GitHub): Promise<void> {
  const standing = await github.loadChecks(commit);
  for (const action of diffChecks(plan, standing)) await github.apply(commit, action);
}
