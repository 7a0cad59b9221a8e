/** Pull requests, their issues and conversations as GitHub's API shows them. */
import { accountJson, appJson } from './account-json.ts';
import { mergeability } from './mergeability.ts';
import { commitsOf, filesOf, hasConflict } from './pull-requests.ts';
import { labelJson, repositoryJson, repositoryPage, repositoryUrl } from './repository-json.ts';
import {
  type Account,
  type IssueComment,
  type Json,
  type JsonObject,
  type PullRequest,
  type Reaction,
  type Repository,
  type Review,
  type ReviewComment,
  type TimelineEvent,
  type World,
  nodeId,
} from './state.ts';

/** Unreliable on GitHub too: private members of an organization show as CONTRIBUTOR or NONE. */
export function authorAssociation({ owner, collaborators, pulls }: Repository, { id, login }: Account): string {
  if (id === owner.id) return 'OWNER';
  if (collaborators.has(login.toLowerCase())) return 'COLLABORATOR';
  return [...pulls.values()].some(({ author, mergedAt }) => author.id === id && mergedAt !== null)
    ? 'CONTRIBUTOR'
    : 'NONE';
}

const pullPage = (world: World, { repository, number }: PullRequest): string =>
  repositoryPage(world, repository, `/pull/${number}`);

const pullUrl = (world: World, { repository, number }: PullRequest): string =>
  repositoryUrl(world, repository, `/pulls/${number}`);

const labelsJson = (world: World, { repository, labels }: PullRequest): Json =>
  labels.map(label => labelJson(world, repository, label));

/** As it stands in a list. */
export function pullRequestSimpleJson(world: World, pull: PullRequest): JsonObject {
  const { repository, number, head, base } = pull;
  const url = pullUrl(world, pull);
  const issueUrl = repositoryUrl(world, repository, `/issues/${number}`);
  const links = {
    self: url,
    html: pullPage(world, pull),
    issue: issueUrl,
    comments: `${issueUrl}/comments`,
    review_comments: `${url}/comments`,
    review_comment: repositoryUrl(world, repository, '/pulls/comments{/number}'),
    commits: `${url}/commits`,
    statuses: repositoryUrl(world, repository, `/statuses/${head.sha}`),
  };
  return {
    url,
    id: pull.id,
    node_id: nodeId('PR', pull.id),
    html_url: links.html,
    diff_url: `${links.html}.diff`,
    patch_url: `${links.html}.patch`,
    issue_url: issueUrl,
    number,
    state: pull.state,
    locked: pull.locked,
    active_lock_reason: null,
    title: pull.title,
    user: accountJson(world, pull.author),
    body: pull.body,
    labels: labelsJson(world, pull),
    milestone: null,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.closedAt,
    merged_at: pull.mergedAt,
    merge_commit_sha: pull.mergeCommitSha,
    draft: pull.draft,
    commits_url: links.commits,
    review_comments_url: links.review_comments,
    review_comment_url: links.review_comment,
    comments_url: links.comments,
    statuses_url: links.statuses,
    head: {
      label: `${head.repository.owner.login}:${head.ref}`,
      ref: head.ref,
      sha: head.sha,
      user: accountJson(world, head.repository.owner),
      repo: head.isGone ? null : repositoryJson(world, head.repository),
    },
    base: {
      label: `${repository.owner.login}:${base.ref}`,
      ref: base.ref,
      sha: base.sha,
      user: accountJson(world, repository.owner),
      repo: repositoryJson(world, repository),
    },
    _links: Object.fromEntries(Object.entries(links).map(([key, href]) => [key, { href }])),
    author_association: authorAssociation(repository, pull.author),
    auto_merge: null,
  };
}

/** As it stands alone and in webhooks. */
export function pullRequestJson(world: World, pull: PullRequest): JsonObject {
  const files = filesOf(pull);
  const sum = (key: 'additions' | 'deletions') => files.reduce((total, file) => total + file[key], 0);
  const isOpen = pull.state === 'open';
  return {
    ...pullRequestSimpleJson(world, pull),
    merged: pull.mergedAt !== null,
    mergeable: isOpen ? !hasConflict(pull) : null,
    rebaseable: isOpen ? !hasConflict(pull) : null,
    mergeable_state: isOpen ? mergeability(pull).state : 'unknown',
    merged_by: pull.mergedBy === null ? null : accountJson(world, pull.mergedBy),
    comments: pull.comments.length,
    review_comments: pull.reviewComments.length,
    maintainer_can_modify: pull.head.repository !== pull.repository,
    commits: commitsOf(pull).length,
    additions: sum('additions'),
    deletions: sum('deletions'),
    changed_files: files.length,
  };
}

/** The same pull request seen as an issue. */
export function issueJson(world: World, pull: PullRequest): JsonObject {
  const { repository, number } = pull;
  const url = repositoryUrl(world, repository, `/issues/${number}`);
  return {
    id: pull.id,
    node_id: nodeId('PR', pull.id),
    url,
    repository_url: repositoryUrl(world, repository),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    timeline_url: `${url}/timeline`,
    html_url: pullPage(world, pull),
    number,
    state: pull.state,
    state_reason: null,
    title: pull.title,
    body: pull.body,
    user: accountJson(world, pull.author),
    labels: labelsJson(world, pull),
    assignee: null,
    assignees: [],
    milestone: null,
    locked: pull.locked,
    active_lock_reason: null,
    comments: pull.comments.length,
    closed_at: pull.closedAt,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    draft: pull.draft,
    author_association: authorAssociation(repository, pull.author),
    performed_via_github_app: null,
    reactions: reactionsJson(`${url}/reactions`, []),
    pull_request: {
      url: pullUrl(world, pull),
      html_url: pullPage(world, pull),
      diff_url: `${pullPage(world, pull)}.diff`,
      patch_url: `${pullPage(world, pull)}.patch`,
      merged_at: pull.mergedAt,
    },
  };
}

const contents = ['+1', '-1', 'laugh', 'hooray', 'confused', 'heart', 'rocket', 'eyes'];

const reactionsJson = (url: string, reactions: readonly Reaction[]): JsonObject => ({
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
