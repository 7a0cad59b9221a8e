/** Objects by their global id, and what GraphQL can change. */
import { GraphQLError } from 'graphql';
import { type Repository, type World, readNodeId } from '../state.ts';
import type { Node } from './connection.ts';
import { commentNode, reviewCommentNode, reviewNode, threadNode } from './conversation-nodes.ts';
import { pullRequestNode, repositoryNode } from './repository-nodes.ts';

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
