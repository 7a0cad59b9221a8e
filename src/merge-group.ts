import { identify } from './core/finding.ts';
import type { Job } from './core/job.ts';
import { planMergeGroup } from './core/plan-review.ts';
import { diffChecks } from './core/diff.ts';
import { checkContribution } from './core/rules/index.ts';
import { decide } from './core/verdict.ts';
import type { Outcome } from './core/verdict.ts';
import { findTwinsInTaxonomy } from './neighbourhood.ts';
import type { ReviewPorts } from './review.ts';

/**
 * Runs the rules on the tree that a merge queue would merge, so that `assay/rules` is answered there too. The queue waits for a
 * yes or a no: whatever could not be looked at is a failure. Other open pull requests do not matter here; they are not in the tree.
 */
export async function reviewMergeGroup(
  { repository, headSha, baseSha }: Extract<Job, { type: 'merge-group' }>,
  { github, examples, parse }: Pick<ReviewPorts, 'github' | 'examples' | 'parse'>,
): Promise<Outcome | 'not-taking-part'> {
  const commit = { repository, sha: headSha };
  const [taxonomy, policyText, changes, checks] = await Promise.all([
    github.loadTaxonomy(repository, baseSha),
    github.loadPolicy(repository, baseSha),
    github.loadChanges(repository, baseSha, headSha),
    github.loadChecks(commit),
  ]);
  if (taxonomy.files.size === 0 && policyText === undefined) return 'not-taking-part';

  const contribution = await parse(changes.files);
  const neighbourhood = await findTwinsInTaxonomy(repository, contribution, taxonomy, { github, examples, parse });
  const pullRequest = { headSha, files: changes.files };
  const concerns = [
    ...contribution.concerns,
    ...checkContribution(contribution, { pullRequest, taxonomy, neighbourhood }),
  ];
  const verdict = decide(identify(concerns), contribution, changes.incomplete);
  for (const action of diffChecks(planMergeGroup(headSha, verdict), checks)) await github.apply(commit, action);
  return verdict.outcome;
}
