import type { Field, FieldName } from './fields.ts';
import { visible } from './visible.ts';

/** Our own copy of what a quote points at, and where it stands. */
export type Span = {
  readonly field: Field;
  /** As it stands in the file, not as the model wrote it. */
  readonly quote: string;
  /** From the beginning of the field's value, in UTF-16 units. */
  readonly offset: number;
};

/** Shorter quotes stand anywhere by chance, longer ones point at nothing. In code points after normalisation. */
const MIN_QUOTE = 8;
const MAX_QUOTE = 200;

/** Finds a quote, first in the named field. Undefined: nobody wrote that. */
export type FindEvidence = (quote: string, named: FieldName) => Span | undefined;

/**
 * Looks for quotes in the fields of one example. Compared as NFKC with runs of white space as one space and invisible characters
 * left out, so that a model may tidy up, but not change, what it copies. Quotes of 8 to 200 characters count, or a whole field
 * that is shorter. What does not stand in the named field may stand in another.
 */
export function evidenceIn(fields: readonly Field[]): FindEvidence {
  const normalised = new Map<Field, Normalised>();
  const normalisedOf = (field: Field): Normalised => {
    const known = normalised.get(field) ?? normalise(field.text.value);
    normalised.set(field, known);
    return known;
  };

  return (quote, named) => {
    // Long before it is normalised: a megabyte needs no careful reading.
    if (quote.length > MAX_QUOTE * 20) return undefined;
    const wanted = normalise(quote).text.trim();
    const length = Array.from(wanted).length;
    if (length === 0 || length > MAX_QUOTE) return undefined;
    const inOrder = [...fields.filter(({ name }) => name === named), ...fields.filter(({ name }) => name !== named)];
    for (const field of inOrder) {
      const span = findIn(field, normalisedOf(field), wanted, length);
      if (span !== undefined) return span;
    }
    return undefined;
  };
}

function findIn(field: Field, { text, starts, ends }: Normalised, wanted: string, length: number): Span | undefined {
  if (length < MIN_QUOTE && text.trim() !== wanted) return undefined;
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + 1)) {
    const start = starts[at];
    const end = ends[at + wanted.length];
    // "cafe" is not a quote of "café": a match ends where a character of the file ends.
    if (start !== undefined && end !== undefined) {
      return { field, quote: field.text.value.slice(start, end), offset: start };
    }
  }
  return undefined;
}

type Normalised = {
  readonly text: string;
  /** From offsets in the normalised text to offsets in the original, where a character with its accents begins, and ends. */
  readonly starts: readonly (number | undefined)[];
  readonly ends: readonly (number | undefined)[];
};

/** A base character with its accents is the smallest piece that can be normalised alone, with the same result as the whole. */
function normalise(original: string): Normalised {
  const starts: (number | undefined)[] = [];
  const ends: (number | undefined)[] = [];
  let text = '';
  for (const { 0: piece, index } of original.matchAll(/\P{M}\p{M}*|\p{M}+/gsu)) {
    const normal = normalisePiece(piece);
    if (normal === '' || (normal === ' ' && text.endsWith(' '))) continue;
    starts[text.length] = index;
    text += normal;
    ends[text.length] = index + piece.length;
  }
  return { text, starts, ends };
}

function normalisePiece(piece: string): string {
  if (piece.length === 1 && piece > ' ' && piece <= '~') return piece;
  // NFKD is equal for two texts exactly if NFKC is, and never joins one piece to the next.
  return /^\s+$/u.test(piece) ? ' ' : visible(piece).normalize('NFKD');
}
