import { limitConcerns } from './core/concern-limit.ts';
import { identify } from './core/finding.ts';
import type { Job } from './core/job.ts';
import type { CheckPlan } from './core/plan.ts';
import { planMergeGroup, planMergeGroupStart, planMergeGroupTrouble } from './core/plan-review.ts';
import type { CommitRef } from './core/pull-request.ts';
import { diffChecks } from './core/diff.ts';
import { readPolicy } from './core/read-policy.ts';
import { checkContribution } from './core/rules/index.ts';
import { decide } from './core/verdict.ts';
import type { Outcome } from './core/verdict.ts';
import { findTwinsInTaxonomy } from './neighbourhood.ts';
import type { GitHub } from './ports.ts';
import type { ReviewPorts } from './review.ts';
import { takesPart } from './taking-part.ts';

/**
 * Runs the rules on the tree that a merge queue would merge, so that `assay/rules` is answered there too. The queue waits for a
 * yes or a no: whatever could not be looked at is a failure. Other open pull requests do not matter here; they are not in the tree.
 */
export async function reviewMergeGroup(
  { repository, headSha, baseSha }: Extract<Job, { type: 'merge-group' }>,
  { github, examples, parse }: Pick<ReviewPorts, 'github' | 'examples' | 'parse'>,
): Promise<Outcome | 'not-taking-part'> {
  const commit = { repository, sha: headSha };
  const [taxonomy, policyText] = await Promise.all([
    github.loadTaxonomy(repository, baseSha),
    github.loadPolicy(repository, baseSha),
  ]);
  if (!takesPart(taxonomy, policyText)) return 'not-taking-part';
  const { policy } = readPolicy(policyText);
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
  const verdict = decide(identify(limitConcerns(concerns)), contribution, changes.incomplete);
  await showMergeGroup(commit, planMergeGroup(headSha, verdict, isObserved), github);
  return verdict.outcome;
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
  const { mode } = readPolicy(await github.loadPolicy(repository, baseSha)).policy;
  const plan = planMergeGroupTrouble(headSha, reason, { nextTry, isObserved: mode === 'observe' });
  await showMergeGroup(commit, plan, github);
}

async function showMergeGroup(commit: CommitRef, plan: readonly CheckPlan[], github: GitHub): Promise<void> {
  const standing = await github.loadChecks(commit);
  for (const action of diffChecks(plan, standing)) await github.apply(commit, action);
}
