import { codeSpan, escapeMessage, escapeText } from '../escape.ts';
import { shortId } from '../finding.ts';
import type { Finding, Related } from '../finding.ts';
import { isByJudge } from '../finding-order.ts';
import { linkTo } from '../links.ts';
import { anchorOf } from '../rules/anchor.ts';
import { renderCompared } from './compared.ts';
import { linkLines, linkNewFile } from './place.ts';
import type { Place } from './place.ts';
import { count, severityWords } from './words.ts';

/** More places and quotes than these are not shown: the first ones tell what is meant. */
const MAX_RELATED = 5;
const MAX_QUOTES = 2;
const MAX_LINES = 8;

/** Findings of one file that say the same of several lines; the first stands for all. */
export type Alike = readonly [Finding, ...Finding[]];

/** Puts together what says the same in the same file, in the order of the first of each. Quotes keep a finding apart. */
export function groupAlike(findings: readonly Finding[]): readonly Alike[] {
  const groups = Map.groupBy(
    findings,
    ({ location, severity, rule, message, evidence, fingerprint, waived, disputed }) =>
      JSON.stringify([
        location.path,
        severity,
        rule,
        message,
        evidence === undefined ? '' : fingerprint,
        waived?.commentId,
        disputed?.commentId,
      ]),
  );
  return [...groups.values()].flatMap(([first, ...others]): readonly Alike[] =>
    first === undefined ? [] : [[first, ...others]],
  );
}

/** One item of a list: where, what, and the id by which people can name it. `inFile` names the file where no title does. */
export function renderFinding(alike: Alike, place: Place, { inFile = false } = {}): string {
  const [finding] = alike;
  const isInFile = finding.location.path !== '';
  const shown = alike.slice(0, MAX_LINES).map(({ location }) => linkLines(place, location));
  const lines = alike.length > MAX_LINES ? [...shown, count(alike.length - MAX_LINES, 'more place')] : shown;
  const file = inFile && isInFile ? `${escapeText(finding.location.path.split('/').slice(-2).join('/'), 200)}, ` : '';
  const where = isInFile ? `, ${file}${lines.join(', ')}` : '';
  return [
    `- **${severityWords[finding.severity]}**${where}: ${escapeMessage(finding.message)}${renderName(finding, place)}`,
    ...renderDetails(alike, place).map(line => `  - ${line}`),
  ].join('\n');
}

/** What stands below the message: quotes from the contribution, and the other places that it speaks of. */
export const renderDetails = (alike: Alike, place: Place): readonly string[] => [
  ...alike.slice(0, 1).flatMap(renderWord),
  ...alike.slice(0, 1).flatMap(({ newFile }) => (newFile && linkNewFile(place, newFile)) ?? []),
  ...alike.flatMap(({ evidence = [] }) => evidence.slice(0, MAX_QUOTES)).map(renderQuote),
  ...new Set(
    alike
      .flatMap(({ related = [] }) => related)
      .slice(0, MAX_RELATED)
      .flatMap(related => [
        `Compare ${renderRelated(related, place)}`,
        ...(related.compared === undefined ? [] : renderCompared(related.compared)),
      ]),
  ),
];

/** What a person said about it. The reason and the link stand with the other decisions. */
const renderWord = ({ waived, disputed }: Finding): readonly string[] => [
  ...(waived ? [`Waived by ${escapeText(waived.by.login, 60)}`] : []),
  ...(disputed ? [`Disputed by ${escapeText(disputed.by.login, 60)}`] : []),
];

const renderQuote = ({ quote }: { readonly quote: string }): string => `It says: “${escapeText(quote, 300)}”`;

/** Rule and id, at the end: they are for those who want to look something up or talk about it. */
export const renderName = (finding: Finding, place: Place): string =>
  ` (${linkRule(finding, place)}, ${codeSpan(shortId(finding))})`;

/** The rule's name, as a link to its documentation where that has a home. What a model noticed has no page of its own. */
function linkRule({ rule }: Finding, { host, docs }: Place): string {
  const name = codeSpan(rule);
  if (docs === undefined || isByJudge({ rule })) return name;
  return linkTo(host, { type: 'rule', repository: docs, anchor: anchorOf(rule) }, name);
}

function renderRelated({ label, path, line, sha, pullRequest }: Related, { host, repository }: Place): string {
  const file = linkTo(host, { type: 'file', repository, sha, path, line }, `${escapeText(path, 400)}, line ${line}`);
  const other =
    pullRequest === undefined
      ? escapeText(label, 200)
      : linkTo(host, { type: 'pull-request', repository, number: pullRequest }, `pull request ${pullRequest}`);
  return `${other}: ${file}`;
}
