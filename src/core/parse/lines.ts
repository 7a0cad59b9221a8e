/** Where a value begins and on which line it ends; all from 1, columns in UTF-16 code units. */
export type Position = { readonly line: number; readonly column: number; readonly endLine: number };

/** Line and column of every offset of one text. Lines end where GitHub and git end them: at line feeds alone. */
export type Lines = { readonly at: (start: number, end?: number) => Position; readonly count: number };

/** Reads the text once. A value ends with its last character that is not blank. Offsets outside of it count as its ends, so a location never lies outside the file. */
export function linesOf(text: string): Lines {
  const starts = [0];
  for (let next = text.indexOf('\n'); next !== -1; next = text.indexOf('\n', next + 1)) starts.push(next + 1);
  // A line feed at the end closes the last line; nobody sees an empty line after it.
  if (starts.length > 1 && starts.at(-1) === text.length) starts.pop();

  const lineOf = (offset: number): number => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
  const at = (start: number, end = start): Position => {
    // The end of a text that ends with a line feed is still on its last line.
    const limit = text.endsWith('\n') ? text.length - 1 : text.length;
    const from = Math.max(0, Math.min(start, limit));
    const line = lineOf(from);
    let last = Math.max(from, Math.min(end, text.length) - 1);
    while (last > from && isBlank(text.charCodeAt(last))) last -= 1;
    return { line, column: from - (starts[line - 1] ?? 0) + 1, endLine: lineOf(last) };
  };
  return { at, count: starts.length };
}

const isBlank = (code: number): boolean => code === 32 || code === 9 || code === 10 || code === 13;
