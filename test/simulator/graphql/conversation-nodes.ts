/** Comments, reviews, threads, labels and the timeline as GraphQL's objects. */
import { authorAssociation } from '../rest/conversation-json.ts';
import { repositoryPage } from '../rest/repository-json.ts';
import {
  type IssueComment,
  type PullRequest,
  type Reaction,
  type Review,
  type ReviewComment,
  type TimelineEvent,
  type World,
  nodeId,
} from '../state.ts';
import { type Node, type Slice, actorNode, connection } from './connection.ts';
import { objectNode } from './git-nodes.ts';

export const labelNode = (label: PullRequest['labels'][number]): Node => ({
  __typename: 'Label',
  ...label,
  id: nodeId('LA', label.id),
  isDefault: label.default,
});

const reactionNames: Record<string, string> = {
  '+1': 'THUMBS_UP',
  '-1': 'THUMBS_DOWN',
  laugh: 'LAUGH',
  hooray: 'HOORAY',
  confused: 'CONFUSED',
  heart: 'HEART',
  rocket: 'ROCKET',
  eyes: 'EYES',
};

const reactionNode = (world: World, { id, user, content, createdAt }: Reaction): Node => ({
  id: nodeId('REA', id),
  databaseId: id,
  content: reactionNames[content],
  user: actorNode(world, user),
  createdAt,
});

const minimizable = (minimized: string | null): Node => ({
  isMinimized: minimized !== null,
  minimizedReason: minimized,
  viewerCanMinimize: true,
});

export function commentNode(world: World, pull: PullRequest, comment: IssueComment): Node {
  return {
    __typename: 'IssueComment',
    id: nodeId('IC', comment.id),
    databaseId: comment.id,
    fullDatabaseId: String(comment.id),
    url: repositoryPage(world, pull.repository, `/pull/${pull.number}#issuecomment-${comment.id}`),
    author: actorNode(world, comment.author),
    authorAssociation: authorAssociation(pull.repository, comment.author),
    body: comment.body,
    createdAt: comment.createdAt,
    updatedAt: comment.updatedAt,
    editor: comment.editor === null ? null : actorNode(world, comment.editor),
    lastEditedAt: comment.editor === null ? null : comment.updatedAt,
    includesCreatedEdit: comment.editor !== null,
    viewerDidAuthor: comment.author.id === world.app.bot.id,
    // GitHub lists every kind of reaction, given or not.
    reactionGroups: () =>
      Object.entries(reactionNames).map(([kind, content]) => ({
        content,
        viewerHasReacted: comment.reactions.some(
          reaction => reaction.content === kind && reaction.user.id === world.app.bot.id,
        ),
      })),
    reactions: (args: Slice & { content?: string }) =>
      connection(
        'reactions',
        args,
        comment.reactions
          .filter(({ content }) => (args.content ?? reactionNames[content]) === reactionNames[content])
          .map(each => reactionNode(world, each)),
      ),
    ...minimizable(comment.minimized),
  };
}

export function reviewCommentNode(world: World, pull: PullRequest, comment: ReviewComment): Node {
  const parent = pull.reviewComments.find(({ id }) => id === comment.inReplyTo);
  return {
    __typename: 'PullRequestReviewComment',
    id: nodeId('PRRC', comment.id),
    databaseId: comment.id,
    fullDatabaseId: String(comment.id),
    url: repositoryPage(world, pull.repository, `/pull/${pull.number}#discussion_r${comment.id}`),
    author: actorNode(world, comment.author),
    body: comment.body,
    path: comment.path,
    line: comment.line,
    originalLine: comment.originalLine,
    startLine: comment.startLine,
    outdated: comment.line === null && comment.subjectType === 'line',
    subjectType: comment.subjectType.toUpperCase(),
    diffHunk: comment.diffHunk,
    createdAt: comment.createdAt,
    updatedAt: comment.updatedAt,
    replyTo: parent === undefined ? null : () => reviewCommentNode(world, pull, parent),
    commit: () => objectNode(world, pull.repository, comment.commitId),
    originalCommit: () => objectNode(world, pull.repository, comment.originalCommitId),
    viewerDidAuthor: comment.author.id === world.app.bot.id,
    ...minimizable(comment.minimized),
  };
}

export function reviewNode(world: World, pull: PullRequest, review: Review): Node {
  const comments = pull.reviewComments.filter(({ reviewId }) => reviewId === review.id);
  return {
    __typename: 'PullRequestReview',
    id: nodeId('PRR', review.id),
    databaseId: review.id,
    fullDatabaseId: String(review.id),
    url: repositoryPage(world, pull.repository, `/pull/${pull.number}#pullrequestreview-${review.id}`),
    author: actorNode(world, review.author),
    body: review.body,
    state: review.state,
    submittedAt: review.submittedAt,
    createdAt: review.submittedAt ?? pull.createdAt,
    commit: () => objectNode(world, pull.repository, review.commitId),
    comments: (args: Slice) =>
      connection(
        'comments',
        args,
        comments.map(each => reviewCommentNode(world, pull, each)),
      ),
    viewerDidAuthor: review.author.id === world.app.bot.id,
    ...minimizable(review.minimized),
  };
}

export function threadNode(world: World, pull: PullRequest, first: ReviewComment): Node {
  const comments = pull.reviewComments.filter(({ id, inReplyTo }) => id === first.id || inReplyTo === first.id);
  return {
    __typename: 'PullRequestReviewThread',
    id: nodeId('PRRT', first.id),
    isResolved: pull.resolvedThreads.has(first.id),
    isOutdated: first.line === null && first.subjectType === 'line',
    isCollapsed: pull.resolvedThreads.has(first.id),
    path: first.path,
    line: first.line,
    originalLine: first.originalLine,
    startLine: first.startLine,
    diffSide: first.side,
    subjectType: first.subjectType.toUpperCase(),
    comments: (args: Slice) =>
      connection(
        'comments',
        args,
        comments.map(each => reviewCommentNode(world, pull, each)),
      ),
  };
}

const eventTypes: Record<TimelineEvent['event'], string> = {
  labeled: 'LabeledEvent',
  unlabeled: 'UnlabeledEvent',
  closed: 'ClosedEvent',
  reopened: 'ReopenedEvent',
  merged: 'MergedEvent',
  head_ref_force_pushed: 'HeadRefForcePushedEvent',
  ready_for_review: 'ReadyForReviewEvent',
  convert_to_draft: 'ConvertToDraftEvent',
  base_ref_changed: 'BaseRefChangedEvent',
  renamed: 'RenamedTitleEvent',
};

const eventNode = (world: World, event: TimelineEvent): Node => ({
  __typename: eventTypes[event.event],
  id: nodeId('EVT', event.id),
  createdAt: event.createdAt,
  actor: actorNode(world, event.actor),
  ...(event.label === undefined ? {} : { label: labelNode(event.label) }),
  ...(event.rename === undefined ? {} : { previousTitle: event.rename.from, currentTitle: event.rename.to }),
});

/** `LABELED_EVENT` asks for `LabeledEvent`. */
const typeOfItem = (item: string): string =>
  item.toLowerCase().replaceAll(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());

export function timelineNodes(world: World, pull: PullRequest, types: readonly string[] | null | undefined): Node[] {
  const wanted = types?.map(typeOfItem);
  return [
    ...pull.timeline.map(event => eventNode(world, event)),
    ...pull.comments.map(comment => commentNode(world, pull, comment)),
    ...pull.reviews.filter(({ state }) => state !== 'PENDING').map(review => reviewNode(world, pull, review)),
  ]
    .filter(node => wanted?.includes(String(node['__typename'])) ?? true)
    .sort((a, b) => String(a['createdAt']).localeCompare(String(b['createdAt'])));
}
