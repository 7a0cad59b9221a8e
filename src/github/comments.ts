import type { Octokit } from '@octokit/rest';
import { z } from 'zod';
import type { Comment, CommentState } from '../core/conversation.ts';
import type { Reaction } from '../core/plan.ts';
import type { PullRequestRef, RepositoryRef } from '../core/pull-request.ts';
import { Transient, unlessMissing } from './errors.ts';
import { askGraphql } from './graphql.ts';
import { isOurBot, loginOf } from './identity.ts';
import type { Identity } from './identity.ts';
import { toAccount } from './pull-request.ts';

/** All pages of the conversation, oldest first. */
export async function loadComments(
  octokit: Octokit,
  { repository, number }: PullRequestRef,
  identity: Identity,
): Promise<readonly Comment[]> {
  const comments = await octokit.paginate(octokit.rest.issues.listComments, {
    owner: repository.owner,
    repo: repository.name,
    issue_number: number,
    per_page: 100,
  });
  return comments.map(comment => {
    const app = comment.performed_via_github_app;
    return {
      id: comment.id,
      nodeId: comment.node_id,
      author: toAccount(comment.user),
      body: comment.body ?? '',
      createdAt: comment.created_at,
      updatedAt: comment.updated_at,
      // Not the App alone: a person may act through it with a token of their own.
      isOurs: isOurBot(comment.user, identity) && (app === null || app === undefined || app.id === identity.appId),
    };
  });
}

const NODES_PER_QUERY = 100;

const actor = z.object({ __typename: z.string(), login: z.string() });
const states = z.object({
  nodes: z.array(
    z
      .object({
        id: z.string(),
        lastEditedAt: z.string().nullable(),
        editor: actor.nullable(),
        reactionGroups: z.array(z.object({ content: z.string(), viewerHasReacted: z.boolean() })).nullable(),
      })
      .nullable(),
  ),
});

const STATES = `query ($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on IssueComment {
      id
      lastEditedAt
      editor { __typename login }
      reactionGroups { content viewerHasReacted }
    }
  }
}`;

/** Both of our reactions say that the comment's commands are done. */
const DONE: ReadonlySet<string> = new Set(['EYES', 'CONFUSED']);

/** Comments that were edited after a no of ours, looked at one by one: the newest; nobody mends more at a time. */
const MAX_MENDED = 10;

/**
 * Who edited these comments last, and whether our reaction is on them: one call for a hundred. Where we said no and the author has
 * edited it, one more tells which came first.
 */
export async function loadCommentStates(
  octokit: Octokit,
  repository: RepositoryRef,
  comments: readonly Comment[],
  identity: Identity,
): Promise<ReadonlyMap<number, CommentState>> {
  const found = new Map<number, CommentState>();
  for (let start = 0; start < comments.length; start += NODES_PER_QUERY) {
    const batch = comments.slice(start, start + NODES_PER_QUERY);
    const { nodes } = await askGraphql(octokit, STATES, { ids: batch.map(({ nodeId }) => nodeId) }, states);
    for (const node of nodes) {
      const comment = batch.find(({ nodeId }) => nodeId === node?.id);
      if (comment === undefined || node === null) continue;
      // An editor whose account was deleted is still someone else.
      const editor = node.editor === null ? 'ghost' : loginOf(node.editor);
      found.set(comment.id, {
        ...(node.lastEditedAt !== null && { editor, editedAt: node.lastEditedAt }),
        isDone: (node.reactionGroups ?? []).some(
          ({ content, viewerHasReacted }) => viewerHasReacted && DONE.has(content),
        ),
        wasAccepted: (node.reactionGroups ?? []).some(
          ({ content, viewerHasReacted }) => viewerHasReacted && content === 'EYES',
        ),
      });
    }
  }
  const edited = [...found].filter(([, state]) => state.isDone && state.wasAccepted !== true && state.editedAt);
  for (const [id, state] of edited.slice(-MAX_MENDED)) {
    const saidNo = await findRefusal(octokit, repository, id, identity);
    if (saidNo !== undefined && state.editedAt !== undefined && saidNo.at <= state.editedAt)
      found.set(id, { ...state, isDone: false, saidNoBefore: saidNo.id });
  }
  return found;
}

/** Our reaction that says no; undefined when there is none. GraphQL does not name an App that reacted. */
async function findRefusal(
  octokit: Octokit,
  { owner, name: repo }: RepositoryRef,
  comment_id: number,
  identity: Identity,
): Promise<{ readonly id: number; readonly at: string } | undefined> {
  const parameters = { owner, repo, comment_id, content: 'confused', per_page: 100 } as const;
  const response = await unlessMissing(octokit.rest.reactions.listForIssueComment(parameters));
  const own = response?.data.find(({ user }) => isOurBot(user, identity));
  return own && { id: own.id, at: own.created_at };
}

/** Creates a comment. When the answer is lost, `isIt` finds it among ours, so that trying again does not make a second one. */
export async function createComment(
  octokit: Octokit,
  ref: PullRequestRef,
  body: string,
  isIt: (body: string) => boolean,
  identity: Identity,
): Promise<number> {
  const { owner, name: repo } = ref.repository;
  try {
    const { data } = await octokit.rest.issues.createComment({ owner, repo, issue_number: ref.number, body });
    return data.id;
  } catch (error) {
    if (!(error instanceof Transient)) throw error;
    const created = await findComment(octokit, ref, isIt, identity);
    if (created === undefined) throw error;
    return created.id;
  }
}

/** Our newest comment that `isIt` recognises. */
async function findComment(
  octokit: Octokit,
  ref: PullRequestRef,
  isIt: (body: string) => boolean,
  identity: Identity,
): Promise<Comment | undefined> {
  const comments = await loadComments(octokit, ref, identity);
  return comments.findLast(comment => comment.isOurs && isIt(comment.body));
}

/** A comment that somebody deleted in the meantime is missed by the next look, which creates it again. */
export async function updateComment(
  octokit: Octokit,
  { owner, name: repo }: RepositoryRef,
  comment_id: number,
  body: string,
): Promise<void> {
  const updated = await unlessMissing(octokit.rest.issues.updateComment({ owner, repo, comment_id, body }));
  if (updated === undefined) throw new Transient('our comment was deleted while the review ran');
}

/**
 * Answers a comment with one of our own. No list of what stands holds replies, so it is always looked up first: a kill between
 * the reply and the reaction must not double it.
 */
export async function reply(
  octokit: Octokit,
  ref: PullRequestRef,
  body: string,
  isIt: (body: string) => boolean,
  identity: Identity,
): Promise<number> {
  const standing = await findComment(octokit, ref, isIt, identity);
  if (standing === undefined) return createComment(octokit, ref, body, isIt, identity);
  if (standing.body !== body) await updateComment(octokit, ref.repository, standing.id, body);
  return standing.id;
}

/** GitHub keeps one reaction of a kind by one account, so this may be repeated. A comment that is gone needs none. */
export async function react(
  octokit: Octokit,
  { owner, name: repo }: RepositoryRef,
  comment_id: number,
  content: Reaction,
): Promise<void> {
  await unlessMissing(octokit.rest.reactions.createForIssueComment({ owner, repo, comment_id, content }));
}

/** Takes back a reaction of ours, so that the next one is seen to be about what the comment says now. */
export async function unreact(
  octokit: Octokit,
  { owner, name: repo }: RepositoryRef,
  { commentId, reactionId }: { readonly commentId: number; readonly reactionId: number },
): Promise<void> {
  const place = { owner, repo, comment_id: commentId, reaction_id: reactionId };
  await unlessMissing(octokit.rest.reactions.deleteForIssueComment(place));
}
