import { roleOf } from '../../src/core/taxonomy.ts';
import type { Reviewed } from './evidence.ts';

/** What the taxonomy asked for changed with time: attribution from April 2024 on, a schema for knowledge from August 2024 on. */
export const eras = [
  { name: '#1–714', from: 1, to: 714 },
  { name: '#715–1252', from: 715, to: 1252 },
  { name: '#1253+', from: 1253, to: Infinity },
] as const;

/** How often one rule is told. */
export type RuleCount = {
  readonly findings: number;
  readonly files: number;
  /** Pull requests with at least one finding: of all, and of each era in the order of `eras`. */
  readonly pullRequests: number;
  readonly byEra: readonly number[];
  readonly acceptedFiles: number;
};

export type Counts = {
  readonly pullRequests: number;
  readonly byEra: readonly number[];
  readonly files: number;
  readonly acceptedFiles: number;
  readonly ofRule: (id: string) => RuleCount;
};

/** Counts findings by rule. */
export function countFindings(reviewed: readonly Reviewed[], accepted: Reviewed): Counts {
  const eraOf = (number: number) => eras.map(({ from, to }) => from <= number && number <= to);
  const inEras = (numbers: readonly number[]) =>
    eras.map((_, index) => numbers.filter(number => eraOf(number)[index] === true).length);
  const placed = reviewed.flatMap(({ number, findings }) =>
    findings.map(({ rule, location }) => ({ rule, number, file: `${number} ${location.path}` })),
  );
  const byRule = Map.groupBy(placed, ({ rule }) => rule);
  const acceptedByRule = Map.groupBy(accepted.findings, ({ rule }) => rule);
  return {
    pullRequests: reviewed.length,
    byEra: inEras(reviewed.map(({ number }) => number)),
    files: leavesIn(reviewed),
    acceptedFiles: leavesIn([accepted]),
    ofRule: id => {
      const found = byRule.get(id) ?? [];
      const numbers = [...new Set(found.map(({ number }) => number))];
      return {
        findings: found.length,
        files: new Set(found.map(({ file }) => file)).size,
        pullRequests: numbers.length,
        byEra: inEras(numbers),
        acceptedFiles: new Set(acceptedByRule.get(id)?.map(({ location }) => location.path)).size,
      };
    },
  };
}

/** Files that were meant as leaves and are there at the head. */
const leavesIn = (reviewed: readonly Reviewed[]): number =>
  reviewed
    .flatMap(({ files }) => files)
    .filter(({ path, status }) => status !== 'removed' && ['qna', 'misplaced'].includes(roleOf(path))).length;
