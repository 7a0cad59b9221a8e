import { codeSpan, escapeMessage, escapeText } from '../escape.ts';
import { shortId } from '../finding.ts';
import type { Finding, Related } from '../finding.ts';
import { linkTo } from '../links.ts';
import { linkLines } from './place.ts';
import type { Place } from './place.ts';
import { severityWords } from './words.ts';

/** More places and quotes than these are not shown: the first ones tell what is meant. */
const MAX_RELATED = 5;
const MAX_QUOTES = 2;

/** One item of a list: what, where, why, and the id by which people can name it. */
export const renderFinding = (finding: Finding, place: Place): string =>
  [
    `- **${severityWords[finding.severity]}**, ${linkLines(place, finding.location)}: ${escapeMessage(finding.message)}${renderName(finding)}`,
    ...renderDetails(finding, place).map(line => `  - ${line}`),
  ].join('\n');

/** What stands below the message: quotes from the contribution, and the other places that it speaks of. */
export const renderDetails = (finding: Finding, place: Place): readonly string[] => [
  ...(finding.evidence ?? []).slice(0, MAX_QUOTES).map(({ quote }) => `It says: “${escapeText(quote, 300)}”`),
  ...(finding.related ?? []).slice(0, MAX_RELATED).map(related => `Compare ${renderRelated(related, place)}`),
];

/** Rule and id, small: they are for those who want to look something up or talk about it. */
export const renderName = (finding: Finding): string => ` (${codeSpan(finding.rule)}, ${codeSpan(shortId(finding))})`;

function renderRelated({ label, path, line, sha, pullRequest }: Related, { host, repository }: Place): string {
  const file = linkTo(host, { type: 'file', repository, sha, path, line }, `${escapeText(path, 400)}, line ${line}`);
  if (pullRequest === undefined) return `${escapeText(label, 200)}: ${file}`;
  const other = linkTo(host, { type: 'pull-request', repository, number: pullRequest }, `pull request ${pullRequest}`);
  return `${other}: ${file}`;
}
