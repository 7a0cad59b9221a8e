import type { Concern, Severity } from '../finding.ts';
import { MAX_CONCERNS } from './limits.ts';
import type { Position } from './lines.ts';

/** A concern about one file, without its path. */
export type Report = (concern: {
  readonly rule: string;
  readonly message: string;
  readonly yamlPath: string;
  readonly position: Position;
  readonly flagged?: string;
  readonly severity?: Severity;
}) => void;

/** Collects the concerns of one file: at most `max`, of which the last counts those that are left out. */
export function reporterFor(
  path: string,
  max = MAX_CONCERNS,
): { readonly report: Report; readonly concerns: () => readonly Concern[] } {
  const kept: Concern[] = [];
  let total = 0;
  const report: Report = ({ rule, message, yamlPath, position, flagged, severity = 'error' }) => {
    total += 1;
    if (total > max) return;
    const location = { path, ...position };
    kept.push({ rule, severity, message, location, yamlPath, ...(flagged !== undefined && { flagged }) });
  };
  const concerns = (): readonly Concern[] => {
    if (total <= max) return kept;
    const message = `${total - max + 1} more findings of this file are not shown. Mend the ones above and the rest will follow.`;
    const location = { path, line: 1, column: 1 };
    return [
      ...kept.slice(0, max - 1),
      { rule: 'yaml/more-findings', severity: 'note', message, location, yamlPath: '.' },
    ];
  };
  return { report, concerns };
}
