import { foldText } from './fold.ts';

/** What separates words in `lettersOf`. */
export const BLANK = 32;

/** As `foldText` has it: longer texts are known by their beginning. */
export const MAX_LETTERS = 8_000;

/**
 * The letters and digits of a folded text, as UTF-16 code units; every run of anything else between them is one blank. Bands and
 * words are made of these, so that case, punctuation, line breaks and look-alike letters make no other text.
 */
export function lettersOf(text: string): Uint16Array {
  const folded = plain.test(text) ? text.slice(0, MAX_LETTERS).toLowerCase() : foldText(text);
  const letters = new Uint16Array(folded.length);
  let length = 0;
  for (let at = 0; at < folded.length; at++) {
    const unit = folded.charCodeAt(at);
    if (isLetter(unit)) letters[length++] = unit;
    else if (length > 0 && letters[length - 1] !== BLANK) letters[length++] = BLANK;
  }
  if (length > 0 && letters[length - 1] === BLANK) length--;
  return letters.subarray(0, length);
}

/** Folding changes nothing but the case of these. */
// oxlint-disable-next-line no-control-regex -- every ASCII character is meant
const plain = /^[\0-\x7f]*$/;

/** Halves of surrogate pairs are taken for letters. */
const isLetter = (unit: number): boolean =>
  unit < 128 ? (unit >= 97 && unit <= 122) || (unit >= 48 && unit <= 57) : letter.test(String.fromCharCode(unit));
const letter = /[\p{L}\p{M}\p{N}\p{Cs}]/u;
