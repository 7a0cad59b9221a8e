import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { IndexTerms } from '../core/duplicates/index-terms.ts';
import type { Postings } from '../core/duplicates/nominate.ts';
import { MAX_INDEXED_WORDS, rarity } from '../core/duplicates/rare-words.ts';
import type { Schema } from './schema.ts';

/**
 * Posting lists: which texts are filed under a term. A row for each posting takes 56 bytes with its index, and an example has about
 * sixty: so postings of many terms stand packed in one row, six bytes each, on a shelf that is named by the first bits of the term.
 * Each addition appends a part to the shelves that it touches; small parts are put together when there are many of them. The
 * common case is one read of a few hundred bytes for each term, whatever the size of the index.
 *
 * A band's entry is the last 16 bits of the term and the id of the text. A word has a shelf of its own (a negative number) of ids
 * alone, so that the length of a list is known before it is read.
 */
const BAND_ENTRY = 6;
const WORD_ENTRY = 4;

/** A small index with many shelves would consist of their edges. Postings stay where they were filed, so both are looked at. */
const SHELF_BITS = { small: 12, large: 16 } as const;
const SMALL_INDEX = 16_384;

/** A word that is in more texts says nothing, and is filed no more. */
const MAX_WORD_TEXTS = 4_096;

/** Postings of words that are read for one text, rarest words first. */
const MAX_WORD_ENTRIES = 20_000;

/** Parts that are read of one shelf: more than an honest index has, and an end to what a crafted one can cost. */
const MAX_PARTS = 64;

/** Parts below this many bytes are put together when a shelf has more than so many of them. */
const SMALL_PART = 1_024;
const MAX_SMALL_PARTS = 8;

/** Shelves that one statement writes or tidies: the embedded database runs on our thread, and this takes about 20 ms. */
const SHELVES_AT_A_TIME = 4_096;

/** A text that is filed, with its terms by field. */
export type FiledText = { readonly id: number; readonly terms: readonly IndexTerms[] };

/** Files texts. `size` is how many the index had before; the caller holds the repository's lock. */
export async function filePostings(
  trx: Kysely<Schema>,
  repositoryId: number,
  texts: readonly FiledText[],
  size: number,
  pause: () => Promise<void>,
): Promise<void> {
  const bits = size < SMALL_INDEX ? SHELF_BITS.small : SHELF_BITS.large;
  const words = await rareWords(trx, repositoryId, texts);
  const parts = [...packBands(texts, bits), ...packWords(words)];
  for (let at = 0; at < parts.length; at += SHELVES_AT_A_TIME) {
    await append(trx, repositoryId, parts.slice(at, at + SHELVES_AT_A_TIME));
    await pause();
  }
  // What a large addition brings is packed already, so it is tidied only as the index grows by a fifth.
  const isLarge = parts.length > SHELVES_AT_A_TIME;
  if (isLarge && fifths(size) === fifths(size + texts.length)) return;
  const shelves = parts.map(({ shelf }) => shelf);
  for (let at = 0; at < shelves.length; at += SHELVES_AT_A_TIME) {
    await tidy(trx, repositoryId, shelves.slice(at, at + SHELVES_AT_A_TIME));
    await pause();
  }
}

const fifths = (size: number): number => Math.floor(Math.log(1 + size) / Math.log(1.2));

type Part = { readonly shelf: number; readonly entries: Uint8Array };

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

/** Under which words each text is filed: its rarest, and none that is too common already. By shelf. */
async function rareWords(
  trx: Kysely<Schema>,
  repositoryId: number,
  texts: readonly FiledText[],
): Promise<ReadonlyMap<number, readonly number[]>> {
  const shelves = new Set<number>();
  for (const { terms } of texts)
    for (const { words } of terms) for (const word of words) shelves.add(shelfOfWord(word));
  const frequency = await frequencies(trx, repositoryId, [...shelves]);
  const filed = new Map<number, number[]>();
  for (const { id, terms } of texts) {
    for (const { words } of terms) {
      const rarest = words
        .map(shelfOfWord)
        .map(shelf => ({ shelf, count: frequency.get(shelf) ?? 0 }))
        .filter(({ count }) => count < MAX_WORD_TEXTS)
        .toSorted((a, b) => a.count - b.count)
        .slice(0, MAX_INDEXED_WORDS);
      for (const { shelf, count } of rarest) {
        frequency.set(shelf, count + 1);
        const list = filed.get(shelf);
        if (list === undefined) filed.set(shelf, [id]);
        else list.push(id);
      }
    }
  }
  return filed;
}

async function frequencies(
  kysely: Kysely<Schema>,
  repositoryId: number,
  shelves: readonly number[],
): Promise<Map<number, number>> {
  const { rows } = await sql<{ shelf: number; bytes: number }>`
    select shelf, sum(octet_length(entries))::int as bytes from posting
    where repository_id = ${repositoryId} and shelf = any(${shelves}::int[]) group by shelf`.execute(kysely);
  return new Map(rows.map(({ shelf, bytes }) => [shelf, bytes / WORD_ENTRY]));
}

async function append(trx: Kysely<Schema>, repositoryId: number, parts: readonly Part[]): Promise<void> {
  const packed = Buffer.concat(parts.map(({ entries }) => entries));
  let end = 1;
  const starts = parts.map(({ entries }) => {
    const start = end;
    end += entries.length;
    return start;
  });
  await sql`insert into posting (repository_id, shelf, entries)
    select ${repositoryId}::bigint, shelf, substring(${packed}::bytea from start for length)
    from unnest(${parts.map(({ shelf }) => shelf)}::int[], ${starts}::int[], ${parts.map(({ entries }) => entries.length)}::int[])
      as given(shelf, start, length)`.execute(trx);
}

/** Puts the small parts of these shelves together where there are many. */
async function tidy(trx: Kysely<Schema>, repositoryId: number, shelves: readonly number[]): Promise<void> {
  await sql`with untidy as (
      select shelf from posting
      where repository_id = ${repositoryId} and shelf = any(${shelves}::int[]) and octet_length(entries) < ${SMALL_PART}
      group by shelf having count(*) > ${MAX_SMALL_PARTS}
    ), small as (
      delete from posting using untidy
      where posting.repository_id = ${repositoryId} and posting.shelf = untidy.shelf and octet_length(posting.entries) < ${SMALL_PART}
      returning posting.shelf, part, entries
    )
    insert into posting (repository_id, shelf, entries)
    select ${repositoryId}::bigint, shelf, string_agg(entries, ''::bytea order by part) from small group by shelf`.execute(
    trx,
  );
}

/** Reads the lists of all terms of some texts, in two questions however many they are. */
export async function readPostings(
  kysely: Kysely<Schema>,
  repositoryId: number,
  terms: readonly (readonly IndexTerms[])[],
): Promise<Postings> {
  const all = terms.flat();
  const bandShelves = new Set<number>();
  for (const { bands } of all)
    for (const band of bands)
      for (const bits of Object.values(SHELF_BITS)) bandShelves.add((1 << bits) | (band >>> (32 - bits)));
  const wordShelves = new Set(all.flatMap(({ words }) => words.map(shelfOfWord)));

  const bands = await readShelves(kysely, repositoryId, [...bandShelves]);
  const { size, frequency } = await wordFrequencies(kysely, repositoryId, [...wordShelves]);
  const wanted = new Set<number>();
  for (const ofText of terms) for (const shelf of worthReading(ofText, frequency)) wanted.add(shelf);
  const words = await readShelves(kysely, repositoryId, [...wanted]);

  return {
    *ofBand(term) {
      for (const bits of Object.values(SHELF_BITS))
        for (const entries of bands.get((1 << bits) | (term >>> (32 - bits))) ?? [])
          yield* idsOfBand(entries, term & 0xffff);
    },
    ofWord(term) {
      const shelf = shelfOfWord(term);
      const parts = words.get(shelf);
      return parts && { ids: idsOfWord(parts), weight: rarity(frequency.get(shelf) ?? 0, size) };
    },
  };
}

/** The rarest words of a text, as many as its share of entries allows. */
function worthReading(terms: readonly IndexTerms[], frequency: ReadonlyMap<number, number>): readonly number[] {
  const known = terms
    .flatMap(({ words }) => words.map(shelfOfWord))
    .map(shelf => ({ shelf, count: frequency.get(shelf) ?? 0 }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => a.count - b.count);
  let entries = 0;
  return known.filter(({ count }) => (entries += count) <= MAX_WORD_ENTRIES).map(({ shelf }) => shelf);
}

async function wordFrequencies(kysely: Kysely<Schema>, repositoryId: number, shelves: readonly number[]) {
  const row = await kysely
    .selectFrom('near_index')
    .select('texts')
    .where('repository_id', '=', repositoryId)
    .executeTakeFirst();
  return { size: row?.texts ?? 0, frequency: await frequencies(kysely, repositoryId, shelves) };
}

async function readShelves(
  kysely: Kysely<Schema>,
  repositoryId: number,
  shelves: readonly number[],
): Promise<ReadonlyMap<number, readonly Uint8Array[]>> {
  if (shelves.length === 0) return new Map();
  const { rows } = await sql<{ shelf: number; entries: Uint8Array }>`
    select asked.shelf, found.entries from unnest(${shelves}::int[]) as asked(shelf)
    cross join lateral (
      select entries from posting where repository_id = ${repositoryId} and posting.shelf = asked.shelf
      order by part limit ${MAX_PARTS}
    ) found`.execute(kysely);
  const parts = new Map<number, Uint8Array[]>();
  for (const { shelf, entries } of rows) {
    const list = parts.get(shelf);
    if (list === undefined) parts.set(shelf, [entries]);
    else list.push(entries);
  }
  return parts;
}

function* idsOfBand(entries: Uint8Array, last: number): Generator<number> {
  const view = new DataView(entries.buffer, entries.byteOffset, entries.byteLength);
  for (let at = 0; at < entries.byteLength; at += BAND_ENTRY)
    if (view.getUint16(at) === last) yield view.getInt32(at + 2);
}

function* idsOfWord(parts: readonly Uint8Array[]): Generator<number> {
  for (const entries of parts) {
    const view = new DataView(entries.buffer, entries.byteOffset, entries.byteLength);
    for (let at = 0; at < entries.byteLength; at += WORD_ENTRY) yield view.getInt32(at);
  }
}
