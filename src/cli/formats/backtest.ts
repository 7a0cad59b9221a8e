import type { BacktestLine } from '../backtest-line.ts';
import type { Totals } from '../backtest-totals.ts';
import type { Paint } from '../terminal.ts';
import { count } from './text.ts';

const colours: Readonly<Record<string, 'green' | 'yellow' | 'red'>> = {
  pass: 'green',
  escalate: 'yellow',
  request_changes: 'red',
  incomplete: 'red',
  failed: 'red',
};

/** One pull request on one line: what it came to, what was found, which labels, how many writes. */
export function formatLine(
  { number, outcome, findings, labels, writes, milliseconds }: BacktestLine,
  paint: Paint,
): string {
  const rules = Object.entries(Object.groupBy(findings, ({ rule }) => rule)).map(([rule, found = []]) =>
    found.length === 1 ? rule : `${rule} ×${found.length}`,
  );
  const parts = [
    rules.length === 0 ? 'no findings' : rules.join(', '),
    labels.length === 0 ? 'no labels' : `labels ${labels.join(', ')}`,
    count(writes, 'write'),
    `${milliseconds} ms`,
  ];
  const head = `${paint('bold', `#${number}`)} ${paint(colours[outcome] ?? 'dim', outcome)}`;
  return `${head}: ${parts.join('; ')}\n`;
}

/** Everything together, as a table of counts from the most frequent down. */
export function formatTotals(totals: Totals, paint: Paint): string {
  const { pullRequests, writes, milliseconds, slowest } = totals;
  const each = pullRequests === 0 ? 0 : Math.round((milliseconds / pullRequests) * 10) / 10;
  return [
    '',
    paint(
      'bold',
      `${count(pullRequests, 'pull request')}, ${count(writes, 'write')}, ${each} ms each (the slowest, #${slowest.number}: ${slowest.milliseconds} ms)`,
    ),
    ...tableOf('Outcomes', totals.outcomes, paint),
    ...tableOf('Checks', totals.checks, paint),
    ...tableOf('Labels', totals.labels, paint),
    ...tableOf('Pull requests with a finding of', totals.pullRequestsByRule, paint),
    '',
  ].join('\n');
}

function tableOf(title: string, counts: Readonly<Record<string, number>>, paint: Paint): readonly string[] {
  const rows = Object.entries(counts).toSorted(([, a], [, b]) => b - a);
  if (rows.length === 0) return [];
  const width = Math.max(...rows.map(([, number]) => String(number).length));
  return ['', paint('bold', title), ...rows.map(([name, number]) => `  ${String(number).padStart(width)}  ${name}`)];
}
