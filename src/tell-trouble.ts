import type { Job } from './core/job.ts';
import { inSilence, planTrouble } from './core/plan-review.ts';
import type { PullRequestRef } from './core/pull-request.ts';
import { explainTrouble } from './core/trouble.ts';
import { tellMergeGroupTrouble } from './merge-group.ts';
import { loadPolicyOf } from './policy-of.ts';
import { startPublishing } from './publish.ts';
import type { ReviewPorts } from './review.ts';
import { isAnswered, takesPart } from './taking-part.ts';

/** Jobs whose trouble people are told of. */
export type ToldJob = Extract<Job, { type: 'review' | 'merge-group' }>;

/** What is needed to tell. */
export type TroublePorts = Pick<ReviewPorts, 'github' | 'addedAt'> & {
  readonly wasTouched: (ref: PullRequestRef) => Promise<boolean>;
};

/**
 * Says on GitHub that it was our trouble and when we try again; without `nextTry` that it is over. A repository that does not take
 * part hears nothing. Asks for as little as it can, since asking may be what did not work. Throws if even that does not.
 */
export async function tellTrouble(
  job: ToldJob,
  error: unknown,
  nextTry: Date | undefined,
  ports: TroublePorts,
): Promise<void> {
  const { github, wasTouched } = ports;
  const reason = explainTrouble(error);
  if (job.type === 'merge-group') return tellMergeGroupTrouble(job, reason, nextTry, github);

  const head = await github.loadHead(job);
  if (head?.state !== 'open') return;
  // Trust comes from the branch as it is now, here too.
  const baseSha = await github.loadTip(job.repository, head.baseRef);
  const { policy, text: policyText } = await loadPolicyOf(job.repository, baseSha, github);
  const loadTaxonomy = () => github.loadTaxonomy(job.repository, baseSha);
  if (policyText === undefined && !takesPart(await loadTaxonomy(), policyText)) return;
  const { mode } = policy;

  const pullRequest = { ...head, repository: job.repository, number: job.number };
  const posted = await github.loadPosted(pullRequest, await github.loadComments(job));
  if (!(await isAnswered(pullRequest, posted, ports, () => wasTouched(job)))) return;
  const plan = planTrouble({ pullRequest, reason, isObserved: mode === 'observe', ...(nextTry && { nextTry }) });
  await startPublishing(pullRequest, mode, posted, github).publish(head.isLocked === true ? inSilence(plan) : plan);
}
