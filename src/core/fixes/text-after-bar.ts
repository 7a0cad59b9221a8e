import type { Edit } from './edit.ts';
import { indentOf, returnAt, splitReturn, trimBlanksEnd } from './blanks.ts';

/** The edit that gives a text after `|` its own line, the line without that text, and the text. */
export type BarEdit = { readonly edit: Edit; readonly masked: Edit; readonly text: string };

/** `|` or `>` with a text after it. Digits and signs at once after it would mean something, so only two digits are a text. */
const HEADER = /^([|>][-+]?)[ ]+(?=\S)/;
const CLOSE_HEADER = /^([|>])(?=[^\s\d+#-]|\d\d)/;

/** `answer: | 1996 to 2022` becomes two lines. The fault stands at the text or in it. */
export function textAfterBar(
  lines: readonly string[],
  { line: at, column }: { readonly line: number; readonly column: number },
): BarEdit | undefined {
  const [line, end] = splitReturn(lines[at - 1] ?? '');
  const bar = Math.max(line.lastIndexOf('|', column - 1), line.lastIndexOf('>', column - 1));
  const before = line.slice(0, Math.max(0, bar));
  if (bar < 1 || !/[:-] $/.test(before.slice(-2))) return undefined;
  const rest = line.slice(bar);
  const [matched, header] = HEADER.exec(rest) ?? CLOSE_HEADER.exec(rest) ?? [];
  if (matched === undefined || header === undefined) return undefined;
  const text = trimBlanksEnd(rest.slice(matched.length));
  const own = before + header;
  const indent = ' '.repeat(indentOfText(lines, at, before));
  return {
    edit: { startLine: at, endLine: at, lines: [own + returnAt(lines, at), `${indent}${text}${end}`] },
    masked: { startLine: at, endLine: at, lines: [own + end] },
    text,
  };
}

/** That of the lines that go on with the text, or two more than its key. */
function indentOfText(lines: readonly string[], at: number, before: string): number {
  let keyColumn = 0;
  while (before[keyColumn] === ' ' || before.startsWith('- ', keyColumn)) keyColumn += 1;
  // A list item without a key: its text is indented from the hyphen.
  const own = keyColumn >= before.length ? before.lastIndexOf('-') : keyColumn;
  const next = lines.slice(at, at + 100).find(line => line.trim() !== '') ?? '';
  const indent = indentOf(next);
  return indent > own && !next.includes('\t') ? indent : own + 2;
}
