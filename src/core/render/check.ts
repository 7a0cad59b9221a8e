import type { Contribution } from '../contribution.ts';
import { escapeText } from '../escape.ts';
import type { Finding } from '../finding.ts';
import { gravestFirst } from '../finding-order.ts';
import { MAX_CHECK_TEXT, fitLines } from '../limits.ts';
import type { Precheck } from '../precheck/precheck.ts';
import { groupAlike, renderFinding } from './finding.ts';
import { judgeLines } from './judge-section.ts';
import type { Place } from './place.ts';
import { precheckLines } from './precheck.ts';
import { count, summarise } from './words.ts';

/** What each family of rules stands for, in the order in which people should read them. */
const gates: ReadonlyMap<string, string> = new Map([
  ['yaml', 'The files can be read'],
  ['schema', 'The fields are those of the schema'],
  ['layout', 'The files are in the right place'],
  ['attribution', 'The sources are named'],
  ['duplicate', 'The examples are new'],
  ['content', 'The examples say something'],
  ['contribution', 'The pull request is in order'],
]);

const family = ({ rule }: Finding): string => rule.slice(0, rule.indexOf('/'));

/** The long text of `assay/rules`: each gate with what is missing, and an account of every changed file. */
export function renderGates(findings: readonly Finding[], contribution: Contribution, place: Place): string {
  const byFamily = Map.groupBy(gravestFirst(findings), family);
  const names = [...gates.keys(), ...[...byFamily.keys()].filter(name => !gates.has(name)).toSorted()];
  const isReadable = !byFamily.has('yaml') && contribution.account.every(({ state }) => state !== 'unread');
  const account = renderAccount(contribution);
  const grouped = names.map(name => ({ name, missing: groupAlike(byFamily.get(name) ?? []) }));
  function* lines(): Generator<string> {
    yield* account;
    for (const { name, missing } of grouped) {
      const title = gates.get(name) ?? escapeText(name, 64);
      yield heading(
        title,
        summarise(missing.flat()) || (isReadable ? 'yes' : 'nothing found in what could be read'),
        missing,
      );
      for (const alike of missing) yield renderFinding(alike, place, { inFile: true });
    }
  }
  return fitText(lines(), account.length + grouped.reduce((sum, { missing }) => sum + 1 + missing.length, 0));
}

/** The long text of `assay/judge`; empty where it has nothing to tell. */
export function renderRemarks(
  facts: Parameters<typeof judgeLines>[0] & { readonly precheck?: Precheck | undefined },
  findings: readonly Finding[],
  place: Place,
): string {
  const { lines, total } = judgeLines(facts, findings, place);
  const ofPrecheck = precheckLines(facts.precheck, place);
  function* both(): Generator<string> {
    yield* lines;
    yield* ofPrecheck;
  }
  return fitText(both(), total + ofPrecheck.length);
}

function renderAccount({ account }: Contribution): readonly string[] {
  const unread = account.filter(({ state }) => state === 'unread');
  const title = 'Every changed file was looked at';
  if (unread.length === 0) return [heading(title, `yes, ${count(account.length, 'file')}`, unread)];
  return [
    heading(title, `no, ${count(unread.length, 'file')} of ${account.length} could not be read`, unread),
    ...unread.map(({ path, reason }) => `- ${escapeText(path, 400)}: ${escapeText(reason ?? 'unknown reason', 200)}`),
  ];
}

/** A list needs an empty line before it, a paragraph one behind it: the next heading brings that. */
const heading = (title: string, result: string, list: readonly unknown[]): string =>
  `\n**${title}**: ${result}${list.length > 0 ? '\n' : ''}`;

const fitText = (lines: Iterable<string>, total: number): string =>
  fitLines(lines, total, { maxBytes: MAX_CHECK_TEXT }, left => `\n… and ${count(left, 'more line')} left out.`).trim();
