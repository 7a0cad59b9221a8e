import type { Octokit } from '@octokit/rest';
import { z } from 'zod';
import type { LabelEvent } from '../core/plan.ts';
import type { PullRequestRef } from '../core/pull-request.ts';
import { Refused, unlessMissing } from './errors.ts';
import { isOurBot } from './identity.ts';
import type { Identity } from './identity.ts';

const OTHER_COLOUR = 'ededed';

/** Names of the labels that are on it now. */
export async function loadLabels(octokit: Octokit, { repository, number }: PullRequestRef): Promise<readonly string[]> {
  const labels = await octokit.paginate(octokit.rest.issues.listLabelsOnIssue, {
    owner: repository.owner,
    repo: repository.name,
    issue_number: number,
    per_page: 100,
  });
  return labels.map(({ name }) => name);
}

const labelEvent = z.object({
  event: z.enum(['labeled', 'unlabeled']),
  label: z.object({ name: z.string() }),
  actor: z.object({ login: z.string(), type: z.string().optional() }).nullish(),
  created_at: z.string(),
});

/** Who put on and took off which label and when, oldest first, in GitHub's own record of the pull request's events. */
export async function loadLabelEvents(
  octokit: Octokit,
  { repository, number }: PullRequestRef,
  identity: Identity,
): Promise<readonly LabelEvent[]> {
  const events = await octokit.paginate(octokit.rest.issues.listEvents, {
    owner: repository.owner,
    repo: repository.name,
    issue_number: number,
    per_page: 100,
  });
  return events.flatMap(event => {
    const { data } = labelEvent.safeParse(event);
    if (data === undefined) return [];
    const byUs = isOurBot(data.actor, identity);
    const byBot = !byUs && data.actor?.type === 'Bot';
    return [{ label: data.label.name, type: data.event, byUs, byBot, at: data.created_at }];
  });
}

/** Labels that the repository does not have yet are created first, with a colour that tells them apart. */
export async function addLabels(
  octokit: Octokit,
  { repository, number }: PullRequestRef,
  labels: readonly string[],
  colours: Readonly<Record<string, string>>,
): Promise<void> {
  const { owner, name: repo } = repository;
  for (const name of labels) {
    const known = await unlessMissing(octokit.rest.issues.getLabel({ owner, repo, name }));
    if (known !== undefined) continue;
    await octokit.rest.issues
      .createLabel({ owner, repo, name, color: colours[name] ?? OTHER_COLOUR })
      .catch((error: unknown) => {
        // Someone was faster, or we may not. Then GitHub makes it below, in grey.
        if (!(error instanceof Refused)) throw error;
      });
  }
  await octokit.rest.issues.addLabels({ owner, repo, issue_number: number, labels: [...labels] });
}

/** One that is not there any more is what was wanted. */
export async function removeLabel(
  octokit: Octokit,
  { repository, number }: PullRequestRef,
  name: string,
): Promise<void> {
  const { owner, name: repo } = repository;
  await unlessMissing(octokit.rest.issues.removeLabel({ owner, repo, issue_number: number, name }));
}
