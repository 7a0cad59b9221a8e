import { severities } from '../core/finding.ts';
import type { Severity } from '../core/finding.ts';
import type { BacktestLine } from './backtest-line.ts';

type Counts = Readonly<Record<string, number>>;

/** What all reviewed pull requests have together. */
export type Totals = {
  readonly pullRequests: number;
  readonly outcomes: Counts;
  /** Conclusions of each check: `assay/rules failure`. */
  readonly checks: Counts;
  readonly labels: Counts;
  readonly severities: Readonly<Record<Severity, number>>;
  /** Pull requests with at least one finding of the rule. */
  readonly pullRequestsByRule: Counts;
  readonly findings: Counts;
  readonly writes: number;
  readonly milliseconds: number;
  readonly slowest: { readonly number: number; readonly milliseconds: number };
};

export const noTotals: Totals = {
  pullRequests: 0,
  outcomes: {},
  checks: {},
  labels: {},
  severities: { error: 0, question: 0, note: 0 },
  pullRequestsByRule: {},
  findings: {},
  writes: 0,
  milliseconds: 0,
  slowest: { number: 0, milliseconds: 0 },
};

/** The totals with one more pull request. */
export function addUp(totals: Totals, line: BacktestLine): Totals {
  const rules = line.findings.map(({ rule }) => rule);
  const ofSeverity = (severity: Severity) => line.findings.filter(finding => finding.severity === severity).length;
  const [errors = 0, questions = 0, notes = 0] = severities.map(ofSeverity);
  return {
    pullRequests: totals.pullRequests + 1,
    outcomes: plus(totals.outcomes, [line.outcome]),
    checks: plus(
      totals.checks,
      Object.entries(line.checks).map(([name, conclusion]) => `${name} ${conclusion}`),
    ),
    labels: plus(totals.labels, line.labels),
    severities: {
      error: totals.severities.error + errors,
      question: totals.severities.question + questions,
      note: totals.severities.note + notes,
    },
    pullRequestsByRule: plus(totals.pullRequestsByRule, new Set(rules)),
    findings: plus(totals.findings, rules),
    writes: totals.writes + line.writes,
    milliseconds: Math.round((totals.milliseconds + line.milliseconds) * 10) / 10,
    slowest:
      line.milliseconds > totals.slowest.milliseconds
        ? { number: line.number, milliseconds: line.milliseconds }
        : totals.slowest,
  };
}

function plus(counts: Counts, names: Iterable<string>): Counts {
  const sum = { ...counts };
  for (const name of names) sum[name] = (sum[name] ?? 0) + 1;
  return sum;
}
