import type { Problem } from './problem.ts';

/** Empty lines that may follow one another inside of a file. At its beginning and end there may be none. */
const MAX_EMPTY_LINES = 2;

const isBlank = (code: number): boolean => code === 32 || code === 9;

/** Where one line stands, without its line end. */
type Line = { readonly start: number; readonly end: number };

/** What yamllint sees in the lines alone, whatever they mean: blanks at their ends, empty ones, the end of the last one. */
export function checkLines(text: string): readonly Problem[] {
  if (text === '') return [];
  const lines = splitLines(text);
  const last = lines.at(-1);
  const problems = [...trailingSpaces(text, lines), ...emptyLines(lines, text.endsWith('\n'))];
  if (last !== undefined && !text.endsWith('\n')) {
    const message = 'The file ends without a line break. Press Enter at the end of the last line.';
    problems.push({ rule: 'new-line-at-end-of-file', message, start: text.length });
  }
  return problems;
}

/** A lone carriage return ends a line too, as it does where Python reads a text. A line break at the very end begins no line. */
function splitLines(text: string): readonly Line[] {
  const lines: Line[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const isReturn = text[at] === '\r';
    if (text[at] !== '\n' && !isReturn) continue;
    lines.push({ start, end: at });
    if (isReturn && text[at + 1] === '\n') at += 1;
    start = at + 1;
  }
  return start < text.length ? [...lines, { start, end: text.length }] : lines;
}

const trailingSpaces = (text: string, lines: readonly Line[]): Problem[] =>
  lines.flatMap(({ start, end }) => {
    let from = end;
    while (from > start && isBlank(text.charCodeAt(from - 1))) from -= 1;
    if (from === end) return [];
    const message =
      from === start
        ? 'This line holds nothing but blanks. Leave it empty.'
        : 'There are blanks at the end of this line. Delete them.';
    return [{ rule: 'trailing-spaces', message, start: from }];
  });

/** Told at the last line of each run. */
function emptyLines(lines: readonly Line[], endsWithBreak: boolean): readonly Problem[] {
  const problems: Problem[] = [];
  let run = 0;
  for (const [index, { start, end }] of lines.entries()) {
    run = start === end ? run + 1 : 0;
    const next = lines[index + 1];
    if (run === 0 || (next !== undefined && next.start === next.end)) continue;
    const isAtEnd = next === undefined && endsWithBreak;
    const max = run === index + 1 || isAtEnd ? 0 : MAX_EMPTY_LINES;
    if (run <= max) continue;
    const where = isAtEnd ? 'at the end of the file' : max === 0 ? 'at the beginning of the file' : 'in a row';
    const count = run === 1 ? 'There is an empty line' : `There are ${run} empty lines`;
    const remedy = max === 0 ? `Delete ${run === 1 ? 'it' : 'them'}.` : `Keep at most ${max} of them.`;
    problems.push({ rule: 'empty-lines', message: `${count} ${where}. ${remedy}`, start });
  }
  return problems;
}
