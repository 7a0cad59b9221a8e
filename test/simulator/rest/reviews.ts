/** Reviews and review comments over REST. */
import type { OperationName } from '../openapi.ts';
import { type DraftComment, type ReviewEvent, addReply, addReview, states } from '../reviews.ts';
import type { Json, PullRequest, Review, ReviewComment } from '../state.ts';
import { reviewCommentJson, reviewJson } from './conversation-json.ts';
import {
  type Answer,
  type RepositoryRequest,
  type Route,
  checkBody,
  created,
  forbidden,
  inRepository,
  noContent,
  notFound,
  ok,
  page,
  pullIn,
  textOf,
  unprocessable,
} from './request.ts';

function reviewIn(request: RepositoryRequest): { pull: PullRequest; review: Review } {
  const pull = pullIn(request);
  const review = pull.reviews.find(({ id, author, state }) => {
    const isVisible = state !== 'PENDING' || author.id === request.world.app.bot.id;
    return isVisible && String(id) === request.params['review_id'];
  });
  if (review === undefined) throw notFound();
  return { pull, review };
}

function commentIn({ repository, params }: RepositoryRequest): { pull: PullRequest; comment: ReviewComment } {
  for (const pull of repository.pulls.values()) {
    const comment = pull.reviewComments.find(({ id }) => String(id) === params['comment_id']);
    if (comment !== undefined) return { pull, comment };
  }
  throw notFound();
}

/** An App edits and deletes what it wrote itself; with write access it may delete others', which ours never needs. */
function ownCommentIn(request: RepositoryRequest): { pull: PullRequest; comment: ReviewComment } {
  const found = commentIn(request);
  if (found.comment.author.id !== request.world.app.bot.id) throw forbidden();
  return found;
}

function createReview(request: RepositoryRequest): Answer {
  const { world, body } = request;
  const pull = pullIn(request);
  const review = addReview(world, pull, world.app.bot, {
    ...(body['event'] === undefined ? {} : { event: body['event'] as ReviewEvent }),
    ...(body['commit_id'] === undefined ? {} : { commitId: textOf(body['commit_id']) }),
    body: typeof body['body'] === 'string' ? body['body'] : '',
    comments: (body['comments'] ?? []) as unknown as DraftComment[],
  });
  return ok(reviewJson(world, pull, review));
}

function submitReview(request: RepositoryRequest): Answer {
  const { world, body } = request;
  const { pull, review } = reviewIn(request);
  if (review.state !== 'PENDING') throw unprocessable('Unprocessable Entity', ['The review is not pending']);
  review.state = states[body['event'] as ReviewEvent];
  review.submittedAt = world.timestamp();
  if (typeof body['body'] === 'string') review.body = checkBody('PullRequestReview', body['body']);
  return ok(reviewJson(world, pull, review));
}

function createComment(request: RepositoryRequest): Answer {
  const { world, body } = request;
  const pull = pullIn(request);
  const draft = body as unknown as DraftComment & { commit_id?: string; in_reply_to?: number };
  const parent = pull.reviewComments.find(({ id }) => id === draft.in_reply_to);
  if (parent !== undefined)
    return created(reviewCommentJson(world, pull, addReply(world, pull, world.app.bot, parent, draft.body)));
  const review = addReview(world, pull, world.app.bot, {
    event: 'COMMENT',
    comments: [draft],
    ...(draft.commit_id === undefined ? {} : { commitId: draft.commit_id }),
  });
  const comment = pull.reviewComments.find(({ reviewId }) => reviewId === review.id);
  return created(comment === undefined ? null : reviewCommentJson(world, pull, comment));
}

const reviewCommentsJson = (
  { world }: RepositoryRequest,
  pull: PullRequest,
  comments: readonly ReviewComment[],
): Json[] => {
  const pending = new Set(pull.reviews.filter(({ state }) => state === 'PENDING').map(({ id }) => id));
  return comments
    .filter(({ reviewId }) => !pending.has(reviewId))
    .map(comment => reviewCommentJson(world, pull, comment));
};

export const reviewRoutes = {
  'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews': inRepository('pull_requests', 'read', request => {
    const pull = pullIn(request);
    const isVisible = ({ state, author }: Review) => state !== 'PENDING' || author.id === request.world.app.bot.id;
    return page(
      request,
      pull.reviews.filter(isVisible).map(review => reviewJson(request.world, pull, review)),
    );
  }),
  'POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews': inRepository('pull_requests', 'write', createReview),
  'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}': inRepository(
    'pull_requests',
    'read',
    request => {
      const { pull, review } = reviewIn(request);
      return ok(reviewJson(request.world, pull, review));
    },
  ),
  'PUT /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}': inRepository(
    'pull_requests',
    'write',
    request => {
      const { pull, review } = reviewIn(request);
      if (review.author.id !== request.world.app.bot.id) throw forbidden();
      review.body = checkBody('PullRequestReview', request.body['body']);
      return ok(reviewJson(request.world, pull, review));
    },
  ),
  'DELETE /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}': inRepository(
    'pull_requests',
    'write',
    request => {
      const { pull, review } = reviewIn(request);
      if (review.state !== 'PENDING') throw unprocessable('Can not delete a non-pending pull request review');
      pull.reviews.splice(pull.reviews.indexOf(review), 1);
      pull.reviewComments = pull.reviewComments.filter(({ reviewId }) => reviewId !== review.id);
      return ok(reviewJson(request.world, pull, review));
    },
  ),
  'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}/comments': inRepository(
    'pull_requests',
    'read',
    request => {
      const { pull, review } = reviewIn(request);
      const comments = pull.reviewComments.filter(({ reviewId }) => reviewId === review.id);
      return page(
        request,
        comments.map(comment => reviewCommentJson(request.world, pull, comment)),
      );
    },
  ),
  'POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}/events': inRepository(
    'pull_requests',
    'write',
    submitReview,
  ),
  'GET /repos/{owner}/{repo}/pulls/{pull_number}/comments': inRepository('pull_requests', 'read', request => {
    const pull = pullIn(request);
    return page(request, reviewCommentsJson(request, pull, pull.reviewComments));
  }),
  'POST /repos/{owner}/{repo}/pulls/{pull_number}/comments': inRepository('pull_requests', 'write', createComment),
  'POST /repos/{owner}/{repo}/pulls/{pull_number}/comments/{comment_id}/replies': inRepository(
    'pull_requests',
    'write',
    request => {
      const { pull, comment } = commentIn(request);
      return created(
        reviewCommentJson(
          request.world,
          pull,
          addReply(request.world, pull, request.world.app.bot, comment, textOf(request.body['body'])),
        ),
      );
    },
  ),
  'GET /repos/{owner}/{repo}/pulls/comments/{comment_id}': inRepository('pull_requests', 'read', request => {
    const { pull, comment } = commentIn(request);
    return ok(reviewCommentJson(request.world, pull, comment));
  }),
  'PATCH /repos/{owner}/{repo}/pulls/comments/{comment_id}': inRepository('pull_requests', 'write', request => {
    const { pull, comment } = ownCommentIn(request);
    comment.body = checkBody('PullRequestReviewComment', request.body['body']);
    comment.updatedAt = request.world.timestamp();
    return ok(reviewCommentJson(request.world, pull, comment));
  }),
  'DELETE /repos/{owner}/{repo}/pulls/comments/{comment_id}': inRepository('pull_requests', 'write', request => {
    const { pull, comment } = ownCommentIn(request);
    pull.reviewComments.splice(pull.reviewComments.indexOf(comment), 1);
    return noContent;
  }),
} satisfies Partial<Record<OperationName, Route>>;
