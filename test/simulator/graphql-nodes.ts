/** Repositories, files, pull requests and comments as GraphQL's objects, each field by its name in GitHub's schema. */
import { GraphQLError } from 'graphql';
import { resolveRef } from './contents.ts';
import { mergeability } from './mergeability.ts';
import { baseTip, commitsOf, filesOf, hasConflict } from './pull-requests.ts';
import { authorAssociation } from './pull-request-json.ts';
import { encodePath, repositoryPage } from './repository-json.ts';
import {
  type Account,
  type IssueComment,
  type PullRequest,
  type Reaction,
  type Repository,
  type Review,
  type ReviewComment,
  type TimelineEvent,
  type World,
  fullName,
  nodeId,
  readNodeId,
} from './state.ts';

type Node = Record<string, unknown>;
type Slice = { first?: number | null; last?: number | null; after?: string | null; before?: string | null };

/** A page of a list with cursors. GitHub wants `first` or `last`, at most 100. */
function connection(name: string, { first, last, after, before }: Slice, all: readonly Node[]): Node {
  const count = first ?? last;
  if (count === undefined || count === null)
    throw new GraphQLError(
      `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`,
      {
        extensions: { type: 'MISSING_PAGINATION_BOUNDARIES' },
      },
    );
  if (count > 100)
    throw new GraphQLError(
      `Requesting ${count} records on the \`${name}\` connection exceeds the \`first\` limit of 100 records.`,
      {
        extensions: { type: 'EXCESSIVE_PAGINATION' },
      },
    );
  const position = (cursor: string | null | undefined, fallback: number): number =>
    cursor === undefined || cursor === null ? fallback : Number(Buffer.from(cursor, 'base64').toString('utf8'));
  const cursorOf = (index: number): string => Buffer.from(String(index)).toString('base64');
  let [start, end] = [position(after, -1) + 1, position(before, all.length)];
  if (first !== undefined && first !== null) end = Math.min(end, start + first);
  else start = Math.max(start, end - count);
  const nodes = all.slice(start, end);
  return {
    totalCount: all.length,
    nodes,
    edges: nodes.map((node, index) => ({ node, cursor: cursorOf(start + index) })),
    pageInfo: {
      hasNextPage: end < all.length,
      hasPreviousPage: start > 0,
      startCursor: nodes.length === 0 ? null : cursorOf(start),
      endCursor: nodes.length === 0 ? null : cursorOf(end - 1),
    },
  };
}

/** In GraphQL a bot's login lacks the `[bot]` that REST shows. */
const actorNode = (world: World, { id, login, type }: Account): Node => ({
  __typename: type,
  id: nodeId(type === 'Bot' ? 'BOT' : 'U', id),
  databaseId: id,
  login: login.replace('[bot]', ''),
  url: `${world.url}/${login}`,
  avatarUrl: `${world.url}/avatars/u/${id}`,
  resourcePath: `/${login}`,
});

/** From here on the text of a blob is cut. */
const MAX_TEXT = 512_000;

function blobNode({ git }: Repository, sha: string): Node {
  const bytes = git.blobs.get(sha) ?? Buffer.alloc(0);
  const isBinary = bytes.includes(0);
  return {
    __typename: 'Blob',
    id: nodeId('B', Number.parseInt(sha.slice(0, 10), 16)),
    oid: sha,
    abbreviatedOid: sha.slice(0, 7),
    byteSize: bytes.length,
    isBinary,
    isTruncated: bytes.length > MAX_TEXT,
    text: isBinary ? null : bytes.subarray(0, MAX_TEXT).toString('utf8'),
  };
}

function objectNode(world: World, repository: Repository, sha: string): Node | null {
  const { git } = repository;
  if (git.blobs.has(sha)) return blobNode(repository, sha);
  const commit = git.commits.get(sha);
  if (commit !== undefined)
    return {
      __typename: 'Commit',
      id: nodeId('C', Number.parseInt(sha.slice(0, 10), 16)),
      oid: sha,
      message: commit.message,
      committedDate: commit.committer.date,
      authoredDate: commit.author.date,
      url: repositoryPage(world, repository, `/commit/${sha}`),
      tree: () => objectNode(world, repository, commit.tree),
      file: ({ path }: { path: string }) => entryAt(world, repository, commit.tree, path),
    };
  const entries = git.trees.get(sha);
  if (entries === undefined) return null;
  return {
    __typename: 'Tree',
    id: nodeId('T', Number.parseInt(sha.slice(0, 10), 16)),
    oid: sha,
    entries: entries.map(entry => entryNode(world, repository, entry.name, entry)),
  };
}

const entryNode = (
  world: World,
  repository: Repository,
  path: string,
  entry: { name: string; mode: string; type: string; sha: string },
): Node => ({
  name: entry.name,
  path,
  mode: Number.parseInt(entry.mode, 8),
  type: entry.type,
  oid: entry.sha,
  size: repository.git.blobs.get(entry.sha)?.length ?? 0,
  object: () => (entry.type === 'commit' ? null : objectNode(world, repository, entry.sha)),
});

function findEntry({ git }: Repository, root: string, path: string) {
  let entry: { name: string; mode: string; type: string; sha: string } = {
    name: '',
    mode: '040000',
    type: 'tree',
    sha: root,
  };
  for (const name of path.split('/').filter(part => part !== '')) {
    const found = git.trees.get(entry.sha)?.find(each => each.name === name);
    if (found === undefined) return undefined;
    entry = found;
  }
  return entry;
}

function entryAt(world: World, repository: Repository, root: string, path: string): Node | null {
  const entry = findEntry(repository, root, path);
  return entry === undefined ? null : entryNode(world, repository, path, entry);
}

/** `oid`, or an expression such as `main:folder/file` or `HEAD`. */
function gitObject(
  world: World,
  repository: Repository,
  { oid, expression }: { oid?: string | null; expression?: string | null },
): Node | null {
  if (typeof oid === 'string') return objectNode(world, repository, oid);
  const [, ref = '', path] = /^([^:]*)(?::(.*))?$/s.exec(expression ?? '') ?? [];
  const commit = resolveRef(repository, ref === 'HEAD' ? repository.defaultBranch : ref);
  if (commit === undefined) return path === undefined ? objectNode(world, repository, ref) : null;
  if (path === undefined) return objectNode(world, repository, commit.sha);
  const entry = findEntry(repository, commit.tree, path);
  return entry === undefined || entry.type === 'commit' ? null : objectNode(world, repository, entry.sha);
}

const refNode = (world: World, repository: Repository, name: string): Node | null => {
  const sha = repository.branches.get(name);
  if (sha === undefined) return null;
  return {
    __typename: 'Ref',
    id: nodeId('REF', repository.id),
    name,
    prefix: 'refs/heads/',
    target: () => objectNode(world, repository, sha),
  };
};

export function repositoryNode(world: World, repository: Repository): Node {
  return {
    __typename: 'Repository',
    id: nodeId('R', repository.id),
    databaseId: repository.id,
    name: repository.name,
    nameWithOwner: fullName(repository),
    owner: actorNode(world, repository.owner),
    isPrivate: repository.private,
    isFork: repository.parent !== null,
    isArchived: false,
    url: repositoryPage(world, repository),
    defaultBranchRef: () => refNode(world, repository, repository.defaultBranch),
    ref: ({ qualifiedName }: { qualifiedName: string }) =>
      refNode(world, repository, qualifiedName.replace(/^refs\/heads\//, '')),
    object: (args: { oid?: string; expression?: string }) => gitObject(world, repository, args),
    pullRequest: ({ number }: { number: number }) => {
      const pull = repository.pulls.get(number);
      if (pull === undefined)
        throw new GraphQLError(`Could not resolve to a PullRequest with the number of ${number}.`, {
          extensions: { type: 'NOT_FOUND' },
        });
      return pullRequestNode(world, pull);
    },
    pullRequests: (
      args: Slice & { states?: readonly string[]; baseRefName?: string; orderBy?: { direction: 'ASC' | 'DESC' } },
    ) => {
      const found = [...repository.pulls.values()].filter(
        pull => (args.states?.includes(stateOf(pull)) ?? true) && (args.baseRefName ?? pull.base.ref) === pull.base.ref,
      );
      const ordered = args.orderBy?.direction === 'DESC' ? found.toReversed() : found;
      return connection(
        'pullRequests',
        args,
        ordered.map(pull => pullRequestNode(world, pull)),
      );
    },
  };
}

const stateOf = ({ mergedAt, state }: PullRequest): string => (mergedAt !== null ? 'MERGED' : state.toUpperCase());

const labelNode = (label: PullRequest['labels'][number]): Node => ({
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

function commentNode(world: World, pull: PullRequest, comment: IssueComment): Node {
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

function reviewCommentNode(world: World, pull: PullRequest, comment: ReviewComment): Node {
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

function reviewNode(world: World, pull: PullRequest, review: Review): Node {
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

function threadNode(world: World, pull: PullRequest, first: ReviewComment): Node {
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

function timelineNodes(world: World, pull: PullRequest, types: readonly string[] | null | undefined): Node[] {
  const wanted = types?.map(typeOfItem);
  return [
    ...pull.timeline.map(event => eventNode(world, event)),
    ...pull.comments.map(comment => commentNode(world, pull, comment)),
    ...pull.reviews.filter(({ state }) => state !== 'PENDING').map(review => reviewNode(world, pull, review)),
  ]
    .filter(node => wanted?.includes(String(node['__typename'])) ?? true)
    .sort((a, b) => String(a['createdAt']).localeCompare(String(b['createdAt'])));
}

export function pullRequestNode(world: World, pull: PullRequest): Node {
  const { repository, head } = pull;
  const threads = pull.reviewComments.filter(({ inReplyTo }) => inReplyTo === null);
  return {
    __typename: 'PullRequest',
    id: nodeId('PR', pull.id),
    databaseId: pull.id,
    fullDatabaseId: String(pull.id),
    number: pull.number,
    url: repositoryPage(world, repository, `/pull/${pull.number}`),
    title: pull.title,
    body: pull.body ?? '',
    author: actorNode(world, pull.author),
    authorAssociation: authorAssociation(repository, pull.author),
    isDraft: pull.draft,
    state: stateOf(pull),
    closed: pull.state === 'closed',
    merged: pull.mergedAt !== null,
    mergedAt: pull.mergedAt,
    closedAt: pull.closedAt,
    locked: pull.locked,
    createdAt: pull.createdAt,
    updatedAt: pull.updatedAt,
    headRefName: head.ref,
    headRefOid: head.sha,
    headRepository: head.isGone ? null : () => repositoryNode(world, head.repository),
    headRepositoryOwner: actorNode(world, head.repository.owner),
    isCrossRepository: head.repository !== repository,
    baseRefName: pull.base.ref,
    baseRefOid: pull.frozenBase ?? baseTip(pull),
    baseRepository: () => repositoryNode(world, repository),
    repository: () => repositoryNode(world, repository),
    changedFiles: () => filesOf(pull).length,
    mergeable: () => (hasConflict(pull) ? 'CONFLICTING' : 'MERGEABLE'),
    mergeStateStatus: () => mergeability(pull).state.toUpperCase(),
    isInMergeQueue: pull.queued,
    labels: (args: Slice) => connection('labels', args, pull.labels.map(labelNode)),
    comments: (args: Slice) =>
      connection(
        'comments',
        args,
        pull.comments.map(each => commentNode(world, pull, each)),
      ),
    reviews: (args: Slice) =>
      connection(
        'reviews',
        args,
        pull.reviews
          .filter(({ state, author }) => state !== 'PENDING' || author.id === world.app.bot.id)
          .map(each => reviewNode(world, pull, each)),
      ),
    reviewThreads: (args: Slice) =>
      connection(
        'reviewThreads',
        args,
        threads.map(each => threadNode(world, pull, each)),
      ),
    timelineItems: (args: Slice & { itemTypes?: readonly string[] | null }) =>
      connection('timelineItems', args, timelineNodes(world, pull, args.itemTypes)),
    files: (args: Slice) =>
      connection(
        'files',
        args,
        filesOf(pull).map(file => ({
          path: file.filename,
          additions: file.additions,
          deletions: file.deletions,
          changeType: {
            added: 'ADDED',
            removed: 'DELETED',
            modified: 'MODIFIED',
            renamed: 'RENAMED',
            changed: 'CHANGED',
          }[file.status],
          url: repositoryPage(world, repository, `/blob/${head.sha}/${encodePath(file.filename)}`),
        })),
      ),
    commits: (args: Slice) =>
      connection(
        'commits',
        args,
        commitsOf(pull).map(({ sha }) => ({ commit: () => objectNode(world, repository, sha) })),
      ),
  };
}

/** What can be minimized, with the pull request that it is part of. */
function findMinimizable(world: World, id: string) {
  const read = readNodeId(id);
  for (const repository of world.repositories.values())
    for (const pull of repository.pulls.values()) {
      const subject =
        read?.kind === 'IC'
          ? pull.comments.find(each => each.id === read.id)
          : read?.kind === 'PRRC'
            ? pull.reviewComments.find(each => each.id === read.id)
            : read?.kind === 'PRR'
              ? pull.reviews.find(each => each.id === read.id)
              : undefined;
      if (subject !== undefined) return { pull, subject };
    }
  return undefined;
}

/** The object behind a global id. */
export function nodeOf(world: World, id: string): Node | undefined {
  const read = readNodeId(id);
  for (const repository of world.repositories.values()) {
    if (read?.kind === 'R' && repository.id === read.id) return repositoryNode(world, repository);
    for (const pull of repository.pulls.values())
      if (read?.kind === 'PR' && pull.id === read.id) return pullRequestNode(world, pull);
  }
  const found = findMinimizable(world, id);
  if (found === undefined) return undefined;
  const { pull, subject } = found;
  if ('reactions' in subject) return commentNode(world, pull, subject);
  return 'path' in subject ? reviewCommentNode(world, pull, subject) : reviewNode(world, pull, subject);
}

const notFound = (id: string) =>
  new GraphQLError(`Could not resolve to a node with the global id of '${id}'`, { extensions: { type: 'NOT_FOUND' } });

/** `allow` throws unless the caller may write to that repository. */
export function mutations(world: World, allow: (repository: Repository) => void): Node {
  const minimize = (id: string, reason: string | null): Node => {
    const found = findMinimizable(world, id);
    if (found === undefined) throw notFound(id);
    allow(found.pull.repository);
    found.subject.minimized = reason;
    return { clientMutationId: null, [reason === null ? 'unminimizedComment' : 'minimizedComment']: nodeOf(world, id) };
  };
  const thread = (id: string, isResolved: boolean): Node => {
    const read = readNodeId(id);
    for (const repository of world.repositories.values())
      for (const pull of repository.pulls.values()) {
        const first = pull.reviewComments.find(each => read?.kind === 'PRRT' && each.id === read.id);
        if (first === undefined) continue;
        allow(repository);
        if (isResolved) pull.resolvedThreads.add(first.id);
        else pull.resolvedThreads.delete(first.id);
        return { clientMutationId: null, thread: threadNode(world, pull, first) };
      }
    throw notFound(id);
  };
  return {
    minimizeComment: ({ input }: { input: { subjectId: string; classifier: string } }) =>
      minimize(input.subjectId, input.classifier.toLowerCase().replaceAll('_', '-')),
    unminimizeComment: ({ input }: { input: { subjectId: string } }) => minimize(input.subjectId, null),
    resolveReviewThread: ({ input }: { input: { threadId: string } }) => thread(input.threadId, true),
    unresolveReviewThread: ({ input }: { input: { threadId: string } }) => thread(input.threadId, false),
  };
}
