import type { ParsedCommand } from './core/commands/command.ts';
import { isStanding } from './core/commands/command.ts';
import { parseCommands, wordsIn } from './core/commands/parse.ts';
import { commentsWithCommands, isByAuthor } from './core/commands/pending.ts';
import { mayRun, needsRole } from './core/commands/permission.ts';
import type { Asker, Permission } from './core/commands/permission.ts';
import type { Comment, CommentState } from './core/conversation.ts';
import type { GivenDecision } from './core/decisions/given.ts';
import { rankOf } from './core/policy/roles.ts';
import type { Policy } from './core/policy.ts';
import type { PullRequest, RepositoryRef } from './core/pull-request.ts';
import { isSameAccount } from './core/same-account.ts';
import type { GitHub } from './ports.ts';

/** A comment whose commands nobody answered yet, with the permission of each. */
export type PendingComment = {
  readonly comment: Comment;
  readonly commands: readonly { readonly command: ParsedCommand; readonly permission: Permission }[];
  /** Its author is more than a reader here. */
  readonly hasRole: boolean;
  /** Our reaction to what it said before it was edited. */
  readonly saidNoBefore?: number;
};

/** What the conversation asks for. */
export type Heard = {
  readonly pending: readonly PendingComment[];
  readonly decisions: readonly GivenDecision[];
  /** Why not all of it could be heard, in words for people: then nothing may pass. */
  readonly incomplete?: string;
};

/** Of a conversation that is not listened to. */
export const silence: Heard = { pending: [], decisions: [] };

/** More people than this with commands on one pull request are a crowd that was sent. */
const MAX_PEOPLE = 60;

/**
 * Of all who have no role together, no more comments are looked at than this, the newest: each event on the conversation leads to a
 * review, so older ones had their turn, and nobody can make every later review long by writing many.
 */
const MAX_OF_READERS = 50;

/** Of those, as many are parsed. One that mentions us in a quote is never marked as done, and is parsed each time. */
const MAX_PARSED_OF_READERS = 20;

/** Of all people with a role together; nobody writes that many. */
const MAX_WITH_ROLE = 1_000;

type Heeding = Pick<GitHub, 'loadCommentStates' | 'loadRole' | 'loadMembership'>;

/**
 * Reads the commands of a conversation. What people with a role said is read from all pages, however old, since a hold must not
 * be buried; the words of others are bounded. Permission is asked for before anything else is done about a command, once for each
 * person, and not at all for what everybody may.
 */
export async function hearCommands(
  pullRequest: Pick<PullRequest, 'repository' | 'author'>,
  comments: readonly Comment[],
  policy: Pick<Policy, 'roles'>,
  appSlug: string,
  github: Heeding,
): Promise<Heard> {
  const candidates = commentsWithCommands(comments, appSlug);
  if (candidates.length === 0) return silence;
  const byPerson = Map.groupBy(candidates, ({ author }) => author.id);
  const askers = await rankPeople([...byPerson.values()].slice(0, MAX_PEOPLE), pullRequest, policy, appSlug, github);
  const hasRole = ({ author }: Comment): boolean => (askers.get(author.id)?.rank ?? 'reader') !== 'reader';
  const withRole = candidates.filter(hasRole);
  const ofReaders = candidates.filter(comment => !hasRole(comment)).slice(-MAX_OF_READERS);
  const looked = [...withRole.slice(-MAX_WITH_ROLE), ...ofReaders];
  const states = await github.loadCommentStates(pullRequest.repository, looked);

  const read = [
    ...withRole.slice(-MAX_WITH_ROLE),
    // What was refused once need not be read again.
    ...ofReaders
      .filter(({ id }) => states.get(id)?.isDone !== true || states.get(id)?.wasAccepted === true)
      .slice(-MAX_PARSED_OF_READERS),
  ].toSorted((a, b) => a.id - b.id);
  const pending: PendingComment[] = [];
  const decisions: GivenDecision[] = [];
  for (const comment of read) {
    const [state, asker] = [states.get(comment.id), askers.get(comment.author.id)];
    if (state === undefined || asker === undefined || !isByAuthor(state, comment)) continue;
    const commands = parseCommands(comment.body, appSlug).map(command => ({
      command,
      permission: mayRun(command, asker),
    }));
    if (commands.length > 0 && !state.isDone) {
      const { saidNoBefore } = state;
      pending.push({ comment, commands, hasRole: hasRole(comment), ...(saidNoBefore && { saidNoBefore }) });
    }
    decisions.push(...commands.flatMap(one => asDecision(one, comment, state, asker)));
  }
  const isTooMuch = byPerson.size > MAX_PEOPLE || withRole.length > MAX_WITH_ROLE;
  return {
    pending,
    decisions,
    ...(isTooMuch && {
      incomplete: 'There are more commands in the conversation than are read; a maintainer has to look.',
    }),
  };
}

/**
 * A word of somebody who never might is none, and its answer says so. Only what counted once is worth saying that it does no longer.
 */
function asDecision(
  { command, permission }: PendingComment['commands'][number],
  { author: by, id: commentId, createdAt: at }: Comment,
  { editedAt, isDone, wasAccepted }: CommentState,
  { rank }: Asker,
): readonly GivenDecision[] {
  if (!isStanding(command) || (permission !== 'yes' && !(isDone && wasAccepted === true))) return [];
  return [{ command, by, permission, rank, commentId, at, ...(editedAt !== undefined && { editedAt }) }];
}

async function rankPeople(
  people: readonly (readonly Comment[])[],
  pullRequest: Pick<PullRequest, 'repository' | 'author'>,
  { roles }: Pick<Policy, 'roles'>,
  appSlug: string,
  github: Heeding,
): Promise<ReadonlyMap<number, Asker>> {
  const rankIn = async (repository: RepositoryRef, login: string) =>
    rankOf(roles, await github.loadRole(repository, login), team => github.loadMembership(team, login));
  const askers = new Map<number, Asker>();
  for (const written of people) {
    const [{ author } = {}] = written;
    if (author === undefined) continue;
    const isAuthor = isSameAccount(author.id, pullRequest.author.id);
    const words = new Set(written.flatMap(({ body }) => wordsIn(body, appSlug)));
    const isRoleNeeded = words.has('--judge') || [...words].some(word => needsRole(word, isAuthor));
    const known = isRoleNeeded ? await rankIn(pullRequest.repository, author.login) : everyone;
    askers.set(author.id, { ...known, isAuthor });
  }
  return askers;
}

const everyone = { rank: 'reader', isSure: true } as const;
