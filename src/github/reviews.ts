import type { Octokit } from '@octokit/rest';
import { z } from 'zod';
import { readInlineMarker, readReviewMarker } from '../core/markers.ts';
import type { InlineComment, PostedInlineComment } from '../core/plan.ts';
import type { PullRequestRef, RepositoryRef } from '../core/pull-request.ts';
import { Refused, Transient, unlessMissing } from './errors.ts';
import { askGraphql } from './graphql.ts';
import { isOurActor, isOurBot } from './identity.ts';
import type { Identity } from './identity.ts';

/** Heads that we have sent a review for. */
export async function loadReviewedHeads(
  octokit: Octokit,
  { repository, number }: PullRequestRef,
  identity: Identity,
): Promise<readonly string[]> {
  const reviews = await octokit.paginate(octokit.rest.pulls.listReviews, {
    owner: repository.owner,
    repo: repository.name,
    pull_number: number,
    per_page: 100,
  });
  // Not GitHub's `commit_id`: a force-push may point it elsewhere.
  return reviews.flatMap(({ user, body }) => {
    const head = isOurBot(user, identity) ? readReviewMarker(body) : undefined;
    return head === undefined ? [] : [head];
  });
}

const threads = z.object({
  repository: z.object({
    pullRequest: z.object({
      reviewThreads: z.object({
        pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
        nodes: z.array(
          z.object({
            isOutdated: z.boolean(),
            comments: z.object({
              totalCount: z.number(),
              nodes: z.array(
                z.object({
                  id: z.string(),
                  fullDatabaseId: z.coerce.number(),
                  isMinimized: z.boolean(),
                  body: z.string(),
                  author: z.object({ __typename: z.string(), login: z.string() }).nullable(),
                }),
              ),
            }),
          }),
        ),
      }),
    }),
  }),
});

const THREADS = `query ($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      reviewThreads(first: 100, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes {
          isOutdated
          comments(first: 1) {
            totalCount
            nodes { id fullDatabaseId isMinimized body author { __typename login } }
          }
        }
      }
    }
  }
}`;

/** Our review comments, each at the head of its thread, with what only GraphQL knows: whether they are folded away. */
export async function loadInlineComments(
  octokit: Octokit,
  ref: PullRequestRef,
  identity: Identity,
  after: string | null = null,
): Promise<readonly PostedInlineComment[]> {
  const { nodes, pageInfo } = await loadThreads(octokit, ref, after);
  const found = nodes.flatMap(({ isOutdated, comments }) => {
    const [comment] = comments.nodes;
    const isOurs = comment !== undefined && isOurActor(comment.author, identity);
    const fingerprint = isOurs ? readInlineMarker(comment.body) : undefined;
    if (comment === undefined || fingerprint === undefined) return [];
    const { id: nodeId, fullDatabaseId: id, isMinimized } = comment;
    return [{ id, nodeId, fingerprint, isAnswered: comments.totalCount > 1, isMinimized, isOutdated }];
  });
  if (!pageInfo.hasNextPage) return found;
  return [...found, ...(await loadInlineComments(octokit, ref, identity, pageInfo.endCursor))];
}

async function loadThreads(
  octokit: Octokit,
  { repository: { owner, name }, number }: PullRequestRef,
  after: string | null,
) {
  const answer = await askGraphql(octokit, THREADS, { owner, name, number, after }, threads);
  return answer.repository.pullRequest.reviewThreads;
}

/** A review as planned for one head. */
export type PlannedReview = {
  readonly headSha: string;
  readonly body: string;
  readonly comments: readonly InlineComment[];
};

/**
 * Sends one review for a head. When the answer is lost, looks whether it arrived. If GitHub refuses a position that we took for
 * one in the diff, the review goes without its inline comments: the same findings stand in the check and in the comment.
 */
export async function submitReview(
  octokit: Octokit,
  ref: PullRequestRef,
  review: PlannedReview,
  identity: Identity,
): Promise<void> {
  try {
    await createReview(octokit, ref, review);
  } catch (error) {
    if (error instanceof Refused && error.status === 422 && review.comments.length > 0) {
      await submitReview(octokit, ref, { ...review, comments: [] }, identity);
      return;
    }
    if (!(error instanceof Transient)) throw error;
    const heads = await loadReviewedHeads(octokit, ref, identity);
    if (!heads.includes(review.headSha)) throw error;
  }
}

async function createReview(
  octokit: Octokit,
  { repository: { owner, name: repo }, number: pull_number }: PullRequestRef,
  { headSha, body, comments }: PlannedReview,
): Promise<void> {
  await octokit.rest.pulls.createReview({
    owner,
    repo,
    pull_number,
    commit_id: headSha,
    // Without an event it would be a draft that only we can see.
    event: 'COMMENT',
    body,
    comments: comments.map(({ path, lines: { start, end }, body }) => ({
      path,
      body,
      line: end,
      side: 'RIGHT',
      ...(start < end && { start_line: start, start_side: 'RIGHT' }),
    })),
  });
}

/** One that is gone already is what was wanted. */
export async function deleteReviewComment(
  octokit: Octokit,
  { owner, name: repo }: RepositoryRef,
  comment_id: number,
): Promise<void> {
  await unlessMissing(octokit.rest.pulls.deleteReviewComment({ owner, repo, comment_id }));
}

const minimized = z.object({ minimizeComment: z.unknown() });

/** Folds a comment away as outdated. Folding again changes nothing, and one that is gone is what was wanted. */
export async function minimizeReviewComment(octokit: Octokit, nodeId: string): Promise<void> {
  const mutation = `mutation ($id: ID!) {
    minimizeComment(input: { subjectId: $id, classifier: OUTDATED }) { minimizedComment { isMinimized } }
  }`;
  await unlessMissing(askGraphql(octokit, mutation, { id: nodeId }, minimized));
}
