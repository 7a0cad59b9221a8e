import { commentsWithCommands, pendingCommands } from './core/commands/pending.ts';
import type { PendingCommands } from './core/commands/pending.ts';
import type { ParsedCommand } from './core/commands/parse.ts';
import { mayRun } from './core/commands/permission.ts';
import { renderReply } from './core/commands/reply.ts';
import type { Answer } from './core/commands/reply.ts';
import type { Comment, Role } from './core/conversation.ts';
import type { Policy } from './core/policy.ts';
import type { PullRequest } from './core/pull-request.ts';
import type { GitHub } from './ports.ts';

/**
 * Carries out the commands of the conversation that are still to be done, and marks each comment with our reaction. The reaction
 * comes last: killed before it, we look the reply up again instead of giving it twice. `review` needs nothing but the mark, as
 * the pull request is being reviewed right now. Tells how many comments were answered.
 */
export async function answerCommands(
  pullRequest: PullRequest,
  comments: readonly Comment[],
  { mode }: Policy,
  github: GitHub,
): Promise<number> {
  const candidates = commentsWithCommands(comments);
  if (candidates.length === 0) return 0;
  const pending = pendingCommands(candidates, await github.loadCommentStates(candidates));
  for (const { comment, commands } of pending) {
    const answers = await answersTo({ comment, commands }, pullRequest, github);
    const words = answers.filter(answer => answer !== 'done');
    if (words.length > 0 && mode === 'active') {
      await github.apply(pullRequest, { type: 'reply', commentId: comment.id, body: renderReply(comment.id, words) });
    }
    const isUnderstood = words.every(({ type }) => type === 'help');
    await github.apply(pullRequest, {
      type: 'react',
      commentId: comment.id,
      reaction: isUnderstood ? 'eyes' : 'confused',
    });
  }
  return pending.length;
}

async function answersTo(
  { comment, commands }: PendingCommands,
  pullRequest: PullRequest,
  github: GitHub,
): Promise<readonly (Answer | 'done')[]> {
  const isAuthor = comment.author.id === pullRequest.author.id;
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
