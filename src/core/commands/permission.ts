import type { Role } from '../conversation.ts';
import { commands, entryOf } from './registry.ts';
import type { Verb } from './registry.ts';

/** From the least to the most. Custom roles of an organisation are none of these and count as unknown. */
const ranks = ['none', 'read', 'triage', 'write', 'maintain', 'admin'] as const satisfies readonly Role[];

/** Who gives the command, at the time when it is carried out. */
export type Asker = { readonly role: Role; readonly isAuthor: boolean };

/**
 * Whether the command may be carried out. A role that could not be asked for denies, and is told apart from a no. A command that
 * nobody knows needs what help needs: it is only answered.
 */
export function mayRun(
  command: { readonly type: Verb | 'unknown' },
  { role, isAuthor }: Asker,
): 'yes' | 'no' | 'unverified' {
  const entry = entryOf(command.type === 'unknown' ? 'help' : command.type) ?? commands[0];
  if (entry === undefined) return 'no';
  if (isAuthor && entry.allowed.author) return 'yes';
  if (role === 'unknown') return 'unverified';
  return ranks.indexOf(role) >= ranks.indexOf(entry.allowed.role) ? 'yes' : 'no';
}
