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

/**
 * Finds a quote in the named field, or else in another field of the same example. Compared as NFKC with runs of white space as
 * one space and invisible characters left out, so that a model may tidy up, but not change, what it copies. Quotes of 8 to 200
 * characters count, or a whole field that is shorter. Undefined: nobody wrote that.
 */
export function findEvidence(quote: string, named: FieldName, fields: readonly Field[]): Span | undefined {
  // Long before it is normalised: a megabyte needs no careful reading.
  if (quote.length > MAX_QUOTE * 20) return undefined;
  const wanted = normalise(quote).text.trim();
  const length = Array.from(wanted).length;
  if (length === 0 || length > MAX_QUOTE) return undefined;
  const inOrder = [...fields.filter(({ name }) => name === named), ...fields.filter(({ name }) => name !== named)];
  for (const field of inOrder) {
    const span = findIn(field, wanted, length);
    if (span !== undefined) return span;
  }
  return undefined;
}

function findIn(field: Field, wanted: string, length: number): Span | undefined {
  const { text, starts, ends } = normalise(field.text.value);
  if (length < MIN_QUOTE && text.trim() !== wanted) return undefined;
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + 1)) {
    const start = starts.get(at);
    const end = ends.get(at + wanted.length);
    // "cafe" is not a quote of "café": a match ends where a character of the file ends.
    if (start !== undefined && end !== undefined) {
      return { field, quote: field.text.value.slice(start, end), offset: start };
    }
  }
  return undefined;
}

type Normalised = {
  readonly text: string;
  /** Offset in the normalised text to offset in the original, where a character with its accents begins, and ends. */
  readonly starts: ReadonlyMap<number, number>;
  readonly ends: ReadonlyMap<number, number>;
};

/** A base character with its accents is the smallest piece that can be normalised alone, with the same result as the whole. */
function normalise(original: string): Normalised {
  const starts = new Map<number, number>();
  const ends = new Map<number, number>();
  let text = '';
  for (const { 0: piece, index } of original.matchAll(/\P{M}\p{M}*|\p{M}+/gsu)) {
    // NFKD is equal for two texts exactly if NFKC is, and never joins one piece to the next.
    const normal = /^\s+$/u.test(piece) ? ' ' : visible(piece).normalize('NFKD');
    if (normal === '' || (normal === ' ' && text.endsWith(' '))) continue;
    starts.set(text.length, index);
    text += normal;
    ends.set(text.length, index + piece.length);
  }
  return { text, starts, ends };
}
