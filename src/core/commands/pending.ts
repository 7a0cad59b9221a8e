import type { Comment, CommentState } from '../conversation.ts';
import { parseCommands } from './parse.ts';
import type { ParsedCommand } from './parse.ts';

/** A comment with the commands in it that are still to be carried out. */
export type PendingCommands = { readonly comment: Comment; readonly commands: readonly ParsedCommand[] };

/** The comments that may hold commands, so that only their states are asked for. Neither ours nor those of any bot. */
export const commentsWithCommands = (comments: readonly Comment[]): readonly Comment[] =>
  comments.filter(({ isOurs, author, body }) => !isOurs && !author.isBot && parseCommands(body).length > 0);

/**
 * What is still to be done, in the order of the conversation. A comment that somebody else has edited counts for nothing: its
 * author never wrote what it says. Without a state it is gone.
 */
export const pendingCommands = (
  comments: readonly Comment[],
  states: ReadonlyMap<number, CommentState>,
): readonly PendingCommands[] =>
  commentsWithCommands(comments)
    .filter(({ id, author }) => {
      const state = states.get(id);
      return state !== undefined && !state.isDone && isByAuthor(state, author.login);
    })
    .map(comment => ({ comment, commands: parseCommands(comment.body) }));

const isByAuthor = ({ editor }: CommentState, author: string): boolean =>
  editor === undefined || editor.toLowerCase() === author.toLowerCase();
