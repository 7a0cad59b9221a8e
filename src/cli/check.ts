import { noNeighbourhood } from '../core/duplicates/example-key.ts';
import type { Contribution } from '../core/contribution.ts';
import { identify } from '../core/finding.ts';
import type { ParseOptions } from '../core/parse/qna.ts';
import { defaultPolicy } from '../core/policy.ts';
import { asUpstream } from '../core/rules/as-upstream.ts';
import { checkContribution } from '../core/rules/index.ts';
import { startParser } from '../parser/index.ts';
import { fixFiles, formatFixes } from './fix.ts';
import { formatGitHub } from './formats/github.ts';
import { formatJson } from './formats/json.ts';
import { formatSarif } from './formats/sarif.ts';
import { formatText } from './formats/text.ts';
import type { ExitCode } from './exit-code.ts';
import { findFiles } from './local-files.ts';
import type { LocalFile } from './local-files.ts';
import { startProgress } from './progress.ts';
import { exitCodeOf } from './report.ts';
import type { Report } from './report.ts';
import type { Terminal } from './terminal.ts';

type Reading = Required<Pick<ParseOptions, 'schemaVersion' | 'profile'>> & Pick<ParseOptions, 'suggestions'>;

type Options = Reading & {
  /** Mends first what can be proved safe, and then checks what is left. */
  readonly fix?: true;
  readonly format: 'text' | 'json' | 'sarif' | 'github';
};

/** Files that are parsed between two strokes of the progress bar. */
const FILES_AT_A_TIME = 50;

/** Runs the rules on files of the disk, as if a pull request added them. */
export async function check(
  paths: readonly string[],
  { format, fix, ...reading }: Options,
  terminal: Terminal,
  version: string,
): Promise<ExitCode> {
  let files = await findFiles(paths);
  if (files.length === 0) throw new Error('There is no qna.yaml in what you named, so there is nothing to check.');
  if (fix) {
    const fixed = await fixFiles(files, reading);
    // What programs read is the report alone.
    (format === 'text' ? terminal.out : terminal.err)(formatFixes(fixed, terminal.paint));
    files = await findFiles(paths);
  }
  // Of all formats only this one carries suggestions.
  const suggestions = format === 'json' ? 'proved' : 'none';
  const report = await checkFiles(files, { ...reading, suggestions }, terminal);
  switch (format) {
    case 'text':
      terminal.out(formatText(report, terminal.paint));
      break;
    case 'json':
      terminal.out(formatJson(report));
      break;
    case 'sarif':
      terminal.out(formatSarif(report, version));
      break;
    case 'github':
      terminal.out(formatGitHub(report));
      break;
  }
  return exitCodeOf(report);
}

async function checkFiles(files: readonly LocalFile[], reading: Reading, terminal: Terminal): Promise<Report> {
  const parser = startParser(reading);
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
      reports.push(reportOn(inRoot, joined(parts), reading));
    }
    return { files: reports.flatMap(each => each.files), findings: reports.flatMap(each => each.findings) };
  } finally {
    progress.end();
    await parser.close();
  }
}

/** Says of the files of one root what the rules say, under the names that the person gave. */
function reportOn(
  files: readonly LocalFile[],
  contribution: Contribution,
  { schemaVersion, profile }: Reading,
): Report {
  const shownAs = new Map(files.map(({ shown, file }) => [file.path, shown]));
  const rename = <T extends { readonly path: string }>(place: T): T => ({
    ...place,
    path: shownAs.get(place.path) ?? place.path,
  });
  // Like the taxonomy's own check: a file that is held to its own schema version, and that is 1, may go without attribution.
  const exempt = new Set(
    schemaVersion === 'document' ? contribution.leaves.filter(leaf => leaf.version === 1).map(({ path }) => path) : [],
  );
  const checked = checkContribution(contribution, {
    pullRequest: { headSha: '', files: files.map(({ file }) => file) },
    taxonomy: { sha: '', files: new Map() },
    policy: defaultPolicy,
    neighbourhood: noNeighbourhood,
  }).filter(({ rule, location }) => rule !== 'attribution/missing' || !exempt.has(location.path));
  const all = [...contribution.concerns, ...checked];
  const concerns = profile === 'instructlab' ? asUpstream(all, contribution, schemaVersion) : all;
  return {
    files: contribution.account.map(rename),
    findings: identify(concerns).map(finding => ({
      ...finding,
      location: rename(finding.location),
      ...(finding.related === undefined ? {} : { related: finding.related.map(rename) }),
    })),
  };
}

const joined = (parts: readonly Contribution[]): Contribution => ({
  leaves: parts.flatMap(({ leaves }) => leaves),
  attributions: parts.flatMap(({ attributions }) => attributions),
  account: parts.flatMap(({ account }) => account),
  concerns: parts.flatMap(({ concerns }) => concerns),
});
