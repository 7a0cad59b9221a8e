import { codeSpan, escapeText } from '../escape.ts';
import type { Location, NewFile } from '../finding.ts';
import { addressOf, linkTo, type LinkTarget } from '../links.ts';
import type { LineRange, PullRequest } from '../pull-request.ts';

/** Where links lead: the configured GitHub, this repository, the head that was looked at. */
export type Place = Pick<PullRequest, 'repository' | 'headSha' | 'head'> & {
  readonly host: string;
  /** Repository on that GitHub that holds our documentation; absent where nobody named one. */
  readonly docs?: { readonly owner: string; readonly name: string };
};

/** The file at the head, as a link where an address can name it. */
export const linkFile = ({ host, repository, headSha }: Place, path: string): string =>
  linkTo(host, { type: 'file', repository, sha: headSha, path }, escapeText(path, 400));

/** Longer ranges, such as a whole file in which a key is missing, are shown by their first line. */
const MAX_RANGE = 10;

/** The lines to point at, first and last. */
export function linesOf({ line, endLine = line }: Location): LineRange {
  return { start: line, end: endLine > line && endLine - line < MAX_RANGE ? endLine : line };
}

/** `line 12` or `lines 12–14`, as a link to the head. */
export function linkLines({ host, repository, headSha }: Place, location: Location): string {
  const { path } = location;
  const { start: line, end: endLine } = linesOf(location);
  const label = endLine > line ? `lines ${line}–${endLine}` : `line ${line}`;
  return linkTo(host, { type: 'file', repository, sha: headSha, path, line, endLine }, label);
}

/** The page on which the contributor adds the file, filled in; undefined where no address names it. */
export function linkNewFile({ host, head }: Place, { path, text }: NewFile): string | undefined {
  const target: LinkTarget | undefined = head && { type: 'new-file', ...head, path, text };
  if (target === undefined || addressOf(host, target) === undefined) return undefined;
  return linkTo(host, target, `Add ${codeSpan(path.slice(path.lastIndexOf('/') + 1))} to your branch`);
}

/** A commit by its first seven digits, as a link: GitHub would otherwise guess. */
export const linkCommit = ({ host, repository }: Place, sha: string): string =>
  linkTo(host, { type: 'commit', repository, sha }, codeSpan(sha.slice(0, 7)));
