import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { IndexTerms } from '../core/duplicates/index-terms.ts';
import type { Postings } from '../core/duplicates/nominate.ts';
import { MAX_INDEXED_WORDS, rarity } from '../core/duplicates/rare-words.ts';
import { SHELVES_AT_A_TIME, append, intArray, tidy } from './posting-parts.ts';
import type { Part } from './posting-parts.ts';
import type { Schema } from './schema.ts';

/**
 * Posting lists: which texts are filed under a term. A row for each posting takes 56 bytes with its index, and an example has about
 * ninety: so postings of many terms stand packed in one row, six bytes each, on a shelf that is named by the first bits of the term.
 * Each addition appends a part to the shelves that it touches; small parts are put together when there are many of them. The
 * common case is one read of a few hundred bytes for each term, whatever the size of the index.
 *
 * A band's entry is the last 16 bits of the term and the id of the text. A word has a shelf of its own (a negative number) of ids
 * alone, so that the length of a list is known before it is read.
 */
const BAND_ENTRY = 6;
const WORD_ENTRY = 4;

/** A small index with many shelves would consist of their edges. Postings stay where they were filed, so both are looked at. */
const SHELF_BITS = { small: 14, large: 16 } as const;
const SMALL_INDEX = 16_384;

/** A word that is in more texts says nothing, and is filed no more. */
const MAX_WORD_TEXTS = 4_096;

/** Postings of words that are read for one text, rarest words first. */
const MAX_WORD_ENTRIES = 8_000;

/** Parts that are read of one shelf: more than an honest index has, and an end to what a crafted one can cost. */
const MAX_PARTS = 64;

/** More texts at once touch most shelves, which are tidied one slice after the other: see `tidyPostings`. */
const SMALL_ADDITION = 300;

/** So many texts at once bring parts that are worth leaving alone for a while. */
const LARGE_ADDITION = 5_000;

/** A text that is filed, with its terms by field. */
export type FiledText = { readonly id: number; readonly terms: readonly IndexTerms[] };

/** What is left to do once texts are filed and their transaction has ended. */
export type Filed = {
  /** Texts that were filed by replacing rows, whose space waits for a vacuum. */
  readonly replaced: number;
  /** So much was added that `tidyPostings` is worth its while. */
  readonly isUntidy: boolean;
};

/** Files texts. `size` is how many the index had before; the caller holds the repository's lock. */
export async function filePostings(
  trx: Kysely<Schema>,
  repositoryId: number,
  texts: readonly FiledText[],
  size: number,
  pause: () => Promise<void>,
): Promise<Filed> {
  const bits = size < SMALL_INDEX ? SHELF_BITS.small : SHELF_BITS.large;
  const words = await rareWords(trx, repositoryId, texts);
  const parts = [...packBands(texts, bits), ...packWords(words)];
  for (let at = 0; at < parts.length; at += SHELVES_AT_A_TIME) {
    await append(trx, repositoryId, parts.slice(at, at + SHELVES_AT_A_TIME));
    await pause();
  }
  if (texts.length > SMALL_ADDITION) {
    // What a large addition brings is packed already, so it is tidied only each time that the index has doubled.
    const isPacked = texts.length > LARGE_ADDITION && growth(size) === growth(size + texts.length);
    return { replaced: 0, isUntidy: !isPacked };
  }
  const shelves = parts.map(({ shelf }) => shelf);
  for (let at = 0; at < shelves.length; at += SHELVES_AT_A_TIME) {
    await tidy(trx, repositoryId, shelves.slice(at, at + SHELVES_AT_A_TIME));
    await pause();
  }
  return { replaced: texts.length, isUntidy: false };
}

const growth = (size: number): number => Math.floor(Math.log2(1 + size));

/** Entries of all bands, sorted onto their shelves in two passes. */
function packBands(texts: readonly FiledText[], bits: number): readonly Part[] {
  const filled = new Int32Array(1 << bits);
  const each = (visit: (prefix: number, term: number, id: number) => void): void => {
    for (const { id, terms } of texts)
      for (const { bands } of terms) for (const band of bands) visit(band >>> (32 - bits), band, id);
  };
  each(prefix => {
    filled[prefix] = (filled[prefix] ?? 0) + BAND_ENTRY;
  });
  const parts: Part[] = [];
  const byPrefix = Array.from(filled, (bytes, prefix) => {
    if (bytes === 0) return undefined;
    const entries = new Uint8Array(bytes);
    parts.push({ shelf: (1 << bits) | prefix, entries });
    return new DataView(entries.buffer);
  });
  filled.fill(0);
  each((prefix, term, id) => {
    const at = filled[prefix] ?? 0;
    byPrefix[prefix]?.setUint16(at, term & 0xffff);
    byPrefix[prefix]?.setInt32(at + 2, id);
    filled[prefix] = at + BAND_ENTRY;
  });
  return parts;
}

const packWords = (ids: ReadonlyMap<number, readonly number[]>): readonly Part[] =>
  [...ids].map(([shelf, list]) => {
    const entries = new Uint8Array(list.length * WORD_ENTRY);
    const view = new DataView(entries.buffer);
    for (const [index, id] of list.entries()) view.setInt32(index * WORD_ENTRY, id);
    return { shelf, entries };
  });

const shelfOfWord = (term: number): number => term | 0x80000000;

/** Under which words each text is filed: the rarest of each field, and none that is too common already. By shelf. */
async function rareWords(
  trx: Kysely<Schema>,
  repositoryId: number,
  texts: readonly FiledText[],
): Promise<ReadonlyMap<number, readonly number[]>> {
  const all = new Set<number>();
  for (const { terms } of texts) for (const { words } of terms) for (const word of words) all.add(shelfOfWord(word));
  const known = await frequencies(trx, repositoryId, [...all]);
  const filed = new Map<number, number[]>();
  const frequency = (shelf: number): number => (known.get(shelf) ?? 0) + (filed.get(shelf)?.length ?? 0);
  for (const { id, terms } of texts) {
    const chosen = new Set<number>();
    for (const { words } of terms) for (const shelf of rarest(words.map(shelfOfWord), frequency)) chosen.add(shelf);
    for (const shelf of chosen) {
      const list = filed.get(shelf);
      if (list === undefined) filed.set(shelf, [id]);
      else if (frequency(shelf) < MAX_WORD_TEXTS) list.push(id);
    }
  }
  return filed;
}

function rarest(shelves: readonly number[], frequency: (shelf: number) => number): readonly number[] {
  if (shelves.length <= MAX_INDEXED_WORDS) return shelves;
  const counts = new Map(shelves.map(shelf => [shelf, frequency(shelf)]));
  const count = (shelf: number): number => counts.get(shelf) ?? 0;
  return shelves.toSorted((a, b) => count(a) - count(b)).slice(0, MAX_INDEXED_WORDS);
}

async function frequencies(
  trx: Kysely<Schema>,
  repositoryId: number,
  shelves: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const { rows } = await sql<{ shelf: number; bytes: number }>`
    select shelf, sum(octet_length(entries))::int as bytes from posting
    where repository_id = ${repositoryId} and shelf = any(${intArray(shelves)}::int[]) group by shelf`.execute(trx);
  return new Map(rows.map(({ shelf, bytes }) => [shelf, bytes / WORD_ENTRY]));
}

/** Reads the lists of all terms of some texts with one question, however many they are. */
export async function readPostings(
  trx: Kysely<Schema>,
  repositoryId: number,
  terms: readonly (readonly IndexTerms[])[],
): Promise<Postings> {
  const bandShelves = new Set<number>();
  const wordShelves = new Set<number>();
  for (const { bands, words } of terms.flat()) {
    for (const band of bands) for (const bits of allBits) bandShelves.add((1 << bits) | (band >>> (32 - bits)));
    for (const word of words) wordShelves.add(shelfOfWord(word));
  }
  // One row, because reading many of them takes the embedded database's client longer than finding them.
  const { rows } = await sql<{
    shelves: string | null;
    lengths: string;
    bytes: string;
    entries: string;
    texts: number;
  }>`
    select * from near_postings(
      ${repositoryId}, ${intArray([...bandShelves])}::int[], ${bandShelves.size * MAX_PARTS}::int,
      ${intArray([...wordShelves])}::int[], ${terms.length * MAX_WORD_ENTRIES * WORD_ENTRY}
    )`.execute(trx);
  const [row] = rows;
  const parts = row?.shelves === null || row === undefined ? new Map<number, Read[]>() : unpack(row.shelves, row);
  return {
    ofBand(term, visit) {
      for (const bits of allBits)
        for (const { entries } of parts.get((1 << bits) | (term >>> (32 - bits))) ?? [])
          visitBand(entries, term & 0xffff, visit);
    },
    ofWord(term, visit) {
      for (const { entries, bytes } of parts.get(shelfOfWord(term)) ?? []) {
        const weight = rarity(bytes / WORD_ENTRY, row?.texts ?? 0);
        for (let at = 0; at < entries.length; at += WORD_ENTRY) visit(idAt(entries, at), weight);
      }
    },
  };
}

/** A part of a shelf as it was read, and of how many bytes the whole list of a word is. */
type Read = { readonly entries: Uint8Array; readonly bytes: number };

function unpack(
  shelves: string,
  { lengths, bytes, entries }: { readonly lengths: string; readonly bytes: string; readonly entries: string },
): ReadonlyMap<number, readonly Read[]> {
  const packed = Buffer.from(entries, 'base64');
  const sizes = lengths.split(',');
  const whole = bytes.split(',');
  const parts = new Map<number, Read[]>();
  let end = 0;
  for (const [index, name] of shelves.split(',').entries()) {
    const start = end;
    end += Number(sizes[index]);
    const read = { entries: packed.subarray(start, end), bytes: Number(whole[index]) };
    const known = parts.get(Number(name));
    if (known === undefined) parts.set(Number(name), [read]);
    else known.push(read);
  }
  return parts;
}

const allBits = Object.values(SHELF_BITS);

function visitBand(entries: Uint8Array, last: number, visit: (id: number) => void): void {
  for (let at = 0; at < entries.length; at += BAND_ENTRY)
    if ((((entries[at] ?? 0) << 8) | (entries[at + 1] ?? 0)) === last) visit(idAt(entries, at + 2));
}

const idAt = (entries: Uint8Array, at: number): number =>
  ((entries[at] ?? 0) << 24) | ((entries[at + 1] ?? 0) << 16) | ((entries[at + 2] ?? 0) << 8) | (entries[at + 3] ?? 0);
