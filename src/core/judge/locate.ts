import type { Text } from '../contribution.ts';
import type { Location } from '../finding.ts';
import type { Span } from './evidence.ts';

/**
 * The lines of the file on which a span of a field stands. Exact where the value's lines are the file's lines (one line, or a
 * literal block), which is three of four lines of real contributions. A folded text has other line breaks than its value: then
 * it is the lines of the whole field.
 */
export function locate(path: string, { field, quote, offset }: Span): Location {
  const { text } = field;
  const first = firstLineOf(text);
  if (first === undefined) return at(path, text, text.line, text.endLine);
  const line = Math.min(first + countBreaks(text.value.slice(0, offset)), text.endLine);
  return at(path, text, line, Math.min(line + countBreaks(quote), text.endLine));
}

const at = (path: string, text: Text, line: number, endLine: number): Location => ({
  path,
  line,
  column: line === text.line ? text.column : 1,
  ...(endLine > line && { endLine }),
});

/** Of the value; undefined where its lines are not the file's. */
function firstLineOf({ value, line, endLine }: Text): number | undefined {
  const surplus = endLine - line - countBreaks(value.trimEnd());
  if (surplus === 0) return line;
  // A block is located at its header, one line above its first. Only a block's value ends with a line break.
  return surplus === 1 && value.endsWith('\n') ? line + 1 : undefined;
}

const countBreaks = (text: string): number => text.split('\n').length - 1;
