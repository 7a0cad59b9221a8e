import type { Contribution } from '../core/contribution.ts';
import { startParser } from '../parser/index.ts';
import type { Parser } from '../parser/index.ts';
import type { ExitCode } from './exit-code.ts';
import { findFiles } from './local-files.ts';
import type { LocalFile } from './local-files.ts';
import { startProgress } from './progress.ts';
import { exitCodeOf } from './report.ts';
import type { Report } from './report.ts';
import type { Reading } from './report-on.ts';
import type { Terminal } from './terminal.ts';

type Options = Omit<Reading, 'suggestions'> & {
  /** Mends first what can be proved safe, and then checks what is left. */
  readonly fix?: true;
  readonly format: 'text' | 'json' | 'sarif' | 'github';
};

/** Files that are parsed between two strokes of the progress bar. */
const FILES_AT_A_TIME = 50;

/**
 * Runs the rules on files of the disk, as if a pull request added them. The thread that reads them starts at once, and what is
 * not needed for that is loaded meanwhile: most runs are of a single file, and a quarter of a second is felt.
 */
export async function check(
  paths: readonly string[],
  { format, fix, schemaVersion, profile }: Options,
  terminal: Terminal,
  version: string,
): Promise<ExitCode> {
  // Of all formats only this one carries suggestions.
  const suggestions = format === 'json' ? 'proved' : 'none';
  const reading: Reading = { schemaVersion, profile, suggestions };
  const parser = startParser(reading);
  try {
    parser.begin();
    let files = await findFiles(paths);
    if (files.length === 0) throw new Error('There is no qna.yaml in what you named, so there is nothing to check.');
    if (fix) {
      const { fixFiles, formatFixes } = await import('./fix.ts');
      const fixed = await fixFiles(files, { schemaVersion, profile });
      // What programs read is the report alone.
      (format === 'text' ? terminal.out : terminal.err)(formatFixes(fixed, terminal.paint));
      files = await findFiles(paths);
    }
    const report = await checkFiles(files, parser, reading, terminal);
    terminal.out(await written(report, format, terminal, version));
    return exitCodeOf(report);
  } finally {
    await parser.close();
  }
}

async function written(
  report: Report,
  format: Options['format'],
  { paint }: Terminal,
  version: string,
): Promise<string> {
  switch (format) {
    case 'text':
      return (await import('./formats/text.ts')).formatText(report, paint);
    case 'json':
      return (await import('./formats/json.ts')).formatJson(report);
    case 'sarif':
      return (await import('./formats/sarif.ts')).formatSarif(report, version);
    case 'github':
      return (await import('./formats/github.ts')).formatGitHub(report);
  }
}

async function checkFiles(
  files: readonly LocalFile[],
  parser: Parser,
  reading: Reading,
  terminal: Terminal,
): Promise<Report> {
  const rules = import('./report-on.ts');
  const progress = startProgress('Checking', files.length, terminal);
  try {
    const reports: Report[] = [];
    let done = 0;
    for (const inRoot of Map.groupBy(files, ({ root }) => root).values()) {
      const parts: Contribution[] = [];
      for (let at = 0; at < inRoot.length; at += FILES_AT_A_TIME) {
        const batch = inRoot.slice(at, at + FILES_AT_A_TIME);
        parts.push(await parser.parse(batch.map(({ file }) => file)));
        progress.advanceTo((done += batch.length));
      }
      const { reportOn } = await rules;
      reports.push(reportOn(inRoot, joined(parts), reading));
    }
    return { files: reports.flatMap(each => each.files), findings: reports.flatMap(each => each.findings) };
  } finally {
    progress.end();
  }
}

const joined = (parts: readonly Contribution[]): Contribution => ({
  leaves: parts.flatMap(({ leaves }) => leaves),
  attributions: parts.flatMap(({ attributions }) => attributions),
  account: parts.flatMap(({ account }) => account),
  concerns: parts.flatMap(({ concerns }) => concerns),
});
