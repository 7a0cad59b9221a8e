import type { Lexeme } from '../parse/scan.ts';
import type { Problem, RuleName } from './problem.ts';

/** How many blanks may stand on each side of a mark. */
type Room = {
  readonly rule: RuleName;
  readonly name: string;
  readonly maxBefore?: number;
  readonly minAfter?: number;
  readonly maxAfter?: number;
};

const rooms: { readonly [type in Lexeme['type']]?: Room } = {
  'map-value-ind': { rule: 'colons', name: 'colon', maxBefore: 0, maxAfter: 1 },
  'explicit-key-ind': { rule: 'colons', name: 'question mark', maxAfter: 1 },
  'seq-item-ind': { rule: 'hyphens', name: 'hyphen', maxAfter: 1 },
  comma: { rule: 'commas', name: 'comma', maxBefore: 0, minAfter: 1, maxAfter: 1 },
  'flow-map-start': { rule: 'braces', name: 'brace', maxAfter: 1 },
  'flow-map-end': { rule: 'braces', name: 'brace', maxBefore: 1 },
  'flow-seq-start': { rule: 'brackets', name: 'bracket', maxAfter: 1 },
  'flow-seq-end': { rule: 'brackets', name: 'bracket', maxBefore: 1 },
};

/**
 * Blanks around colons, commas, hyphens, braces and brackets. They count only between two things on the same line: comments are
 * nobody's mistake. Linear: every gap is looked at twice.
 */
export function checkSpacing(text: string, lexemes: readonly Lexeme[]): readonly Problem[] {
  const marks = lexemes.filter(({ type }) => type !== 'comment');
  return marks.flatMap((mark, index) => {
    const room = rooms[mark.type];
    if (room === undefined) return [];
    const neighbours = { text, mark, before: marks[index - 1], after: marks[index + 1] };
    return [...checkBefore(neighbours, room), ...checkAfter(neighbours, room)];
  });
}

type Neighbours = {
  readonly text: string;
  readonly mark: Lexeme;
  readonly before: Lexeme | undefined;
  readonly after: Lexeme | undefined;
};

function checkBefore({ text, mark, before }: Neighbours, { rule, name, maxBefore }: Room): readonly Problem[] {
  if (maxBefore === undefined || before === undefined) return [];
  // Of an empty pair of brackets the opening one has told.
  if (mark.type.endsWith('-end') && before.type === mark.type.replace('-end', '-start')) return [];
  const found = blanksBetween(text, before, mark);
  if (mark.type === 'comma' && found === undefined) {
    const message = 'This comma begins a line. Put it at the end of the line before.';
    return [{ rule, message, start: mark.start }];
  }
  // A reference needs the blank, or the colon would be a part of its name.
  const max = rule === 'colons' && before.type === 'alias' ? 1 : maxBefore;
  return found === undefined || found <= max
    ? []
    : [tooMany(found, max, { rule, place: `before this ${name}` }, before.end)];
}

function checkAfter(
  { text, mark, after }: Neighbours,
  { rule, name, minAfter = 0, maxAfter }: Room,
): readonly Problem[] {
  const found = maxAfter === undefined || after === undefined ? undefined : blanksBetween(text, mark, after);
  if (found === undefined || maxAfter === undefined) return [];
  const place = `after this ${name}`;
  if (found < minAfter) return [{ rule, message: `There is no blank ${place}. Write one.`, start: mark.end }];
  return found > maxAfter ? [tooMany(found, maxAfter, { rule, place }, mark.end)] : [];
}

/** Undefined when a line ends between them. */
const blanksBetween = (text: string, left: Lexeme, right: Lexeme): number | undefined =>
  left.type === 'block-text' || text.slice(left.end, right.start).includes('\n') ? undefined : right.start - left.end;

/** Points at the first blank that is one too many. */
function tooMany(
  found: number,
  max: number,
  { rule, place }: { readonly rule: RuleName; readonly place: string },
  from: number,
): Problem {
  const remedy = max === 1 ? 'Write one.' : found === 1 ? 'Delete it.' : 'Delete them.';
  const message = `${found === 1 ? 'There is a blank' : `There are ${found} blanks`} ${place}. ${remedy}`;
  return { rule, message, start: from + max };
}
