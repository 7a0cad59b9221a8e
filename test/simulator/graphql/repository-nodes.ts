/** Repositories and pull requests as GraphQL's objects, each field by its name in GitHub's schema. */
import { GraphQLError } from 'graphql';
import { mergeability } from '../mergeability.ts';
import { baseTip, commitsOf, filesOf, hasConflict } from '../pull-requests.ts';
import { authorAssociation } from '../rest/conversation-json.ts';
import { encodePath, repositoryPage } from '../rest/repository-json.ts';
import { type PullRequest, type Repository, type World, fullName, nodeId } from '../state.ts';
import { type Node, type Slice, actorNode, connection } from './connection.ts';
import { commentNode, labelNode, reviewNode, threadNode, timelineNodes } from './conversation-nodes.ts';
import { gitObject, objectNode, refNode } from './git-nodes.ts';

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
    isInMergeQueue: pull.queued !== null,
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
