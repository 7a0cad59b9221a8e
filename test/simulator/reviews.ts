/** Reviews and the comments on lines that come with them. */
import { hunksOf } from './diff.ts';
import { commitsOf, filesOf } from './pull-requests.ts';
import { checkBody, invalid, unprocessable } from './rest/request.ts';
import type { Account, PullRequest, Review, ReviewComment, ReviewState, World } from './state.ts';

/** A comment as a client drafts it, in REST's words. */
export type DraftComment = {
  path: string;
  body: string;
  line?: number;
  side?: 'LEFT' | 'RIGHT';
  start_line?: number;
  start_side?: 'LEFT' | 'RIGHT';
  position?: number;
  subject_type?: 'line' | 'file';
};

const notOnDiff = () => unprocessable('Unprocessable Entity', ['Line could not be resolved']);

/** Finds the hunk that holds the line, and with it the whole range; anything else is 422. */
function placeOf(pull: PullRequest, draft: DraftComment): { diffHunk: string } {
  const file = filesOf(pull).find(({ filename }) => filename === draft.path);
  if (file === undefined) throw unprocessable('Unprocessable Entity', ['Path could not be resolved']);
  if (draft.subject_type === 'file') return { diffHunk: '' };
  const side = (draft.side ?? 'RIGHT') === 'LEFT' ? 'left' : 'right';
  const startSide = (draft.start_side ?? draft.side ?? 'RIGHT') === 'LEFT' ? 'left' : 'right';
  const { line, start_line: start } = draft;
  if (line === undefined) throw notOnDiff();
  const hunk = hunksOf(file.patch ?? '').find(each => each[side].has(line));
  if (hunk === undefined) throw notOnDiff();
  if (start === undefined || start === null) return { diffHunk: hunk.text };
  if (start >= line && side === startSide)
    throw invalid('PullRequestReviewComment', 'start_line', 'custom', 'start_line must precede the end line.');
  if (!hunk[startSide].has(start))
    throw invalid(
      'PullRequestReviewComment',
      'start_line',
      'custom',
      'start_line must be part of the same hunk as the line.',
    );
  return { diffHunk: hunk.text };
}

function addComment(world: World, pull: PullRequest, review: Review, draft: DraftComment): ReviewComment {
  const now = world.timestamp();
  const isFile = draft.subject_type === 'file';
  const comment: ReviewComment = {
    id: world.nextId(),
    reviewId: review.id,
    author: review.author,
    body: checkBody('PullRequestReviewComment', draft.body),
    path: draft.path,
    line: isFile ? null : (draft.line ?? null),
    originalLine: isFile ? null : (draft.line ?? null),
    side: draft.side ?? 'RIGHT',
    startLine: draft.start_line ?? null,
    startSide: draft.start_line === undefined ? null : (draft.start_side ?? draft.side ?? 'RIGHT'),
    subjectType: draft.subject_type ?? 'line',
    diffHunk: placeOf(pull, draft).diffHunk,
    commitId: review.commitId,
    originalCommitId: review.commitId,
    inReplyTo: null,
    createdAt: now,
    updatedAt: now,
    minimized: null,
  };
  pull.reviewComments.push(comment);
  return comment;
}

export const states = { APPROVE: 'APPROVED', REQUEST_CHANGES: 'CHANGES_REQUESTED', COMMENT: 'COMMENTED' } as const;

export type ReviewEvent = keyof typeof states;

/** Adds a review, whole or not at all: one comment off the diff refuses everything. */
export function addReview(
  world: World,
  pull: PullRequest,
  author: Account,
  draft: { event?: ReviewEvent; body?: string; commitId?: string; comments?: readonly DraftComment[] },
): Review {
  const { event, comments = [] } = draft;
  const body = checkBody('PullRequestReview', draft.body);
  const commitId = draft.commitId ?? pull.head.sha;
  const state: ReviewState = event === undefined ? 'PENDING' : states[event];
  if (body === '' && (event === 'REQUEST_CHANGES' || (event === 'COMMENT' && comments.length === 0)))
    throw unprocessable('Unprocessable Entity', [
      `Could not ${event === 'COMMENT' ? 'comment' : 'request changes'} without a body`,
    ]);
  if (author.id === pull.author.id && (event === 'APPROVE' || event === 'REQUEST_CHANGES'))
    throw unprocessable('Unprocessable Entity', ['Can not approve your own pull request']);
  if (!commitsOf(pull).some(({ sha }) => sha === commitId))
    throw unprocessable('Unprocessable Entity', ['The provided commit_id is not part of the pull request']);
  if (pull.reviews.some(each => each.state === 'PENDING' && each.author.id === author.id))
    throw unprocessable('Unprocessable Entity', ['User can only have one pending review per pull request']);
  for (const comment of comments) {
    checkBody('PullRequestReviewComment', comment.body);
    placeOf(pull, comment);
  }
  const submittedAt = event === undefined ? null : world.timestamp();
  const review: Review = { id: world.nextId(), author, body, state, commitId, submittedAt, minimized: null };
  pull.reviews.push(review);
  for (const comment of comments) addComment(world, pull, review, comment);
  return review;
}

/** A reply under a comment: a review of its own with one comment, as GitHub keeps it. */
export function addReply(
  world: World,
  pull: PullRequest,
  author: Account,
  to: ReviewComment,
  text: string,
): ReviewComment {
  const body = checkBody('PullRequestReviewComment', text);
  const submittedAt = world.timestamp();
  const review: Review = {
    id: world.nextId(),
    author,
    body: '',
    state: 'COMMENTED',
    commitId: pull.head.sha,
    submittedAt,
    minimized: null,
  };
  pull.reviews.push(review);
  const reply: ReviewComment = {
    ...to,
    id: world.nextId(),
    reviewId: review.id,
    author,
    body,
    inReplyTo: to.inReplyTo ?? to.id,
    createdAt: submittedAt,
    updatedAt: submittedAt,
    minimized: null,
  };
  pull.reviewComments.push(reply);
  return reply;
}

/** After a push: comments whose line left the diff are outdated, the others follow the new head. */
export function outdateComments(pull: PullRequest): void {
  const files = new Map(filesOf(pull).map(file => [file.filename, file]));
  for (const comment of pull.reviewComments) {
    if (comment.subjectType === 'file' || comment.line === null) continue;
    const side = comment.side === 'LEFT' ? 'left' : 'right';
    const line = comment.line;
    const hunks = hunksOf(files.get(comment.path)?.patch ?? '');
    const was = comment.diffHunk.split('\n');
    const isSame = hunks.some(
      hunk => hunk[side].has(line) && hunk.text.split('\n').some(text => was.slice(1).includes(text)),
    );
    if (isSame) comment.commitId = pull.head.sha;
    else comment.line = null;
  }
}
