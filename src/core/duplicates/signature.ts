import { MAX_LETTERS } from './letters.ts';

/** Values of a signature, and how many of them one band is made of: texts share a band with a chance of J³, J being their similarity. */
const BINS = 64;
const ROWS = 3;

/** Letters of a piece. */
const PIECE = 4;

/**
 * The bands of the MinHash signature of a text, given as `lettersOf` it: 21 numbers of 32 bits, signed; none for a text without
 * letters. What is compared is the set of all runs of four letters (Jaccard similarity J). At a J of .5 two texts share one band or
 * more in 94 % of cases, at .4 in 75 %. With 16 bands of four values it would be 64 % and 34 %: of a million examples, one
 * near-verbatim copy in twelve was not found. A word changed in four makes half of a short question.
 */
export function bandsOf(letters: Uint16Array): readonly number[] {
  if (letters.length === 0) return [];
  fillSketch(readPieces(letters, pieceSpace));
  const bands: number[] = [];
  for (let start = 0; start + ROWS <= BINS; start += ROWS) {
    let hash = start + 1;
    for (let row = start; row < start + ROWS; row++) hash = mix(hash ^ (sketch[row] ?? 0));
    bands.push(hash);
  }
  return bands;
}

/** Hashes of all runs of `PIECE` letters; of the whole text when it is shorter. */
export const piecesOf = (letters: Uint16Array): Int32Array => readPieces(letters, new Int32Array(letters.length));

/** The same at the beginning of `space`. */
function readPieces(letters: Uint16Array, space: Int32Array): Int32Array {
  if (letters.length > 0 && letters.length < PIECE) {
    const padded = new Uint16Array(PIECE);
    padded.set(letters);
    return readPieces(padded, space);
  }
  const pieces = space.subarray(0, Math.max(0, letters.length - PIECE + 1));
  for (let at = 0; at < pieces.length; at++) {
    const first = (letters[at] ?? 0) | ((letters[at + 1] ?? 0) << 16);
    const last = (letters[at + 2] ?? 0) | ((letters[at + 3] ?? 0) << 16);
    pieces[at] = Math.imul(first, 0x9e3779b1) ^ Math.imul(last ^ (first >>> 13), 0x85ebca6b);
  }
  return pieces;
}

// Written anew for each text and never handed out: to make arrays takes longer than all that is done with them.
const pieceSpace = new Int32Array(MAX_LETTERS);
const sketch = new Int32Array(BINS);
const isFilled = new Uint8Array(BINS);

/**
 * Fills `sketch`: sixty-four values of which two sets share each with a chance of their Jaccard similarity. In each round every
 * piece falls into one bin by its hash, the least hash of a bin stays, and rounds are added until no bin is empty; the last rounds
 * fill one bin each. A long text needs one round where plain MinHash needs 64. Dahlgaard, Knudsen, Thorup: Fast Similarity
 * Sketching, FOCS 2017.
 */
function fillSketch(pieces: Int32Array): void {
  isFilled.fill(0);
  sketch.fill(0x7fffffff);
  for (let round = 1; round <= BINS && isFilled.includes(0); round++) {
    // All hashes of a bin begin with its number. The round takes its place, so that the least value is of the first round.
    const beginning = (round - BINS / 2 - 1) << BIN_SHIFT;
    const seed = seedOf(round);
    for (let at = 0; at < pieces.length; at++) {
      const hash = mix((pieces[at] ?? 0) ^ seed);
      const bin = hash >>> BIN_SHIFT;
      sketch[bin] = Math.min(sketch[bin] ?? 0, beginning | (hash & REST));
      isFilled[bin] = 1;
    }
  }
  for (let bin = 0; bin < BINS; bin++)
    sketch[bin] =
      isFilled[bin] === 1
        ? (bin << BIN_SHIFT) | ((sketch[bin] ?? 0) & REST)
        : leastHash(pieces, seedOf(BINS + 1 + bin));
}

/** A hash is the number of its bin and a rest of 26 bits. */
const BIN_SHIFT = 26;
const REST = 2 ** BIN_SHIFT - 1;

const seedOf = (round: number): number => Math.imul(round, 0x27d4eb2f);

function leastHash(pieces: Int32Array, seed: number): number {
  let least = 0x7fffffff;
  for (const piece of pieces) least = Math.min(least, mix(piece ^ seed));
  return least;
}

/** Spreads every bit over all others: the last step of MurmurHash3 (Appleby, public domain). 32 bits, signed. */
export function mix(value: number): number {
  let hash = value ^ (value >>> 16);
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
