import type { ParsedCommand } from './command.ts';
import { isMisunderstood } from './command.ts';
import { commands, entryOf } from './registry.ts';
import type { TriageRole, Verb } from './registry.ts';

/** What somebody is here, from the least to the most. Whoever can comment is a reader. */
const ranks = ['reader', 'triager', 'approver', 'maintainer'] as const satisfies readonly (TriageRole | 'reader')[];
export type Rank = (typeof ranks)[number];

/**
 * Who gives the command, at the time when it is carried out. `rank` is what could be made sure of; `isSure` is false when GitHub
 * could not be asked whether it is more.
 */
export type Asker = { readonly rank: Rank; readonly isSure: boolean; readonly isAuthor: boolean };

/** Whether somebody must be asked for their role before this verb, or this word that is none, can be answered. */
export const needsRole = (word: string, isAuthor: boolean): boolean => {
  const entry = commands.find(({ verb }) => verb === word);
  if (entry === undefined || entry.allowed.role === 'reader') return false;
  return !isAuthor || entry.allowed.author !== 'yes';
};

/** Whether somebody of this rank counts as one of the other. */
export const isAtLeast = (rank: Rank, other: Rank): boolean => ranks.indexOf(rank) >= ranks.indexOf(other);

/** `own`: nobody decides on a pull request of their own. `unverified`: GitHub could not tell. */
export type Permission = 'yes' | 'no' | 'own' | 'unverified';

/**
 * Whether the command may be carried out. What could not be asked for denies, and is told apart from a no. A command that nobody
 * understands needs what help needs: it is only answered.
 */
export function mayRun(command: ParsedCommand, asker: Asker): Permission {
  if (isMisunderstood(command)) return mayUse('help', asker);
  // Beyond the budget it is a maintainer's money.
  if (command.type === 'review' && command.judge) return decide('maintainer', asker);
  return mayUse(command.type, asker);
}

function mayUse(verb: Verb, asker: Asker): Permission {
  const allowed = entryOf(verb)?.allowed;
  if (allowed === undefined) return 'no';
  if (asker.isAuthor && allowed.author === 'yes') return 'yes';
  if (asker.isAuthor && allowed.author === 'never') return 'own';
  return decide(allowed.role, asker);
}

function decide(needed: Rank, { rank, isSure }: Asker): Permission {
  if (isAtLeast(rank, needed)) return 'yes';
  return isSure ? 'no' : 'unverified';
}
