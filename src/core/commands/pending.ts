import type { Comment, CommentState } from '../conversation.ts';
import { mentionsCommand } from './parse.ts';

/** The comments that may hold commands. Neither ours nor those of any bot. */
export const commentsWithCommands = (comments: readonly Comment[], appSlug: string): readonly Comment[] =>
  comments.filter(({ isOurs, author, body }) => !isOurs && !author.isBot && mentionsCommand(body, appSlug));

/** A comment that somebody else has edited counts for nothing: its author never wrote what it says. */
export const isByAuthor = ({ editor }: CommentState, { author }: Pick<Comment, 'author'>): boolean =>
  editor === undefined || editor.toLowerCase() === author.login.toLowerCase();
