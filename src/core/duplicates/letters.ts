import { foldText } from './fold.ts';

/** What separates words in `lettersOf`. */
export const BLANK = 32;

/** As `foldText` has it: longer texts are known by their beginning. */
export const MAX_LETTERS = 8_000;

/**
 * The letters and digits of a folded text, as UTF-16 code units; every run of anything else between them is one blank. Bands and
 * words are made of these, so that case, punctuation, line breaks and look-alike letters make no other text.
 */
export const lettersOf = (text: string): Uint16Array => letterReader()(text);

/**
 * `lettersOf` for many texts, one after the other: what it gives is overwritten when the next one is read. To make an array for
 * each text takes longer than to read it.
 */
export function letterReader(): (text: string) => Uint16Array {
  const space = new Uint16Array(MAX_LETTERS);
  return text => space.subarray(0, readUnits(text, space) ?? readFolded(foldText(text), space));
}

/** Reads a text unit by unit. Gives how many letters it has; nothing if one of its units is `BOUND`. */
function readUnits(text: string, letters: Uint16Array): number | undefined {
  const end = Math.min(text.length, MAX_LETTERS);
  let length = 0;
  let last = BLANK;
  for (let at = 0; at < end; at++) {
    const unit = text.charCodeAt(at);
    const reading = readings[unit] || readUnit(unit);
    if (reading === BOUND) return undefined;
    if (reading === NOTHING) continue;
    // Of both together, since processors foresee that: only two blanks have no bit but the blank's.
    if ((reading | last) !== BLANK) letters[length++] = reading;
    last = reading;
  }
  return length > 0 && last === BLANK ? length - 1 : length;
}

/** The same of a text that is folded already. */
function readFolded(folded: string, letters: Uint16Array): number {
  let length = 0;
  let last = BLANK;
  for (let at = 0; at < folded.length; at++) {
    const unit = folded.charCodeAt(at);
    const letter = isLetter(unit) ? unit : BLANK;
    if (letter !== BLANK || last !== BLANK) letters[length++] = last = letter;
  }
  return length > 0 && last === BLANK ? length - 1 : length;
}

/**
 * Most texts need no folding as a whole: what each unit is by itself makes them up. That is an ASCII letter or digit, `BLANK`,
 * `NOTHING`, or `BOUND` if it is a letter of other kinds, half a character, or several: those can depend on what stands beside
 * them. Filled in as units are met, 0 until then.
 */
const readings = new Uint8Array(65_536);
const NOTHING = 1;
const BOUND = 2;

function readUnit(unit: number): number {
  const character = String.fromCharCode(unit);
  const folded = foldText(character);
  const reading = folded === '' ? NOTHING : folded.length > 1 || !character.isWellFormed() ? BOUND : readLetter(folded);
  readings[unit] = reading;
  return reading;
}

function readLetter(folded: string): number {
  const unit = folded.charCodeAt(0);
  if (!isLetter(unit)) return BLANK;
  return unit < 128 ? unit : BOUND;
}

/** Halves of surrogate pairs are taken for letters. */
const isLetter = (unit: number): boolean =>
  unit < 128 ? (unit >= 97 && unit <= 122) || (unit >= 48 && unit <= 57) : letter.test(String.fromCharCode(unit));
const letter = /[\p{L}\p{M}\p{N}\p{Cs}]/u;
