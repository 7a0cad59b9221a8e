import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { MAX_BITS, shelfOf, sortEntries, textsUnder } from '../core/duplicates/entries.ts';
import type { Entries } from '../core/duplicates/entries.ts';
import type { IndexTerms } from '../core/duplicates/index-terms.ts';
import type { Postings } from '../core/duplicates/nominate.ts';
import { MAX_INDEXED_WORDS, rarity } from '../core/duplicates/rare-words.ts';
import type { Schema } from './schema.ts';
import { addSegment, liveSegments } from './segments.ts';
import { intArray, unpack } from './shelves.ts';
import type { Packed } from './shelves.ts';

/**
 * Bytes of shelves that are read for one text, the smallest shelves first. Of bands this is several times what an honest index has,
 * and an end to what a crafted one can cost; of words it leaves out those that are too common to say much.
 */
const MAX_BYTES = { bands: 1_048_576, words: 24_576 } as const;

/** What an entry of a common word takes, about. */
const WORD_BYTES = 2;

/** A text that is filed, with its terms by field. */
export type FiledText = { readonly id: number; readonly terms: readonly IndexTerms[] };

/** Files texts: all bands, and the rarest words of each field. The caller holds the repository's lock. */
export async function filePostings(
  trx: Kysely<Schema>,
  repositoryId: number,
  given: readonly FiledText[],
  pause: () => Promise<void>,
): Promise<void> {
  const texts = given.toSorted((a, b) => a.id - b.id);
  const [first] = texts;
  if (first === undefined) return;
  const rare = await rareWords(trx, repositoryId, texts);
  const entries = {
    bands: entriesOf(texts, ({ terms }) => terms.flatMap(({ bands }) => bands)),
    words: entriesOf(texts, ({ id }) => rare.get(id) ?? []),
  };
  await addSegment(trx, repositoryId, { firstText: first.id, texts: texts.length }, entries, pause);
}

function entriesOf(texts: readonly FiledText[], termsOf: (text: FiledText) => readonly number[]): Entries {
  const filed = texts.map(text => ({ id: text.id, terms: termsOf(text) }));
  const length = filed.reduce((sum, { terms }) => sum + terms.length, 0);
  const entries = { terms: new Uint32Array(length), ids: new Int32Array(length) };
  let at = 0;
  for (const { id, terms } of filed) {
    entries.terms.set(terms, at);
    entries.ids.fill(id, at, at + terms.length);
    at += terms.length;
  }
  return sortEntries(entries);
}

/** Under which words each text is filed: of each field at most so many, and of longer ones the rarest. */
async function rareWords(
  trx: Kysely<Schema>,
  repositoryId: number,
  texts: readonly FiledText[],
): Promise<ReadonlyMap<number, readonly number[]>> {
  const isLong = (words: readonly number[]): boolean => words.length > MAX_INDEXED_WORDS;
  const here = new Map<number, number>();
  for (const { terms } of texts)
    for (const { words } of terms)
      if (isLong(words)) for (const word of words) here.set(word, (here.get(word) ?? 0) + 1);
  const before = await frequencies(trx, repositoryId, [...here.keys()]);
  const frequency = (word: number): number => (before.get(word) ?? 0) + (here.get(word) ?? 0);
  return new Map(
    texts.map(({ id, terms }) => [
      id,
      [...new Set(terms.flatMap(({ words }) => (isLong(words) ? rarest(words, frequency) : words)))],
    ]),
  );
}

/** Those of least frequency; of equals the first. */
function rarest(words: readonly number[], frequency: (word: number) => number): readonly number[] {
  // Numbers that sort by frequency, then by place, and tell the place: sorted by themselves they take a tenth of the time.
  const ranks = Float64Array.from(words, (word, place) => Math.floor(frequency(word)) * words.length + place).sort();
  return Array.from(ranks.subarray(0, MAX_INDEXED_WORDS), rank => words[rank % words.length] ?? 0);
}

/** In how many texts of the largest segment each word is, about. */
async function frequencies(
  trx: Kysely<Schema>,
  repositoryId: number,
  words: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const [largest] = await liveSegments(trx, repositoryId);
  if (words.length === 0 || largest?.bits.words !== MAX_BITS) return new Map();
  const shelves = words.map(word => -shelfOf(word >>> 0, MAX_BITS));
  const { rows } = await sql<{ places: string | null; bytes: string | null }>`
    select string_agg(place::text, ',') as places, string_agg(octet_length(shelf.entries)::text, ',') as bytes
    from unnest(${intArray(shelves)}::int[]) with ordinality as asked(number, place)
    cross join lateral (select entries from shelf where segment_id = ${largest.id} and number = asked.number offset 0) as shelf`.execute(
    trx,
  );
  const bytes = rows[0]?.bytes?.split(',') ?? [];
  const places = rows[0]?.places?.split(',') ?? [];
  return new Map(places.map((place, index) => [words[Number(place) - 1] ?? 0, Number(bytes[index]) / WORD_BYTES]));
}

/** Reads the lists of all terms of some texts with one question, however many they are. */
export async function readPostings(
  kysely: Kysely<Schema>,
  repositoryId: number,
  terms: readonly (readonly IndexTerms[])[],
): Promise<Postings> {
  const all = terms.flat();
  const bands = new Set(all.flatMap(field => field.bands.map(unsigned)));
  const words = new Set(all.flatMap(field => field.words.map(unsigned)));
  const { rows } = await sql<Packed & { texts: number }>`
    select * from near_shelves(
      ${repositoryId}, ${intArray(bands)}::bigint[], ${MAX_BYTES.bands * terms.length}::int,
      ${intArray(words)}::bigint[], ${MAX_BYTES.words * terms.length}::int
    )`.execute(kysely);
  const read = shelvesByNumber(rows[0]);
  const bitsOf = (isOfKind: (number: number) => boolean): readonly number[] => [
    ...new Set([...read.keys()].filter(isOfKind).map(number => 31 - Math.clz32(Math.abs(number)))),
  ];
  const [bandBits, wordBits] = [bitsOf(number => number > 0), bitsOf(number => number < 0)];
  const size = rows[0]?.texts ?? 0;
  return {
    ofBand(signed, visit) {
      const term = unsigned(signed);
      for (const bits of bandBits) {
        const shelf = shelfOf(term, bits);
        for (const packed of read.get(shelf) ?? []) textsUnder(term, shelf, packed).forEach(visit);
      }
    },
    ofWord(signed, visit) {
      const term = unsigned(signed);
      const texts = wordBits.flatMap(bits => {
        const shelf = shelfOf(term, bits);
        return (read.get(-shelf) ?? []).flatMap(packed => textsUnder(term, shelf, packed));
      });
      const weight = rarity(texts.length, size);
      for (const id of texts) visit(id, weight);
    },
  };
}

const unsigned = (term: number): number => term >>> 0;

/** Shelves of one number stand in different segments, the oldest first. */
function shelvesByNumber(row: Packed | undefined): ReadonlyMap<number, readonly Uint8Array[]> {
  const { numbers, lengths, packed } = unpack(row);
  const shelves = new Map<number, Uint8Array[]>();
  let end = 0;
  for (const [index, number] of numbers.entries()) {
    const start = end;
    end += lengths[index] ?? 0;
    const known = shelves.get(number);
    if (known === undefined) shelves.set(number, [packed.subarray(start, end)]);
    else known.push(packed.subarray(start, end));
  }
  return shelves;
}
