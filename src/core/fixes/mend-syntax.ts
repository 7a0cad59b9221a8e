import { applyEdits, type Edit } from './edit.ts';
import { replaceTabs } from './replace-tabs.ts';
import type { ReadSource, Source } from './source.ts';
import { textAfterBar, type BarEdit } from './text-after-bar.ts';
import type { Value } from './values.ts';

/** How many blanks a tab at the beginning of a line may stand for. */
const TAB_WIDTHS = [2, 4, 8] as const;

/** More faults than these are not mended. */
const MAX_EDITS = 30;

/**
 * One edit for each line that keeps the text from being read; none unless all of them together make it readable, with nothing but
 * their own texts added to its values. Costs at most seven readings.
 */
export function mendSyntax(source: Source, read: ReadSource): readonly Edit[] {
  const byLine = Map.groupBy(source.faults, ({ line }) => line);
  if (byLine.size === 0 || byLine.size > MAX_EDITS) return [];
  const bars: BarEdit[] = [];
  const tabbed: number[] = [];
  for (const [line, [fault]] of byLine) {
    const bar = fault && textAfterBar(source.lines, fault);
    if (bar) bars.push(bar);
    else tabbed.push(line);
  }
  // Faults of lines without a tab may be echoes of these; whether they are is seen when all edits are made.
  const attempts = TAB_WIDTHS.map(width => tabbed.flatMap(line => replaceTabs(source.lines, line, width) ?? []))
    .filter(edits => bars.length + edits.length > 0)
    .slice(0, tabbed.length === 0 ? 1 : TAB_WIDTHS.length)
    .map(edits => ({ edits, after: read(applyEdits(source.text, [...bars.map(({ edit }) => edit), ...edits])) }))
    .filter(({ after }) => after.values !== undefined);
  const [first, ...others] = attempts;
  // Where another width says something else, nobody knows what was meant.
  if (first === undefined || others.some(({ after }) => !haveEqual(first.after.values, after.values))) return [];
  const withoutTexts = read(applyEdits(source.text, [...bars.map(({ masked }) => masked), ...first.edits]));
  if (!addOnlyTexts(withoutTexts.values, first.after.values, bars)) return [];
  return [...bars.map(({ edit }) => edit), ...first.edits].sort((a, b) => a.startLine - b.startLine);
}

/** Whether the edit alone takes the faults of its lines away and brings none to a line that had none. One reading. */
export function isSyntaxProven(source: Source, edit: Edit, read: ReadSource): boolean {
  const faulty = new Set(source.faults.map(({ line }) => line));
  const added = edit.lines.length - (edit.endLine - edit.startLine + 1);
  return read(applyEdits(source.text, [edit])).faults.every(({ line }) => {
    if (line < edit.startLine) return faulty.has(line);
    return line - added > edit.endLine && faulty.has(line - added);
  });
}

function haveEqual(a: readonly Value[] = [], b: readonly Value[] = []): boolean {
  return (
    a.length === b.length && a.every(({ yamlPath, says }, at) => b[at]?.yamlPath === yamlPath && b[at].says === says)
  );
}

/** Whether the two documents differ in the texts alone that were put on lines of their own, in their order. */
function addOnlyTexts(without: readonly Value[] = [], all: readonly Value[] = [], bars: readonly BarEdit[]): boolean {
  if (without.length !== all.length) return false;
  const expected = bars.toSorted((a, b) => a.edit.startLine - b.edit.startLine).map(({ text }) => text);
  for (const [index, value] of all.entries()) {
    const before = without[index];
    if (before?.yamlPath !== value.yamlPath) return false;
    if (before.says === value.says) continue;
    const text = expected.shift();
    const rest = before.says.replace(/^text /, '');
    if (text === undefined || !value.says.startsWith('text ')) return false;
    if (words(value.says.slice('text '.length)) !== words(`${text} ${rest}`)) return false;
  }
  return expected.length === 0;
}

const words = (text: string): string => text.split(/\s+/).join(' ').trim();
