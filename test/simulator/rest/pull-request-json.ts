/** Pull requests, and the issues that they are too, as GitHub's API shows them. */
import { mergeability } from '../mergeability.ts';
import { commitsOf, filesOf, hasConflict } from '../pull-requests.ts';
import { type Json, type JsonObject, type PullRequest, type World, nodeId } from '../state.ts';
import { accountJson } from './account-json.ts';
import { authorAssociation, pullPage, pullUrl, reactionsJson } from './conversation-json.ts';
import { labelJson, repositoryJson, repositoryUrl } from './repository-json.ts';

const labelsJson = (world: World, { repository, labels }: PullRequest): Json =>
  labels.map(label => labelJson(world, repository, label));

const assigneesJson = (world: World, { assignees }: PullRequest): JsonObject => {
  const all = assignees.map(account => accountJson(world, account));
  return { assignee: all[0] ?? null, assignees: all };
};

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
    ...assigneesJson(world, pull),
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
    labels: labelsJson(world, pull),
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
    ...assigneesJson(world, pull),
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
