import type { BacktestLine } from '../backtest-line.ts';
import type { Totals } from '../backtest-totals.ts';
import type { LabelScore } from '../backtest-labels.ts';
import type { Wave } from '../../recorded/waves.ts';
import { printable } from '../terminal.ts';
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
  { number, outcome, findings, like, labels, writes, milliseconds }: BacktestLine,
  paint: Paint,
): string {
  const rules = Object.entries(Object.groupBy(findings, ({ rule }) => rule)).map(([rule, found = []]) =>
    found.length === 1 ? rule : `${rule} ×${found.length}`,
  );
  const parts = [
    rules.length === 0 ? 'no findings' : rules.join(', '),
    ...(like.length === 0 ? [] : [`like ${naming(like)}`]),
    labels.length === 0 ? 'no labels' : `labels ${labels.join(', ')}`,
    count(writes, 'write'),
    `${milliseconds} ms`,
  ];
  const head = `${paint('bold', `#${number}`)} ${paint(colours[outcome] ?? 'dim', outcome)}`;
  return `${head}: ${parts.join('; ')}\n`;
}

/** What the reviews said of each other: groups of pull requests about one thing, and how that agrees with what readers said. */
export function formatDuplicates(
  { waves, labels }: { readonly waves: readonly Wave[]; readonly labels: readonly LabelScore[] },
  nameOf: (number: number) => string,
  paint: Paint,
): string {
  const told = waves.map(({ first, later, pointing }) => {
    const pointed = pointing === later.length ? 'all name it' : `${pointing} name it, the others one of these`;
    const name = printable(nameOf(first));
    return `  #${first} ${paint('dim', name)}, then ${naming(later, WAVE_NAMED)}: ${pointed}`;
  });
  const scores = labels.map(({ kind, label, pairs, named, questioned, withFile }) => {
    const share = pairs === 0 ? '' : ` (${Math.round((100 * named) / pairs)} %)`;
    return `  ${kind} pairs that a reader called ${label}: ${named} of ${pairs} named${share}, ${questioned} asked about${withFile === 0 ? '' : `, ${withFile} more told of with their whole file`}`;
  });
  return [
    ...(told.length === 0
      ? []
      : [paint('bold', `${count(waves.length, 'group')} of three or more, by the first`), ...told, '', '']),
    ...(scores.length === 0 ? [] : [paint('bold', 'Against labels'), ...scores, ...qualityOf(labels), '', '']),
  ].join('\n');
}

/** Of contributions, which were called `yes`, `partial` and `no`: a `partial` pair is right to ask about, and need not be. */
function qualityOf(labels: readonly LabelScore[]): readonly string[] {
  const of = (label: string) => labels.find(score => score.kind === 'contribution' && score.label === label);
  const [yes, no] = [of('yes'), of('no')];
  if (yes === undefined || no === undefined) return [];
  const percent = (part: number, whole: number): string =>
    whole === 0 ? 'none' : `${Math.round((100 * part) / whole)} %`;
  return [
    `  asking about contributions, without the partial ones: precision ${percent(yes.questioned, yes.questioned + no.questioned)}, recall ${percent(yes.questioned, yes.pairs)}`,
  ];
}

/** Numbers that one line names before it counts. */
const NAMED = 4;
const WAVE_NAMED = 12;

function naming(numbers: readonly number[], named = NAMED): string {
  const first = numbers.slice(0, named).map(number => `#${number}`);
  const more = numbers.length - first.length;
  return more === 0 ? first.join(', ') : `${first.join(', ')} and ${more} more`;
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
