import type { Attribution, Contribution, FileAccount, Leaf } from '../contribution.ts';
import type { Concern } from '../finding.ts';
import type { ChangedFile } from '../pull-request.ts';
import { roleOf } from '../taxonomy.ts';

/** What one changed file brings. Plain data: it travels between threads. */
export type ParsedFile = {
  readonly account: FileAccount;
  readonly leaf?: Leaf;
  readonly attribution?: Attribution;
  readonly concerns: readonly Concern[];
};

/** Puts the files together again after each was read on its own. */
export const contributionOf = (parsed: readonly ParsedFile[]): Contribution => ({
  leaves: parsed.flatMap(({ leaf }) => leaf ?? []),
  attributions: parsed.flatMap(({ attribution }) => attribution ?? []),
  account: parsed.map(({ account }) => account),
  concerns: parsed.flatMap(({ concerns }) => concerns),
});

/** A file that counts as read by nobody, with what the contributor can do about it. */
export function unread({ path }: ChangedFile, reason: string, rule: string, message: string): ParsedFile {
  return {
    account: { path, role: roleOf(path), state: 'unread', reason },
    concerns: [{ rule, severity: 'error', message, location: { path, line: 1, column: 1 }, yamlPath: '.' }],
  };
}
