import { setImmediate as turn } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { MAX_BITS, packShelves, shelfOf, sortEntries, textsUnder } from '../core/duplicates/entries.ts';
import type { Entries } from '../core/duplicates/entries.ts';
import type { IndexTerms } from '../core/duplicates/index-terms.ts';
import type { Postings } from '../core/duplicates/nominate.ts';
import { MAX_INDEXED_WORDS, rarity } from '../core/duplicates/rare-words.ts';
import type { Schema } from './schema.ts';
import { insertSegment, liveSegments } from './segments.ts';
import { intArray, unpack, writeShelves } from './shelves.ts';
import type { Packed } from './shelves.ts';

/**
 * Bytes of shelves that are read for one text, the smallest shelves first. Of bands this is several times what an honest index has,
 * and an end to what a crafted one can cost; of words it leaves out those that are too common to say much.
 */
const MAX_BYTES = { bands: 1_048_576, words: 49_152 } as const;

/** What an entry of a common word takes, about. */
const WORD_BYTES = 2;

/** A text that is filed, with its terms by field. */
export type FiledText = { readonly id: number; readonly terms: readonly IndexTerms[] };

/** Texts that are sorted before others have a turn. */
const TEXTS_AT_A_TIME = 1_000;

/** All bands of texts, in order. */
export const sortBands = (texts: readonly FiledText[]): Entries =>
  sortEntries(gatherEntries(texts.map(({ id, terms }) => ({ id, terms: terms.map(({ bands }) => bands) }))));

/** Files texts, which come by id: all bands, and the rarest words of each field. The caller holds the repository's lock. */
export async function filePostings(
  trx: Kysely<Schema>,
  repositoryId: number,
  texts: readonly FiledText[],
  bands: Entries,
): Promise<void> {
  const [first] = texts;
  if (first === undefined) return;
  const frequency = await frequencies(trx, repositoryId, texts);
  const segment = await insertSegment(trx, repositoryId, { firstText: first.id, texts: texts.length }, true);
  // The words are chosen while the database stores the bands.
  const [words] = await Promise.all([
    chooseWords(texts, frequency),
    writeShelves(trx, segment.id, 'bands', packShelves(bands, segment.bits.bands)),
  ]);
  await writeShelves(trx, segment.id, 'words', packShelves(words, segment.bits.words));
}

/** Under which words the texts are filed: of each field at most so many, and of longer ones the rarest. In order. */
async function chooseWords(texts: readonly FiledText[], frequency: (word: number) => number): Promise<Entries> {
  const chosen: { readonly id: number; readonly terms: readonly (readonly number[])[] }[] = [];
  for (let at = 0; at < texts.length; at += TEXTS_AT_A_TIME) {
    for (const { id, terms } of texts.slice(at, at + TEXTS_AT_A_TIME))
      chosen.push({ id, terms: terms.map(({ words }) => (isLong(words) ? rarest(words, frequency) : words)) });
    await turn();
  }
  return sortEntries(gatherEntries(chosen));
}

const isLong = (words: readonly number[]): boolean => words.length > MAX_INDEXED_WORDS;

function gatherEntries(
  texts: readonly { readonly id: number; readonly terms: readonly (readonly number[])[] }[],
): Entries {
  const length = texts.reduce((sum, { terms }) => terms.reduce((all, some) => all + some.length, sum), 0);
  const entries = { terms: new Uint32Array(length), ids: new Int32Array(length) };
  let at = 0;
  for (const { id, terms } of texts)
    for (const some of terms) {
      entries.terms.set(some, at);
      entries.ids.fill(id, at, at + some.length);
      at += some.length;
    }
  return entries;
}

/** Those of least frequency; of equals the first. */
function rarest(words: readonly number[], frequency: (word: number) => number): readonly number[] {
  // Numbers that sort by frequency, then by place, and tell the place: sorted by themselves they take a tenth of the time.
  const ranks = new Float64Array(words.length);
  for (const [place, word] of words.entries()) ranks[place] = Math.floor(frequency(word)) * words.length + place;
  ranks.sort();
  return [...ranks.subarray(0, MAX_INDEXED_WORDS)].map(rank => words[rank % words.length] ?? 0);
}

/** In how many of these texts and of the largest segment each word of a long field is, about. */
async function frequencies(
  trx: Kysely<Schema>,
  repositoryId: number,
  texts: readonly FiledText[],
): Promise<(word: number) => number> {
  const counts = new Map<number, number>();
  for (const { terms } of texts)
    for (const { words } of terms)
      if (isLong(words)) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const [largest] = await liveSegments(trx, repositoryId);
  const words = [...counts.keys()];
  if (words.length > 0 && largest?.bits.words === MAX_BITS) {
    const { rows } = await sql<{ places: string | null; bytes: string | null }>`
      select string_agg(place::text, ',') as places, string_agg(octet_length(shelf.entries)::text, ',') as bytes
      from unnest(${intArray(words.map(word => -shelfOf(unsigned(word), MAX_BITS)))}::int[]) with ordinality as asked(number, place)
      cross join lateral (
        select entries from shelf where segment_id = ${largest.id} and number = asked.number offset 0
      ) as shelf`.execute(trx);
    const bytes = rows[0]?.bytes?.split(',') ?? [];
    for (const [index, place] of (rows[0]?.places?.split(',') ?? []).entries()) {
      const word = words[Number(place) - 1] ?? 0;
      counts.set(word, (counts.get(word) ?? 0) + Number(bytes[index]) / WORD_BYTES);
    }
  }
  return word => counts.get(word) ?? 0;
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
