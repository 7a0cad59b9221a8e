/** Space and tab, and nothing else: other white space is a part of the text to YAML. */
export const isBlank = (character: string | undefined): boolean => character === ' ' || character === '\t';

/** Without the blanks at its end. Linear, unlike the regular expression for it. */
export function trimBlanksEnd(line: string): string {
  let end = line.length;
  while (isBlank(line[end - 1])) end -= 1;
  return line.slice(0, end);
}

/** How many blanks it begins with. */
export function indentOf(line: string): number {
  let indent = 0;
  while (isBlank(line[indent])) indent += 1;
  return indent;
}

/** A line in two parts: what it says, and the carriage return that it may end with. */
export function splitReturn(line: string): readonly [said: string, end: string] {
  return line.endsWith('\r') ? [line.slice(0, -1), '\r'] : [line, ''];
}

/** The carriage return that a line gets when another follows it: its own, or that of the line before where it is the last. */
export function returnAt(lines: readonly string[], at: number): string {
  const isEnded = at < lines.length;
  return splitReturn(lines[isEnded ? at - 1 : at - 2] ?? '')[1];
}
