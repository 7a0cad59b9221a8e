import type { Standing } from '../commands/command.ts';
import type { Permission, Rank } from '../commands/permission.ts';
import type { Account } from '../pull-request.ts';

/** A standing command as it now reads in the conversation, with the permission that its giver has today. */
export type GivenDecision = {
  readonly command: Standing;
  readonly by: Account;
  readonly permission: Permission;
  /** Their rank today, as far as GitHub could tell. */
  readonly rank: Rank;
  readonly commentId: number;
  /** When the comment was written, ISO 8601. */
  readonly at: string;
  /** When its author last edited it, if ever. */
  readonly editedAt?: string;
};

/** Commands that take weight from something. Edited into an old comment they count from when that was written. */
const loosening: ReadonlySet<Standing['type']> = new Set(['waive', 'unhold', 'approve']);

/**
 * From when a command counts. An edit may have brought it, or not: of the two readings the one that passes less is taken, so nobody
 * gains by editing.
 */
export const countsFrom = ({ command, at, editedAt }: GivenDecision): string =>
  loosening.has(command.type) ? at : (editedAt ?? at);

/** In the order in which they count; of two at the same second, the later comment is the later one. */
export const inOrder = (given: readonly GivenDecision[]): readonly GivenDecision[] =>
  given.toSorted((a, b) => {
    const [one, other] = [countsFrom(a), countsFrom(b)];
    return one === other ? a.commentId - b.commentId : one < other ? -1 : 1;
  });
