import { linksIn } from './addresses.ts';
import { MAX_KEY, fieldNamed, type FieldName } from './field-names.ts';
import { isLicence } from './licence.ts';

/** A piece of a line with its place; both count from 1, columns in UTF-16 code units. */
export type Piece = { readonly text: string; readonly line: number; readonly column: number };

/** One field with its value, line by line; the first piece is what stands behind the key and may be empty. */
export type Field = { readonly name: FieldName; readonly pieces: readonly Piece[] };

/** One work that the contribution draws on, with the line on which it begins. */
export type Work = {
  readonly line: number;
  readonly fields: readonly Field[];
  /** Lines that belong to no field. */
  readonly remarks: readonly Piece[];
};

/** Lines below are not read. The longest real attribution has 120; longer files are something else. */
export const MAX_LINES = 1_000;

/**
 * Reads an `attribution.txt` as leniently as people do: keys in every spelling and language that we know, Markdown bullets and bold
 * letters, values on the lines below their key, works one below the other, addresses and licences without a key. Linear.
 */
export function readWorks(text: string): readonly Work[] {
  const works: { line: number; fields: Field[]; remarks: Piece[] }[] = [];
  let open: { field: Field; pieces: Piece[] } | undefined;
  let isApart = false;
  for (const [index, line] of text.split('\n', MAX_LINES).entries()) {
    const piece = trimmed({ text: line, line: index + 1, column: 1 });
    if (SEPARATOR.test(piece.text)) {
      isApart = true;
      // A value may stand below its key with an empty line between them.
      if (open?.pieces.some(isFilled)) open = undefined;
      continue;
    }
    const work = works.at(-1);
    const isBelow = open !== undefined && (/^\s/.test(line) || !open.pieces.some(isFilled));
    const keyed = keyedIn(piece) ?? (isBelow ? undefined : unkeyed(piece));
    if (keyed !== undefined) {
      const pieces = [keyed.value];
      const field: Field = { name: keyed.name, pieces };
      if (work === undefined || begins(work, field.name, isApart))
        works.push({ line: piece.line, fields: [field], remarks: [] });
      else work.fields.push(field);
      open = { field, pieces };
    } else if (open !== undefined && isBelow) {
      open.pieces.push(withoutBullet(piece));
    } else {
      open = undefined;
      if (work === undefined || (isApart && work.fields.length > 0))
        works.push({ line: piece.line, fields: [], remarks: [piece] });
      else work.remarks.push(piece);
    }
    isApart = false;
  }
  return works;
}

/** All pieces of the fields of that name, without the empty ones. */
export const piecesOf = ({ fields }: Work, name: FieldName): readonly Piece[] =>
  fields.flatMap(field => (field.name === name ? field.pieces.filter(isFilled) : []));

/** The value on one line. */
export const valueOf = ({ pieces }: Field): string =>
  pieces
    .filter(isFilled)
    .map(({ text }) => text)
    .join(' ');

/** Nothing that anyone can see, or a line drawn between two works. */
const SEPARATOR = /^(?:[-*=_#~]{3,}|[\s\p{C}]*)$/u;

const isFilled = ({ text }: Piece): boolean => text !== '';

/** Whether a field of this name is the first of another work. */
function begins({ fields }: Pick<Work, 'fields'>, name: FieldName, isApart: boolean): boolean {
  const [first, last] = [fields[0], fields.at(-1)];
  if (!fields.some(field => field.name === name)) return name === 'title' && isApart && first !== undefined;
  // One below the other they are a list.
  if (last?.name === name && !isApart) return false;
  return first?.name === name || isApart;
}

type Keyed = { readonly name: FieldName; readonly value: Piece };

/** `Link to work: https://…`, `- **Title of work:** …`. */
function keyedIn(piece: Piece): Keyed | undefined {
  const at = piece.text.slice(0, MAX_KEY + 1).search(/[:：]/);
  if (at === -1 || piece.text.startsWith('://', at)) return undefined;
  const name = fieldNamed(piece.text.slice(0, at));
  return name && { name, value: trimmed(piece, at + 1) };
}

/** A line that is an address or a licence needs no key. */
function unkeyed(line: Piece): Keyed | undefined {
  const value = withoutBullet(line);
  if (/^<?https?:\/\//i.test(value.text) && linksIn(value.text).length > 0) return { name: 'link', value };
  return isLicence(value.text) ? { name: 'licence', value } : undefined;
}

const withoutBullet = (piece: Piece): Piece =>
  trimmed(piece, /^(?:[-*+•] |\d{1,3}[.)] )?/.exec(piece.text)?.[0].length);

/** The piece from an offset on, without the white space and the marks of emphasis and code around it. */
function trimmed({ text, line, column }: Piece, from = 0): Piece {
  let start = from;
  let end = text.length;
  while (start < end && isMark(text, start)) start += 1;
  while (end > start && isMark(text, end - 1)) end -= 1;
  return { text: text.slice(start, end), line, column: column + start };
}

/** White space, a backtick, or one of several asterisks or underscores in a row. */
const isMark = (text: string, at: number): boolean =>
  /[\s`]/.test(text[at] ?? '') || (/[*_]/.test(text[at] ?? '') && [text[at - 1], text[at + 1]].includes(text[at]));
