import { BLANK, lettersOf } from './letters.ts';

/** Words by which one text can be found: rewordings share a few, and the rarest say most. */
export const MAX_INDEXED_WORDS = 16;

/** Words of one text that are looked at. */
const MAX_WORDS = 64;

/**
 * The different words of a text, given as `lettersOf` it, that may say what it is about: 64 at most, in their order, as hashes of
 * 32 bits, signed. English endings and words that only hold a sentence together are left out; crude on purpose, since both sides
 * are treated alike. In scripts that write no spaces every character is a word.
 */
export function tellingWords(letters: Uint16Array): readonly number[] {
  const words: number[] = [];
  for (let start = 0; start < letters.length && words.length < MAX_WORDS;) {
    let end = start + 1;
    if (!standsAlone(letters[start] ?? 0))
      while (end < letters.length && letters[end] !== BLANK && !standsAlone(letters[end] ?? 0)) end++;
    const word = hashOf(letters, start, stemEnd(letters, start, end));
    if (!functionWords.has(word) && !words.includes(word)) words.push(word);
    // Where one read of an array goes beyond its end, all reads by that line are slow.
    start = end < letters.length && letters[end] === BLANK ? end + 1 : end;
  }
  return words;
}

/** Thai, Lao, Khmer, kana and Chinese characters. */
const standsAlone = (unit: number): boolean =>
  unit >= 0x0e00 && (unit < 0x0f00 || (unit >= 0x1780 && unit < 0x1800) || (unit >= 0x2e80 && unit < 0xa000));

const [d, e, g, i, n, s] = ['d', 'e', 'g', 'i', 'n', 's'].map(letter => letter.charCodeAt(0));

/** Where the word ends without `-s`, `-ed`, `-ing` or `-e`. */
function stemEnd(letters: Uint16Array, start: number, end: number): number {
  let last = end;
  if (last - start > 3 && letters[last - 1] === s && letters[last - 2] !== s) last--;
  if (last - start > 5 && letters[last - 3] === i && letters[last - 2] === n && letters[last - 1] === g) last -= 3;
  else if (last - start > 4 && letters[last - 2] === e && letters[last - 1] === d) last -= 2;
  if (last - start > 3 && letters[last - 1] === e) last--;
  return last;
}

function hashOf(letters: Uint16Array, start: number, end: number): number {
  let hash = 0;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ (letters[at] ?? 0), 0x9e3779b1) ^ (hash >>> 15);
  return hash;
}

const functionWords: ReadonlySet<number> = new Set(
  `a an the this that these those it its is are was were be been being am do does did done have has had having can could will would
  shall should may might must of in on at to from by with about into over under between for and or but if so as than then there
  here what which who whom whose when where why how i you he she we they me him her us them my your his our their some any each
  every all both most more much many few other such only also just very too please let not no`
    .split(/\s+/)
    .map(word => {
      const letters = lettersOf(word);
      return hashOf(letters, 0, stemEnd(letters, 0, letters.length));
    }),
);

/**
 * How much a word that is in `frequency` of `size` texts says about the ones that have it: the inverse document frequency
 * (Spärck Jones 1972), smoothed so that it is positive. In nats.
 */
export const rarity = (frequency: number, size: number): number => Math.log(1 + size / (1 + frequency));
