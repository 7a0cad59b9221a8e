import { startParser } from '../parser/index.ts';
import { daysOf } from '../recorded/backtest.ts';
import type { RecordedDay } from '../recorded/backtest.ts';
import { readLabelledPairs } from '../recorded/labelled-pairs.ts';
import { readRecording } from '../recorded/recording.ts';
import type { RecordedPullRequest } from '../recorded/recording.ts';
import { leafNode } from '../core/contribution.ts';
import { isInTaxonomy, roleOf } from '../core/taxonomy.ts';
import { wavesOf } from '../recorded/waves.ts';
import type { Told } from '../recorded/waves.ts';
import type { ParseFiles } from '../ports.ts';
import type { Finding } from '../core/finding.ts';
import { scoreLabels } from './backtest-labels.ts';
import type { ReviewOfDuplicates } from './backtest-labels.ts';
import { reviewPullRequest } from '../review.ts';
import type { Reviewed } from '../review.ts';
import { createExamplesInMemory } from '../store/examples-in-memory.ts';
import type { BacktestLine } from './backtest-line.ts';
import { addUp, noTotals } from './backtest-totals.ts';
import { formatDuplicates, formatLine, formatTotals } from './formats/backtest.ts';
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
  const labelled = await readLabelledPairs(folder);
  const names = new Map(recording.pullRequests.map(pullRequest => [pullRequest.number, firstLeaf(pullRequest)]));
  const reviews = new Map<number, ReviewOfDuplicates>();
  const told: Told[] = [];
  let totals = noTotals;
  let done = 0;
  try {
    for (const day of days) {
      const { line, comment, questionLines } = await reviewDay(day, ports);
      progress.advanceTo(++done);
      if (!day.isWanted) continue;
      totals = addUp(totals, line);
      told.push({ number: line.number, like: line.like });
      reviews.set(line.number, { findings: line.findings, questionLines });
      progress.end();
      terminal.out(options.json === true ? `${JSON.stringify(line)}\n` : formatLine(line, terminal.paint));
      if (options.comment === true && options.json !== true && comment !== undefined)
        terminal.out(`${markdownToText(comment, terminal)}\n`);
    }
  } finally {
    progress.end();
    await parser.close();
  }
  const duplicates = { waves: wavesOf(told), labels: scoreLabels(labelled, reviews) };
  terminal.out(
    options.json === true
      ? `${JSON.stringify({ totals: { ...totals, ...duplicates } })}\n`
      : formatTotals(totals, terminal.paint) +
          formatDuplicates(duplicates, number => names.get(number) ?? '', terminal.paint),
  );
  if ((totals.outcomes['failed'] ?? 0) > 0) return 2;
  return totals.severities.error > 0 ? 1 : 0;
}

type Ports = Omit<Parameters<typeof reviewPullRequest>[1], 'github' | 'now'>;

async function reviewDay(
  { ref, github, now, isWanted }: RecordedDay,
  ports: Ports,
): Promise<{
  readonly line: BacktestLine;
  readonly comment?: string;
  readonly questionLines: ReviewOfDuplicates['questionLines'];
}> {
  const questionLines = new Map<string, readonly number[]>();
  // The pull request's own files are read before those of the taxonomy, which may have the same paths.
  const parse: ParseFiles = async files => {
    const contribution = await ports.parse(files);
    for (const { path, examples } of contribution.leaves)
      if (!questionLines.has(path))
        questionLines.set(
          path,
          examples.map(({ question }) => question.line),
        );
    return contribution;
  };
  const started = performance.now();
  const settings = { host: 'https://github.com', appSlug: 'assay', judgeKey: '' };
  const cause = { wasTouched: () => Promise.resolve(isWanted) };
  const reviewed = await reviewPullRequest(ref, { ...ports, parse, github, now }, settings, cause).catch(
    (error: unknown) => ({ type: 'failed', error }) as const,
  );
  if (reviewed.type === 'failed' && process.env['ASSAY_DEBUG'] !== undefined) throw reviewed.error;
  const milliseconds = Math.round((performance.now() - started) * 10) / 10;
  const line = { number: ref.number, ...tell(ref.number, reviewed), milliseconds };
  return reviewed.type === 'published' && reviewed.plan.comment !== undefined
    ? { line, comment: reviewed.plan.comment, questionLines }
    : { line, questionLines };
}

function tell(
  number: number,
  reviewed: Reviewed | { readonly type: 'failed' },
): Omit<BacktestLine, 'number' | 'milliseconds'> {
  if (reviewed.type !== 'published')
    return { outcome: reviewed.type, checks: {}, labels: [], findings: [], like: [], writes: 0 };
  const { verdict, plan, writes } = reviewed;
  return {
    outcome: verdict.outcome,
    checks: Object.fromEntries(plan.checks.map(({ name, conclusion }) => [name, conclusion ?? 'in_progress'])),
    labels: plan.labels?.present ?? [],
    findings: verdict.findings,
    like: earlierLike(number, verdict.findings),
    writes,
  };
}

/** Earlier pull requests that a triager is asked about. */
function earlierLike(number: number, findings: readonly Finding[]): readonly number[] {
  const asking = findings.filter(({ rule, severity }) => rule.startsWith('duplicate/') && severity !== 'note');
  const named = asking.flatMap(({ related = [] }) => related.flatMap(({ pullRequest }) => pullRequest ?? []));
  return [...new Set(named)].filter(other => other < number).toSorted((a, b) => a - b);
}

/** The leaf node that says best what a pull request is about; its title is "Add files via upload" all too often. */
function firstLeaf({ files, title }: RecordedPullRequest): string {
  const leaf = files.find(({ path }) => roleOf(path) === 'qna') ?? files.find(({ path }) => isInTaxonomy(path));
  return leaf === undefined ? title : leafNode(leaf.path);
}
