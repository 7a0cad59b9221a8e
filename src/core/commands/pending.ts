import type { Comment, CommentState } from '../conversation.ts';
import { mentionsCommand, parseCommands } from './parse.ts';
import type { ParsedCommand } from './parse.ts';

/** A comment with the commands in it that are still to be carried out. */
export type PendingCommands = { readonly comment: Comment; readonly commands: readonly ParsedCommand[] };

/**
 * A review looks at no more comments than this, the newest: each event on the conversation leads to a review, so older ones had
 * their turn, and nobody can make every later review long by writing many.
 */
const MAX_LOOKED_AT = 50;

/** Of those, as many are parsed. One that mentions us in a quote is never marked as done, and is parsed each time. */
const MAX_PARSED = 20;

/** The comments that may hold commands, so that only their states are asked for. Neither ours nor those of any bot. */
export const commentsWithCommands = (comments: readonly Comment[]): readonly Comment[] =>
  comments
    .filter(({ isOurs, author, body }) => !isOurs && !author.isBot && mentionsCommand(body))
    .slice(-MAX_LOOKED_AT);

/**
 * What is still to be done of `commentsWithCommands`, in the order of the conversation. A comment that somebody else has edited
 * counts for nothing: its author never wrote what it says. Without a state it is gone.
 */
export const pendingCommands = (
  candidates: readonly Comment[],
  states: ReadonlyMap<number, CommentState>,
): readonly PendingCommands[] =>
  candidates
    .filter(({ id, author }) => {
      const state = states.get(id);
      return state !== undefined && !state.isDone && isByAuthor(state, author.login);
    })
    .slice(-MAX_PARSED)
    .map(comment => ({ comment, commands: parseCommands(comment.body) }))
    .filter(({ commands }) => commands.length > 0);

const isByAuthor = ({ editor }: CommentState, author: string): boolean =>
  editor === undefined || editor.toLowerCase() === author.toLowerCase();
