import type { Concern } from '../finding.ts';
import { readDocument } from '../parse/document.ts';
import { linesOf } from '../parse/lines.ts';
import { parseQna, type ParseOptions } from '../parse/qna.ts';
import { valuesOf, type Value } from './values.ts';

/** A text with everything that is known of it: what fixes are proposed for, and what they are proved with. */
export type Source = {
  readonly text: string;
  readonly lines: readonly string[];
  /** All of them, however many. */
  readonly concerns: readonly Concern[];
  /** Lines and columns of what keeps the text from being read. */
  readonly faults: readonly { readonly line: number; readonly column: number; readonly message: string }[];
  /** Undefined when the text cannot be read or compared. */
  readonly values: readonly Value[] | undefined;
};

/** Reads a text as the file at one path, with the options of the check whose findings are to be mended. */
export type ReadSource = (text: string) => Source;

/** Pure; as bounded as the parser. */
export function sourceReader(path: string, options: ParseOptions): ReadSource {
  const encoder = new TextEncoder();
  return text => {
    const { concerns, root } = parseQna(path, '', encoder.encode(text), { ...options, maxConcerns: Infinity });
    return {
      text,
      lines: text.split('\n'),
      concerns,
      faults: concerns.some(({ rule }) => rule === 'yaml/syntax') ? faultsIn(text) : [],
      values: root && valuesOf(root),
    };
  };
}

/** More than the few that are told of one file. */
function faultsIn(text: string): Source['faults'] {
  const lines = linesOf(text);
  return readDocument(text, lines).faults.map(({ start, message }) => {
    const { line, column } = lines.at(start);
    return { line, column, message };
  });
}
