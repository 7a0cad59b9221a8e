import { startParser } from '../parser/index.ts';
import { daysOf } from '../recorded/backtest.ts';
import type { RecordedDay } from '../recorded/backtest.ts';
import { readRecording } from '../recorded/recording.ts';
import { reviewPullRequest } from '../review.ts';
import type { Reviewed } from '../review.ts';
import { createExamplesInMemory } from '../store/examples-in-memory.ts';
import type { BacktestLine } from './backtest-line.ts';
import { addUp, noTotals } from './backtest-totals.ts';
import { formatLine, formatTotals } from './formats/backtest.ts';
import type { ExitCode } from './exit-code.ts';
import { markdownToText } from './markdown-text.ts';
import { startProgress } from './progress.ts';
import type { Terminal } from './terminal.ts';

type Options = { readonly pr?: number; readonly json?: true; readonly comment?: true };

/** Runs the story over recorded pull requests, without a model, and tells what it would have done. */
export async function backtest(folder: string, options: Options, terminal: Terminal): Promise<ExitCode> {
  const recording = await readRecording(folder);
  const days = daysOf(recording, options.pr);
  const parser = startParser();
  const ports = { examples: createExamplesInMemory(), parse: parser.parse };
  const progress = startProgress('Reviewing', recording.pullRequests.length, terminal);
  let totals = noTotals;
  let done = 0;
  try {
    for (const day of days) {
      const { line, comment } = await reviewDay(day, ports);
      progress.advanceTo(++done);
      if (!day.isWanted) continue;
      totals = addUp(totals, line);
      progress.end();
      terminal.out(options.json === true ? `${JSON.stringify(line)}\n` : formatLine(line, terminal.paint));
      if (options.comment === true && options.json !== true && comment !== undefined)
        terminal.out(`${markdownToText(comment, terminal)}\n`);
    }
  } finally {
    progress.end();
    await parser.close();
  }
  terminal.out(options.json === true ? `${JSON.stringify({ totals })}\n` : formatTotals(totals, terminal.paint));
  if ((totals.outcomes['failed'] ?? 0) > 0) return 2;
  return totals.severities.error > 0 ? 1 : 0;
}

type Ports = Omit<Parameters<typeof reviewPullRequest>[1], 'github' | 'now'>;

async function reviewDay(
  { ref, github, now, isWanted }: RecordedDay,
  ports: Ports,
): Promise<{ readonly line: BacktestLine; readonly comment?: string }> {
  const started = performance.now();
  const settings = { host: 'https://github.com', appSlug: 'assay', judgeKey: '' };
  const cause = { wasTouched: () => Promise.resolve(isWanted) };
  const reviewed = await reviewPullRequest(ref, { ...ports, github, now }, settings, cause).catch(
    (error: unknown) => ({ type: 'failed', error }) as const,
  );
  if (reviewed.type === 'failed' && process.env['ASSAY_DEBUG'] !== undefined) throw reviewed.error;
  const milliseconds = Math.round((performance.now() - started) * 10) / 10;
  const line = { number: ref.number, ...tell(reviewed), milliseconds };
  return reviewed.type === 'published' && reviewed.plan.comment !== undefined
    ? { line, comment: reviewed.plan.comment }
    : { line };
}

function tell(reviewed: Reviewed | { readonly type: 'failed' }): Omit<BacktestLine, 'number' | 'milliseconds'> {
  if (reviewed.type !== 'published') return { outcome: reviewed.type, checks: {}, labels: [], findings: [], writes: 0 };
  const { verdict, plan, writes } = reviewed;
  return {
    outcome: verdict.outcome,
    checks: Object.fromEntries(plan.checks.map(({ name, conclusion }) => [name, conclusion ?? 'in_progress'])),
    labels: plan.labels?.present ?? [],
    findings: verdict.findings,
    writes,
  };
}
