import type { Suggestion } from '../finding.ts';

/**
 * New lines in place of the whole lines `startLine`..`endLine`, which count from 1; without new lines they are taken out. Lines end
 * at line feeds alone, as on GitHub, so a carriage return belongs to its line.
 */
export type Edit = { readonly startLine: number; readonly endLine: number; readonly lines: readonly string[] };

/** The text with the lines replaced; no two edits may share a line. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const all = text.split('\n');
  // From the bottom up, so that the numbers of the lines above stay true.
  for (const { startLine, endLine, lines } of edits.toSorted((a, b) => b.startLine - a.startLine)) {
    // Where the last line goes, the one before it is still ended.
    const isLast = lines.length === 0 && endLine === all.length && startLine > 1;
    all.splice(startLine - 1, endLine - startLine + 1, ...(isLast ? [''] : lines));
  }
  return all.join('\n');
}

/**
 * The edit as GitHub takes it; undefined where its form cannot tell it. There an empty replacement takes the lines out, the last
 * line feed of one is nobody's, and what looks as before is refused.
 */
export function asSuggestion({ startLine, endLine, lines }: Edit, before: readonly string[]): Suggestion | undefined {
  const replacement = lines.join('\n');
  const isLost = lines.length > 0 && (replacement === '' || replacement.endsWith('\n'));
  const isSame = replacement === before.slice(startLine - 1, endLine).join('\n');
  return isLost || isSame ? undefined : { startLine, endLine, replacement };
}

/** The first line with what stands from `column` (from 1) replaced; undefined where something else stands there. */
export function replaceAt(
  lines: readonly string[],
  { line, column }: { readonly line: number; readonly column: number },
  old: string,
  replacement: string,
): Edit | undefined {
  const text = lines[line - 1];
  const at = column - 1;
  if (text === undefined || !text.startsWith(old, at)) return undefined;
  return {
    startLine: line,
    endLine: line,
    lines: [text.slice(0, at) + replacement + text.slice(at + old.length)],
  };
}
