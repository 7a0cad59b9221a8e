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

/** The last one: all bits after the shelf's are set. */
const lastTermOf = (shelf: number): number => firstTermOf(shelf) + 2 ** (1 + Math.clz32(shelf)) - 1;

/** One more than the largest id. What 10 bits leave of a term and an id are one exact number: 53 bits. */
const IDS = 2 ** 31;

/** So many numbers are sorted here by putting each in its place; more are left to a sort that takes long to begin. */
const FEW = 48;

/**
 * Puts entries in order, and leaves out those that come again. They are divided by the first bits of their terms into parts of about
 * sixteen, and each part is sorted by itself.
 */
export function sortEntries({ terms, ids }: Entries): Entries {
  const restBits = 32 - Math.min(16, Math.max(10, Math.round(Math.log2(terms.length / 16))));
  const ends = new Uint32Array(2 ** (32 - restBits));
  for (const term of terms) ends[term >>> restBits] = (ends[term >>> restBits] ?? 0) + 1;
  let start = 0;
  for (let part = 0; part < ends.length; part++) {
    const count = ends[part] ?? 0;
    ends[part] = start;
    start += count;
  }
  const keys = new Float64Array(terms.length);
  for (let at = 0; at < terms.length; at++) {
    const term = terms[at] ?? 0;
    const place = ends[term >>> restBits] ?? 0;
    ends[term >>> restBits] = place + 1;
    keys[place] = (term & ((1 << restBits) - 1)) * IDS + (ids[at] ?? 0);
  }
  const sorted = { terms: new Uint32Array(terms.length), ids: new Int32Array(terms.length) };
  let length = 0;
  start = 0;
  for (let part = 0; part < ends.length; part++) {
    const end = ends[part] ?? 0;
    if (end - start > FEW) keys.subarray(start, end).sort();
    else sortFew(keys, start, end);
    for (let at = start; at < end; at++) {
      const key = keys[at] ?? 0;
      if (at > start && key === keys[at - 1]) continue;
      const rest = Math.floor(key / IDS);
      sorted.terms[length] = (part << restBits) | rest;
      sorted.ids[length++] = key - rest * IDS;
    }
    start = end;
  }
  return { terms: sorted.terms.subarray(0, length), ids: sorted.ids.subarray(0, length) };
}

function sortFew(keys: Float64Array, start: number, end: number): void {
  for (let next = start + 1; next < end; next++) {
    const key = keys[next] ?? 0;
    let at = next;
    for (; at > start && (keys[at - 1] ?? 0) > key; at--) keys[at] = keys[at - 1] ?? 0;
    keys[at] = key;
  }
}

/** Merges entries that are in order each. What stands in several of them stands once in the result. */
export function mergeEntries(all: readonly Entries[]): Entries {
  const [first = { terms: new Uint32Array(), ids: new Int32Array() }, ...rest] = all;
  if (rest.length === 0) return first;
  const half = Math.ceil(all.length / 2);
  return mergeTwo(mergeEntries(all.slice(0, half)), mergeEntries(all.slice(half)));
}

function mergeTwo(one: Entries, other: Entries): Entries {
  const terms = new Uint32Array(one.terms.length + other.terms.length);
  const ids = new Int32Array(terms.length);
  let length = 0;
  let i = 0;
  let j = 0;
  while (i < one.terms.length && j < other.terms.length) {
    const [oneTerm = 0, otherTerm = 0] = [one.terms[i], other.terms[j]];
    const [oneId = 0, otherId = 0] = [one.ids[i], other.ids[j]];
    const difference = oneTerm - otherTerm || oneId - otherId;
    terms[length] = difference <= 0 ? oneTerm : otherTerm;
    ids[length++] = difference <= 0 ? oneId : otherId;
    if (difference <= 0) i++;
    if (difference >= 0) j++;
  }
  const [left, from] = i < one.terms.length ? [one, i] : [other, j];
  terms.set(left.terms.subarray(from), length);
  ids.set(left.ids.subarray(from), length);
  length += left.terms.length - from;
  return { terms: terms.subarray(0, length), ids: ids.subarray(0, length) };
}

/** Those entries whose terms would stand on a shelf. */
export function entriesOn(shelf: number, { terms, ids }: Entries): Entries {
  const [first, last] = [firstTermOf(shelf), lastTermOf(shelf)];
  const start = terms.findIndex(term => term >= first);
  const end = terms.findIndex(term => term > last);
  const on = [start === -1 ? terms.length : start, end === -1 ? terms.length : end] as const;
  return { terms: terms.subarray(...on), ids: ids.subarray(...on) };
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
    const last = lastTermOf(number);
    let least = ids[start] ?? 0;
    let stop = start + 1;
    for (; stop < terms.length && (terms[stop] ?? 0) <= last; stop++) least = Math.min(least, ids[stop] ?? 0);
    const before = end;
    end = writeNumber(packed, end, least);
    let previous = firstTermOf(number);
    for (let at = start; at < stop;) {
      const term = terms[at] ?? 0;
      let all = at + 1;
      while (all < stop && terms[all] === term) all++;
      const kept = Math.min(all, at + MAX_UNDER_TERM);
      end = writeNumber(packed, end, 2 * (term - previous) + (kept > at + 1 ? 1 : 0));
      if (kept > at + 1) end = writeNumber(packed, end, kept - at);
      for (let id = least; at < kept; at++) {
        end = writeNumber(packed, end, (ids[at] ?? 0) - id);
        id = ids[at] ?? 0;
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
  // What has 32 bits or more is divided; operators on bits are quicker, and know no more than 31.
  for (; rest > 0x7fffffff; rest = Math.floor(rest / 128)) packed[at++] = (rest % 128) | 128;
  for (; rest > 127; rest >>= 7) packed[at++] = (rest & 127) | 128;
  packed[at++] = rest;
  return at;
}

function readNumber(reader: { readonly packed: Uint8Array; at: number }): number {
  const { packed } = reader;
  let byte = packed[reader.at++] ?? 0;
  let value = byte & 127;
  for (let shift = 7; byte > 127; shift += 7) {
    byte = packed[reader.at++] ?? 0;
    value += shift < 28 ? (byte & 127) << shift : (byte & 127) * 2 ** shift;
  }
  return value;
}
