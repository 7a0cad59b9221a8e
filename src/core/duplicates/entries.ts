/**
 * Texts under the terms by which they are found: the text `ids[at]` is filed under `terms[at]`, 32 bits, unsigned. In order: by
 * term, and under one term by id, none twice.
 */
export type Entries = { readonly terms: Uint32Array; readonly ids: Int32Array };

/**
 * Entries packed onto shelves, one shelf after the other: of each its number and how many bytes of `packed` are its own. On a shelf
 * stand all terms that begin with the same bits; its number is a one followed by these. The numbers rise.
 */
export type Shelves = {
  readonly numbers: readonly number[];
  readonly lengths: readonly number[];
  readonly packed: Uint8Array;
};

/** More would not fit into an integer of the database. */
export const MAX_BITS = 30;

/**
 * So many texts stay under one term of entries that are packed together, the oldest: more say nothing of each other, and what
 * somebody files can make no list longer.
 */
export const MAX_UNDER_TERM = 4_096;

/** The number of the shelf on which a term stands where so many bits name it. */
export const shelfOf = (term: number, bits: number): number => (bits === 0 ? 1 : (1 << bits) | (term >>> (32 - bits)));

/** The first term that can stand on a shelf. */
const firstTermOf = (shelf: number): number => ((shelf << Math.clz32(shelf)) << 1) >>> 0;

/** Entries are put into so many parts by the first bits of their terms, and each part is sorted by itself. */
const PART_BITS = 12;
const REST_BITS = 32 - PART_BITS;

/** One more than the largest id. What is left of a term and an id are one exact number: 51 bits. */
const IDS = 2 ** 31;

/** Puts entries in order, and leaves out those that come again. */
export function sortEntries({ terms, ids }: Entries): Entries {
  const ends = new Uint32Array(1 << PART_BITS);
  for (let at = 0; at < terms.length; at++) {
    const part = (terms[at] ?? 0) >>> REST_BITS;
    ends[part] = (ends[part] ?? 0) + 1;
  }
  let start = 0;
  for (let part = 0; part < ends.length; part++) {
    const count = ends[part] ?? 0;
    ends[part] = start;
    start += count;
  }
  const keys = new Float64Array(terms.length);
  for (let at = 0; at < terms.length; at++) {
    const term = terms[at] ?? 0;
    const place = ends[term >>> REST_BITS] ?? 0;
    ends[term >>> REST_BITS] = place + 1;
    keys[place] = (term & ((1 << REST_BITS) - 1)) * IDS + (ids[at] ?? 0);
  }
  const sorted = { terms: new Uint32Array(terms.length), ids: new Int32Array(terms.length) };
  let length = 0;
  start = 0;
  for (let part = 0; part < ends.length; part++) {
    const end = ends[part] ?? 0;
    keys.subarray(start, end).sort();
    for (let at = start; at < end; at++) {
      const key = keys[at] ?? 0;
      if (at > start && key === keys[at - 1]) continue;
      const rest = Math.floor(key / IDS);
      sorted.terms[length] = (part << REST_BITS) | rest;
      sorted.ids[length++] = key - rest * IDS;
    }
    start = end;
  }
  return { terms: sorted.terms.subarray(0, length), ids: sorted.ids.subarray(0, length) };
}

/** All entries of several sets, in order. */
export function mergeEntries(all: readonly Entries[]): Entries {
  const length = all.reduce((sum, { terms }) => sum + terms.length, 0);
  const merged = { terms: new Uint32Array(length), ids: new Int32Array(length) };
  let at = 0;
  for (const { terms, ids } of all) {
    merged.terms.set(terms, at);
    merged.ids.set(ids, at);
    at += terms.length;
  }
  return sortEntries(merged);
}

/** The longest that one number of 33 bits gets in `writeNumber`. */
const LONGEST = 5;

/**
 * Packs entries onto shelves named by so many bits. A shelf begins with its least id. Then comes each term as the distance from the
 * one before it, doubled, and odd where several texts stand under it: their count follows. Ids are distances, too: the first under
 * a term from the shelf's least, the others from the one before. So most numbers are small, and an entry takes about four bytes.
 */
export function packShelves({ terms, ids }: Entries, bits: number): Shelves {
  const numbers: number[] = [];
  const lengths: number[] = [];
  const packed = new Uint8Array(terms.length * 3 * LONGEST + LONGEST);
  let end = 0;
  for (let start = 0; start < terms.length;) {
    const number = shelfOf(terms[start] ?? 0, bits);
    const stop = endOf(terms, start, term => shelfOf(term, bits) === number);
    const least = ids.subarray(start, stop).reduce((one, other) => Math.min(one, other));
    const before = end;
    end = writeNumber(packed, end, least);
    let previous = firstTermOf(number);
    for (let at = start; at < stop;) {
      const term = terms[at] ?? 0;
      const all = endOf(terms, at, one => one === term);
      const kept = Math.min(all, at + MAX_UNDER_TERM);
      end = writeNumber(packed, end, 2 * (term - previous) + (kept > at + 1 ? 1 : 0));
      if (kept > at + 1) end = writeNumber(packed, end, kept - at);
      for (let last = least; at < kept; at++) {
        end = writeNumber(packed, end, (ids[at] ?? 0) - last);
        last = ids[at] ?? 0;
      }
      previous = term;
      at = all;
    }
    numbers.push(number);
    lengths.push(end - before);
    start = stop;
  }
  return { numbers, lengths, packed: packed.subarray(0, end) };
}

function endOf(terms: Uint32Array, start: number, belongs: (term: number) => boolean): number {
  let end = start + 1;
  while (end < terms.length && belongs(terms[end] ?? 0)) end++;
  return end;
}

/** All entries of shelves, in order. */
export function readEntries({ numbers, lengths, packed }: Shelves): Entries {
  // An entry takes a byte at least.
  const terms = new Uint32Array(packed.length);
  const ids = new Int32Array(packed.length);
  let length = 0;
  let end = 0;
  for (const [index, number] of numbers.entries()) {
    const start = end;
    end += lengths[index] ?? 0;
    visitShelf(number, packed.subarray(start, end), (term, id) => {
      terms[length] = term;
      ids[length++] = id;
      return true;
    });
  }
  return { terms: terms.subarray(0, length), ids: ids.subarray(0, length) };
}

/** The texts under a term, of the shelf on which it would stand, by id. */
export function textsUnder(term: number, shelf: number, packed: Uint8Array): readonly number[] {
  const texts: number[] = [];
  visitShelf(shelf, packed, (other, id) => {
    if (other === term) texts.push(id);
    return other <= term;
  });
  return texts;
}

/** Calls `visit` with each entry of a shelf, in order, until it returns false. */
function visitShelf(shelf: number, packed: Uint8Array, visit: (term: number, id: number) => boolean): void {
  const reader = { packed, at: 0 };
  const least = readNumber(reader);
  for (let term = firstTermOf(shelf); reader.at < packed.length;) {
    const distance = readNumber(reader);
    term += Math.floor(distance / 2);
    const texts = distance % 2 === 0 ? 1 : readNumber(reader);
    let id = least;
    for (let count = 0; count < texts; count++) {
      id += readNumber(reader);
      if (!visit(term, id)) return;
    }
  }
}

/** Seven bits a byte, the lowest first; a set eighth bit says that more come. Returns the place behind it. */
function writeNumber(packed: Uint8Array, start: number, value: number): number {
  let at = start;
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) packed[at++] = (rest % 128) | 128;
  packed[at++] = rest;
  return at;
}

function readNumber(reader: { readonly packed: Uint8Array; at: number }): number {
  let value = 0;
  for (let unit = 1; ; unit *= 128) {
    const byte = reader.packed[reader.at++] ?? 0;
    value += (byte & 127) * unit;
    if (byte < 128) return value;
  }
}
