import { answerTo, isExplanation } from './core/commands/answer.ts';
import type { AnswerFacts } from './core/commands/answer.ts';
import { renderReply } from './core/commands/reply.ts';
import type { Comment } from './core/conversation.ts';
import { names } from './core/decisions/decisions.ts';
import type { Finding } from './core/finding.ts';
import { readExplainedTo, readReplyMarker } from './core/markers.ts';
import type { PullRequest } from './core/pull-request.ts';
import type { PendingComment } from './hear-commands.ts';
import type { GitHub } from './ports.ts';

/**
 * Answers the commands of the conversation that nobody answered yet, and marks each comment with our reaction. The reaction comes
 * last: killed before it, we look the reply up again instead of giving it twice. Standing commands need nothing but the mark: they
 * count by being there. Why a command was not carried out is explained once to each person without a role, so that nobody can fill
 * a conversation by our hand. Tells how many comments were answered.
 */
export async function answerCommands(
  pullRequest: PullRequest,
  pending: readonly PendingComment[],
  comments: readonly Comment[],
  facts: Omit<AnswerFacts, 'commentId'>,
  github: Pick<GitHub, 'apply'>,
): Promise<number> {
  const explained = explanations(comments);
  for (const { comment, commands, hasRole, saidNoBefore } of pending) {
    const { id, author } = comment;
    const answers = commands
      .map(({ command, permission }) => answerTo(command, permission, { ...facts, commentId: id }))
      .filter(answer => answer !== 'done');
    for (const { command, permission } of commands) {
      if (permission !== 'yes' || (command.type !== 'assign' && command.type !== 'unassign')) continue;
      await github.apply(pullRequest, { type: command.type, login: command.login ?? author.login });
    }
    // An explanation of this very comment stands when we were killed before the reaction: then all is as it was.
    const isTold = !hasRole && (explained.get(author.id) ?? id) !== id;
    const words = isTold ? answers.filter(answer => !isExplanation(answer)) : answers;
    if (words.length > 0) {
      await github.apply(pullRequest, { type: 'reply', commentId: id, body: renderReply(id, author.id, words) });
      if (words.some(isExplanation)) explained.set(author.id, id);
    }
    const reaction = answers.some(isExplanation) ? 'confused' : 'eyes';
    if (saidNoBefore !== undefined)
      await github.apply(pullRequest, { type: 'unreact', commentId: id, reactionId: saidNoBefore });
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

/**
 * Whether all that the comment names is known by now. What names a finding that is not there yet waits for the judge, which may
 * bring it.
 */
export const isAnswerable = ({ commands }: PendingComment, findings: readonly Finding[]): boolean =>
  commands.every(
    ({ command }) =>
      !('finding' in command) ||
      findings.some(finding => names(command.finding, finding)) ||
      !mayBeTheJudges(command.finding),
  );

const mayBeTheJudges = (ref: string): boolean => !ref.includes('/') || ref.startsWith('judge/');
