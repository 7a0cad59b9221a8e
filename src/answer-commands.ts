import { commentsWithCommands, pendingCommands } from './core/commands/pending.ts';
import type { PendingCommands } from './core/commands/pending.ts';
import type { ParsedCommand } from './core/commands/parse.ts';
import { mayRun } from './core/commands/permission.ts';
import { isExplanation, renderReply } from './core/commands/reply.ts';
import type { Answer } from './core/commands/reply.ts';
import type { Comment, Role } from './core/conversation.ts';
import { readExplainedTo, readReplyMarker } from './core/markers.ts';
import type { Policy } from './core/policy.ts';
import type { PullRequest } from './core/pull-request.ts';
import { isSameAccount } from './core/same-account.ts';
import type { GitHub } from './ports.ts';

/**
 * Carries out the commands of the conversation that are still to be done, and marks each comment with our reaction. The reaction
 * comes last: killed before it, we look the reply up again instead of giving it twice. `review` needs nothing but the mark, as
 * the pull request is being reviewed right now. Why a command was not carried out is explained once to each person, so that nobody
 * can fill a conversation by our hand. Mode `observe` writes nothing. Tells how many comments were answered.
 */
export async function answerCommands(
  pullRequest: PullRequest,
  comments: readonly Comment[],
  { mode }: Policy,
  github: Pick<GitHub, 'loadCommentStates' | 'loadRole' | 'apply'>,
): Promise<number> {
  if (mode === 'observe') return 0;
  const candidates = commentsWithCommands(comments);
  if (candidates.length === 0) return 0;
  const pending = pendingCommands(candidates, await github.loadCommentStates(candidates));
  const explained = explanations(comments);
  for (const { comment, commands } of pending) {
    const { id, author } = comment;
    const answers = (await answersTo({ comment, commands }, pullRequest, github)).filter(answer => answer !== 'done');
    // An explanation of this very comment stands when we were killed before the reaction: then all is as it was.
    const isTold = (explained.get(author.id) ?? id) !== id;
    const words = isTold ? answers.filter(answer => !isExplanation(answer)) : answers;
    if (words.length > 0) {
      await github.apply(pullRequest, { type: 'reply', commentId: id, body: renderReply(id, author.id, words) });
      if (words.some(isExplanation)) explained.set(author.id, id);
    }
    const reaction = answers.some(isExplanation) ? 'confused' : 'eyes';
    await github.apply(pullRequest, { type: 'react', commentId: id, reaction });
  }
  return pending.length;
}

/** By account, the comment for which we explained why not. Read from our replies: the comment itself may be deleted by now. */
function explanations(comments: readonly Comment[]): Map<number, number> {
  const found = new Map<number, number>();
  for (const { isOurs, body } of comments) {
    const [account, commentId] = [readExplainedTo(body), readReplyMarker(body)];
    if (isOurs && account !== undefined && commentId !== undefined) found.set(account, commentId);
  }
  return found;
}

async function answersTo(
  { comment, commands }: PendingCommands,
  pullRequest: PullRequest,
  github: Pick<GitHub, 'loadRole'>,
): Promise<readonly (Answer | 'done')[]> {
  const isAuthor = isSameAccount(comment.author.id, pullRequest.author.id);
  const needsRole = commands.some(command => mayRun(command, { role: 'none', isAuthor }) !== 'yes');
  const role = needsRole ? await github.loadRole(pullRequest.repository, comment.author.login) : 'none';
  return commands.map(command => answerTo(command, role, isAuthor));
}

function answerTo(command: ParsedCommand, role: Role, isAuthor: boolean): Answer | 'done' {
  if (command.type === 'unknown') return command;
  const permission = mayRun(command, { role, isAuthor });
  if (permission === 'no') return { type: 'refused', verb: command.type };
  if (permission === 'unverified') return { type: 'unverified', verb: command.type };
  return command.type === 'help' ? { type: 'help' } : 'done';
}
