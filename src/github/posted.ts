import type { Octokit } from '@octokit/rest';
import type { Comment } from '../core/conversation.ts';
import { hasStickyMarker } from '../core/markers.ts';
import { speaksFor } from '../core/plan/check.ts';
import type { Posted } from '../core/plan.ts';
import type { PullRequest, PullRequestRef } from '../core/pull-request.ts';
import { loadChecks } from './checks.ts';
import type { Identity } from './identity.ts';
import { loadLabelEvents, loadLabels } from './labels.ts';
import { findPullRequests } from './pull-request.ts';
import { loadInlineComments, loadReviewedHeads } from './reviews.ts';

/**
 * What of ours is on the pull request. Where we never sent a review there are no inline comments to ask for, and only where check
 * runs of others stand on the head does it matter who else has it.
 */
export async function loadPosted(
  octokit: Octokit,
  pullRequest: PullRequestRef & Pick<PullRequest, 'headSha'>,
  comments: readonly Comment[],
  identity: Identity,
): Promise<Posted> {
  const { repository, number, headSha } = pullRequest;
  const [checks, reviewedHeads, labels, labelEvents] = await Promise.all([
    loadChecks(octokit, { repository, sha: headSha }, identity),
    loadReviewedHeads(octokit, pullRequest, identity),
    loadLabels(octokit, pullRequest),
    loadLabelEvents(octokit, pullRequest, identity),
  ]);
  const inlineComments = reviewedHeads.length === 0 ? [] : await loadInlineComments(octokit, pullRequest, identity);
  const isShared = checks.some(({ check }) => speaksFor(check.externalId) !== number);
  const sharedWith = isShared ? await findPullRequests(octokit, repository, headSha) : [];
  const headSince = checks
    .filter(({ check }) => speaksFor(check.externalId) === number)
    .flatMap(({ startedAt }) => startedAt ?? [])
    .sort()[0];
  const sticky = comments.find(({ isOurs, body }) => isOurs && hasStickyMarker(body));
  return {
    checks: checks.map(({ check }) => check),
    sharedWith: sharedWith.filter(other => other !== number),
    ...(headSince !== undefined && { headSince }),
    ...(sticky && { comment: { id: sticky.id, body: sticky.body } }),
    reviewedHeads,
    inlineComments,
    labels,
    labelEvents,
  };
}
