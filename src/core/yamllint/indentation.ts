import type { CST } from 'yaml';
import type { Lines } from '../parse/lines.ts';
import type { Lexeme } from '../parse/scan.ts';
import type { Problem } from './problem.ts';

/** A text that was read without fault: its parts and its syntax tree. */
type Parsed = {
  readonly text: string;
  readonly lines: Lines;
  readonly lexemes: readonly Lexeme[];
  readonly tokens: readonly CST.Token[];
};

type Mark = CST.SourceToken;

/** What can have a place of its own; line ends, blanks and comments have none. */
const isMark = ({ type }: Mark): boolean => type !== 'space' && type !== 'newline' && type !== 'comment';

/**
 * Whether a file is indented by the same number of blanks everywhere. The first step sets how many, and the first list under a key
 * whether lists are indented at all. Each first thing on a line is compared with where its place in the tree would put it; what
 * lies inside of it is measured from where it really stands, so one mistake is told once. Recursion is bounded by the scan's depth.
 */
export function checkIndentation({ text, lines, lexemes, tokens }: Parsed): readonly Problem[] {
  const problems: Problem[] = [];
  const beginsLine = lineBeginnings(text, lexemes);
  let step: number | undefined;
  let indentsLists: boolean | undefined;
  /** Of the line that is being read. */
  let lineIndent = 0;

  const columnOf = (offset: number): number => lines.at(offset).column - 1;
  const isSameLine = (a: number, b: number): boolean => lines.at(a).line === lines.at(b).line;
  const deeperThan = (base: number, offset: number): number => base + (step ??= columnOf(offset) - base);

  const expect = (offset: number, expected: number): void => {
    if (!beginsLine.has(offset)) return;
    const found = columnOf(offset);
    lineIndent = found;
    if (found === expected) return;
    const message = `This is indented by ${found} ${found === 1 ? 'blank' : 'blanks'}, where the rest of the file would have ${Math.max(0, expected)}. Indent it like the rest.`;
    problems.push({ rule: 'indentation', message, start: offset });
  };

  function visit(token: CST.Token, expected: number): void {
    if (token.type === 'block-map') visitMapping(token, expected);
    else if (token.type === 'block-seq') visitSequence(token, expected);
    else if (token.type === 'flow-collection') visitFlow(token, expected);
    else expect(token.offset, expected);
  }

  function visitMapping(mapping: CST.BlockMap, expected: number): void {
    const column = columnOf(beginOf(mapping));
    let own = expected;
    for (const item of mapping.items) {
      for (const { offset } of item.start.filter(isMark)) {
        expect(offset, own);
        own = column;
      }
      if (item.key) visit(item.key, isExplicit(item) ? keyIndent(item.key, column) : own);
      if (item.key !== undefined) own = column;
      visitValue(item, column);
    }
  }

  /** Of a key on a line of its own, below its question mark. */
  const keyIndent = (key: CST.Token, column: number): number =>
    beginsLine.has(beginOf(key)) ? deeperThan(column, beginOf(key)) : column;

  function visitValue(item: CST.CollectionItem, base: number): void {
    const marks = (item.sep ?? []).filter(isMark);
    const colon = marks.findIndex(({ type }) => type === 'map-value-ind');
    for (const { offset } of marks.slice(0, colon + 1)) expect(offset, base);
    if (isAbsent(item.value)) return;
    const begin = beginOf(item.value);
    const after = marks.slice(colon + 1);
    // An anchor or a tag on the line above the value says nothing about where the value should stand.
    const next = after.find(({ offset }) => isSameLine(offset, begin))?.offset ?? begin;
    const indent = valueIndent(item, base, marks[colon]?.offset ?? next, next);
    for (const { offset } of after) expect(offset, indent);
    visit(item.value, indent);
  }

  function valueIndent(item: CST.CollectionItem, base: number, colon: number, next: number): number {
    if (isExplicit(item)) return deeperThan(base, next);
    if (isSameLine(colon, next)) return columnOf(next);
    if (item.value?.type !== 'block-seq') return deeperThan(base, next);
    indentsLists ??= columnOf(next) !== base;
    return indentsLists ? deeperThan(base, next) : base;
  }

  function visitSequence(sequence: CST.BlockSequence, expected: number): void {
    const dash = beginOf(sequence);
    const column = columnOf(dash);
    let own = expected;
    for (const { start, value } of sequence.items) {
      for (const { offset } of start.filter(isMark)) {
        expect(offset, own);
        own = column;
      }
      if (isAbsent(value)) continue;
      const begin = beginOf(value);
      visit(value, beginsLine.has(begin) && columnOf(begin) !== column ? deeperThan(column, begin) : columnOf(begin));
    }
  }

  function visitFlow(collection: CST.FlowCollection, expected: number): void {
    const { start, items, end } = collection;
    expect(start.offset, expected);
    const outer = lineIndent;
    const first = beginOfContent(collection) ?? start.offset;
    const inner = isSameLine(start.offset, first) ? columnOf(first) : deeperThan(outer, first);
    for (const item of items) {
      for (const { offset } of item.start.filter(isMark)) expect(offset, inner);
      if (item.key) visit(item.key, isExplicit(item) ? keyIndent(item.key, inner) : inner);
      if (item.key === undefined && item.sep === undefined && !isAbsent(item.value)) visit(item.value, inner);
      else visitValue(item, inner);
    }
    for (const { offset } of end.filter(isMark)) expect(offset, outer);
  }

  for (const token of tokens) {
    if (token.type !== 'document') continue;
    for (const { offset } of token.start.filter(isMark)) expect(offset, 0);
    if (token.value) visit(token.value, 0);
  }
  return problems;
}

/** Offsets of everything that stands first on its line. */
function lineBeginnings(text: string, lexemes: readonly Lexeme[]): ReadonlySet<number> {
  const beginnings = new Set<number>();
  let before: Lexeme | undefined;
  for (const lexeme of lexemes) {
    if (lexeme.type === 'comment') continue;
    const isFirst =
      before === undefined || before.type === 'block-text' || text.slice(before.end, lexeme.start).includes('\n');
    if (isFirst) beginnings.add(lexeme.start);
    before = lexeme;
  }
  return beginnings;
}

const isExplicit = ({ start }: Pick<CST.CollectionItem, 'start'>): boolean =>
  start.some(({ type }) => type === 'explicit-key-ind');

const isAbsent = (value: CST.Token | undefined): value is undefined =>
  value === undefined || (value.type === 'scalar' && value.source === '');

/** Where a value's first part stands. */
function beginOf(token: CST.Token): number {
  if (token.type !== 'block-map' && token.type !== 'block-seq') return token.offset;
  return contentOf(token.items) ?? token.offset;
}

const beginOfContent = ({ items, end }: CST.FlowCollection): number | undefined =>
  contentOf(items) ?? end.find(isMark)?.offset;

function contentOf(items: readonly CST.CollectionItem[]): number | undefined {
  for (const { start, key, sep, value } of items) {
    const mark = start.find(isMark);
    if (mark) return mark.offset;
    if (key) return beginOf(key);
    const separator = sep?.find(isMark);
    if (separator) return separator.offset;
    if (value) return beginOf(value);
  }
  return undefined;
}
