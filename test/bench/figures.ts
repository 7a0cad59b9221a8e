/** One line of the table: what was measured, what came out, and what it should be if there is a goal. */
export type Figure = { readonly what: string; readonly value: string; readonly goal?: string };

/** The value below which this share of the values lies (nearest rank). `share` is in (0, 1]; 0 for no values. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

/** Milliseconds for people. */
export const ms = (value: number): string => `${value < 10 ? value.toFixed(1) : Math.round(value).toString()} ms`;

/** The figures as a Markdown table, in columns of equal width. */
export function toTable(figures: readonly Figure[]): string {
  const rows = [['what', 'measured', 'goal'], ...figures.map(({ what, value, goal = '' }) => [what, value, goal])];
  const widths = [0, 1, 2].map(column => Math.max(...rows.map(row => row[column]?.length ?? 0)));
  const lines = rows.map(row => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`);
  const rule = `|${widths.map(width => '-'.repeat(width + 2)).join('|')}|`;
  return [lines[0], rule, ...lines.slice(1)].join('\n');
}
