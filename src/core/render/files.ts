import { leafNode } from '../contribution.ts';
import type { Contribution, FileAccount } from '../contribution.ts';
import { escapeText } from '../escape.ts';
import type { Finding } from '../finding.ts';
import { fitLines } from '../limits.ts';
import { linkFile } from './place.ts';
import type { Place } from './place.ts';
import { count, enumerate, kindOf, summarise } from './words.ts';

/** A table of more rows is read by nobody. */
const MAX_NAMED = 3;
const ROOM = { maxLines: 30, maxBytes: 12_000 };

/** The table of the files that were meant as contributions: what each is, and how it fared. Empty without any. */
export function renderFiles(
  { account, leaves }: Pick<Contribution, 'account' | 'leaves'>,
  findings: readonly Finding[],
  place: Place,
): string {
  const byFolder = Map.groupBy(findings, ({ location }) => leafNode(location.path));
  const ofFile = ({ path, role }: FileAccount) => {
    const inFolder = byFolder.get(leafNode(path)) ?? [];
    // Its attribution.txt is part of a leaf; a misplaced file stands for itself.
    return role === 'qna' ? inFolder : inFolder.filter(({ location }) => location.path === path);
  };
  const leafAt = new Map(leaves.map(leaf => [leaf.path, leaf]));
  const rows = account
    .filter(({ role, state }) => role === 'qna' || role === 'misplaced' || state === 'unread')
    .map(file => {
      const leaf = leafAt.get(file.path);
      const isRemoved = file.state === 'removed';
      const cells = [
        isRemoved ? escapeText(file.path, 400) : linkFile(place, file.path),
        leaf === undefined ? (file.role === 'misplaced' ? 'misplaced' : '–') : kindOf(leaf),
        leaf === undefined ? '–' : String(leaf.examples.length),
        resultOf(file, ofFile(file)),
      ];
      return `| ${cells.join(' | ')} |`;
    });
  if (rows.length === 0) return '';
  const table = fitLines(rows, rows.length, ROOM, left => `| … and ${count(left, 'more file')} | | | |`);
  return `| File | Kind | Examples | Result |\n| --- | --- | ---: | --- |\n${table}`;
}

/** The leaves in half a sentence, where a table would say nothing more: few of them, all read. Undefined otherwise. */
export function nameLeaves(
  { account, leaves }: Pick<Contribution, 'account' | 'leaves'>,
  place: Place,
): string | undefined {
  const files = account.filter(({ role, state }) => role !== 'attribution' && state !== 'irrelevant');
  if (leaves.length === 0 || leaves.length > MAX_NAMED || files.length !== leaves.length) return undefined;
  return enumerate(
    leaves.map(
      leaf => `${linkFile(place, leaf.path)} (${kindOf(leaf)}, ${count(leaf.examples.length, 'seed example')})`,
    ),
  );
}

function resultOf({ state, reason }: FileAccount, findings: readonly Finding[]): string {
  if (state === 'unread') return `not read: ${escapeText(reason ?? 'unknown reason', 200)}`;
  if (state === 'removed') return 'removed';
  return summarise(findings) || 'nothing to change';
}
