import { severities } from './finding.ts';
import type { Finding } from './finding.ts';

/** Whether the judge noticed it. Everything else comes from rules and may fail a check. */
export const isByJudge = ({ rule }: Pick<Finding, 'rule'>): boolean => rule.startsWith('judge/');

/**
 * What the sticky comment alone tells: it asks nobody for anything, so it makes no mark on a line, and no check run is new because
 * a later pull request came or went.
 */
export const isForCommentOnly = ({ rule }: Pick<Finding, 'rule'>): boolean => rule === 'duplicate/also-in';

/** The order in which people read: the gravest first, then by file and line. Total, so that equal lists look equal. */
export const gravestFirst = (findings: readonly Finding[]): readonly Finding[] =>
  findings.toSorted(
    (a, b) =>
      severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
      compare(a.location.path, b.location.path) ||
      a.location.line - b.location.line ||
      a.location.column - b.location.column ||
      compare(a.fingerprint, b.fingerprint),
  );

/** The findings by file; files and the findings of each with the gravest first. */
export const byFile = (findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> =>
  Map.groupBy(gravestFirst(findings), ({ location }) => location.path);

// By code unit: the order of a locale differs from machine to machine.
const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
