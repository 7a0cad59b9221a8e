import type { FileAccount } from '../core/contribution.ts';
import { severities } from '../core/finding.ts';
import type { Finding, Severity } from '../core/finding.ts';

/** What was looked at and what was found, before it has a format. */
export type Report = { readonly files: readonly FileAccount[]; readonly findings: readonly Finding[] };

/** Findings of each severity. */
export type Summary = Readonly<Record<`${Severity}s`, number>> & {
  /** Files that were looked at. */
  readonly files: number;
  /** Files that could not be looked at: nothing may be called clean while there are any. */
  readonly unread: number;
};

/** Counts a report. */
export function summarise({ files, findings }: Report): Summary {
  const [errors, questions, notes] = severities.map(
    severity => findings.filter(finding => finding.severity === severity).length,
  );
  return {
    files: files.filter(({ state }) => state === 'reviewed').length,
    errors: errors ?? 0,
    questions: questions ?? 0,
    notes: notes ?? 0,
    unread: files.filter(({ state }) => state === 'unread').length,
  };
}

/** Files that could not be looked at and that nothing is said about: our trouble, not the contributor's. */
export const unexplained = ({ files, findings }: Report): readonly FileAccount[] =>
  files.filter(
    ({ path, state }) =>
      state === 'unread' && !findings.some(({ location, severity }) => severity === 'error' && location.path === path),
  );

/** 2 when a file could not be looked at for a reason of ours, 1 when the contributor must act, else 0. */
export function exitCodeOf(report: Report): 0 | 1 | 2 {
  if (unexplained(report).length > 0) return 2;
  return summarise(report).errors > 0 ? 1 : 0;
}

/** By file in the order in which they were looked at, then from the top of the file down. */
export function byPlace({ files, findings }: Report): readonly Finding[] {
  const order = new Map(files.map(({ path }, index) => [path, index]));
  const rank = ({ location }: Finding) => order.get(location.path) ?? Infinity;
  return findings.toSorted(
    (a, b) =>
      compare(rank(a), rank(b)) ||
      compare(a.location.line, b.location.line) ||
      compare(a.location.column, b.location.column),
  );
}

const compare = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);
