import { indentOf, splitReturn, trimBlanksEnd } from './blanks.ts';
import type { Edit } from './edit.ts';

/**
 * Tabs before the first character of a line become `width` blanks each, tabs between parts of the line one blank, and those at its
 * end go. Undefined for a line without tabs, or with tabs after a quote or a hash: those may be a part of a text.
 */
export function replaceTabs(lines: readonly string[], at: number, width: number): Edit | undefined {
  const [line, end] = splitReturn(lines[at - 1] ?? '');
  const said = trimBlanksEnd(line);
  const quoted = said.search(/["'#]/);
  if (!line.includes('\t') || (quoted !== -1 && said.includes('\t', quoted))) return undefined;
  const indent = indentOf(said);
  const parts = said
    .slice(indent)
    .split('\t')
    .map((part, index) => trimBlanksEnd(index === 0 ? part : part.slice(indentOf(part))))
    .filter(part => part !== '');
  const indented = said.slice(0, indent).replaceAll('\t', ' '.repeat(width));
  return { startLine: at, endLine: at, lines: [indented + parts.join(' ') + end] };
}
