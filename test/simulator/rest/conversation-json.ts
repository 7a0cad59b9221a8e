/** Comments, reviews, reactions and the timeline as GitHub's API shows them. */
import {
  type Account,
  type IssueComment,
  type JsonObject,
  type PullRequest,
  type Reaction,
  type Repository,
  type Review,
  type ReviewComment,
  type TimelineEvent,
  type World,
  nodeId,
} from '../state.ts';
import { accountJson, appJson } from './account-json.ts';
import { repositoryPage, repositoryUrl } from './repository-json.ts';

/** Unreliable on GitHub too: private members of an organization show as CONTRIBUTOR or NONE. */
export function authorAssociation({ owner, collaborators, pulls }: Repository, { id, login }: Account): string {
  if (id === owner.id) return 'OWNER';
  if (collaborators.has(login.toLowerCase())) return 'COLLABORATOR';
  return [...pulls.values()].some(({ author, mergedAt }) => author.id === id && mergedAt !== null)
    ? 'CONTRIBUTOR'
    : 'NONE';
}

export const pullPage = (world: World, { repository, number }: PullRequest): string =>
  repositoryPage(world, repository, `/pull/${number}`);

export const pullUrl = (world: World, { repository, number }: PullRequest): string =>
  repositoryUrl(world, repository, `/pulls/${number}`);

const contents = ['+1', '-1', 'laugh', 'hooray', 'confused', 'heart', 'rocket', 'eyes'];

export const reactionsJson = (url: string, reactions: readonly Reaction[]): JsonObject => ({
  url,
  total_count: reactions.length,
  ...Object.fromEntries(contents.map(name => [name, reactions.filter(({ content }) => content === name).length])),
});

export const reactionJson = (world: World, { id, user, content, createdAt }: Reaction): JsonObject => ({
  id,
  node_id: nodeId('REA', id),
  user: accountJson(world, user),
  content,
  created_at: createdAt,
});

export function issueCommentJson(world: World, pull: PullRequest, comment: IssueComment): JsonObject {
  const url = repositoryUrl(world, pull.repository, `/issues/comments/${comment.id}`);
  return {
    id: comment.id,
    node_id: nodeId('IC', comment.id),
    url,
    html_url: `${pullPage(world, pull)}#issuecomment-${comment.id}`,
    issue_url: repositoryUrl(world, pull.repository, `/issues/${pull.number}`),
    user: accountJson(world, comment.author),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: authorAssociation(pull.repository, comment.author),
    body: comment.body,
    reactions: reactionsJson(`${url}/reactions`, comment.reactions),
    performed_via_github_app: comment.viaApp === null ? null : appJson(world, comment.viaApp),
  };
}

export function reviewJson(world: World, pull: PullRequest, review: Review): JsonObject {
  const page = `${pullPage(world, pull)}#pullrequestreview-${review.id}`;
  return {
    id: review.id,
    node_id: nodeId('PRR', review.id),
    user: accountJson(world, review.author),
    body: review.body,
    state: review.state,
    html_url: page,
    pull_request_url: pullUrl(world, pull),
    author_association: authorAssociation(pull.repository, review.author),
    _links: { html: { href: page }, pull_request: { href: pullUrl(world, pull) } },
    ...(review.submittedAt === null ? {} : { submitted_at: review.submittedAt }),
    commit_id: review.commitId,
  };
}

export function reviewCommentJson(world: World, pull: PullRequest, comment: ReviewComment): JsonObject {
  const url = repositoryUrl(world, pull.repository, `/pulls/comments/${comment.id}`);
  const page = `${pullPage(world, pull)}#discussion_r${comment.id}`;
  const isFile = comment.subjectType === 'file';
  return {
    url,
    pull_request_review_id: comment.reviewId,
    id: comment.id,
    node_id: nodeId('PRRC', comment.id),
    diff_hunk: comment.diffHunk,
    path: comment.path,
    commit_id: comment.commitId,
    original_commit_id: comment.originalCommitId,
    user: accountJson(world, comment.author),
    body: comment.body,
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    html_url: page,
    pull_request_url: pullUrl(world, pull),
    author_association: authorAssociation(pull.repository, comment.author),
    _links: { self: { href: url }, html: { href: page }, pull_request: { href: pullUrl(world, pull) } },
    reactions: reactionsJson(`${url}/reactions`, []),
    subject_type: comment.subjectType,
    ...(comment.inReplyTo === null ? {} : { in_reply_to_id: comment.inReplyTo }),
    position: comment.line === null && !isFile ? null : 1,
    original_position: 1,
    line: isFile ? null : comment.line,
    original_line: comment.originalLine,
    side: comment.side,
    start_line: comment.startLine,
    original_start_line: comment.startLine,
    start_side: comment.startSide,
  };
}

export function timelineEventJson(world: World, pull: PullRequest, event: TimelineEvent): JsonObject {
  const { repository } = pull;
  return {
    id: event.id,
    node_id: nodeId('EVT', event.id),
    url: repositoryUrl(world, repository, `/issues/events/${event.id}`),
    actor: accountJson(world, event.actor),
    event: event.event,
    commit_id: event.commitId ?? null,
    commit_url: event.commitId === undefined ? null : repositoryUrl(world, repository, `/commits/${event.commitId}`),
    created_at: event.createdAt,
    performed_via_github_app: event.viaApp === null ? null : appJson(world, event.viaApp),
    ...(event.label === undefined ? {} : { label: { name: event.label.name, color: event.label.color } }),
    ...(event.rename === undefined ? {} : { rename: event.rename }),
    ...(event.event === 'closed' || event.event === 'reopened' ? { state_reason: null } : {}),
  };
}
