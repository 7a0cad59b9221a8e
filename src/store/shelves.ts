import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Shelves } from '../core/duplicates/entries.ts';
import type { Schema } from './schema.ts';

/** The kinds of terms. Each has shelves of its own: all bands of a text are read, and only those of its words that are rare. */
export const kinds = ['bands', 'words'] as const;
export type Kind = (typeof kinds)[number];

/**
 * What one statement writes, at most. From 200 kB on a connection takes a message thirty times as slowly as two halves of it (measured
 * on loopback).
 */
const SHELVES_AT_A_TIME = 1_024;
const BYTES_AT_A_TIME = 98_304;

/** The number of a shelf in the database, where both kinds stand in one table. */
const stored = (kind: Kind, number: number): number => (kind === 'bands' ? number : -number);

/** Writes shelves of a segment. */
export async function writeShelves(
  kysely: Kysely<Schema>,
  segmentId: number,
  kind: Kind,
  { numbers, lengths, packed }: Shelves,
): Promise<void> {
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.length);
  let end = 0;
  for (let at = 0; at < numbers.length;) {
    const start = end;
    const few: number[] = [];
    // Each by itself: cut out of one value, every shelf would cost a copy of all.
    const entries: string[] = [];
    while (at < numbers.length && few.length < SHELVES_AT_A_TIME && end - start < BYTES_AT_A_TIME) {
      const length = lengths[at] ?? 0;
      entries.push(bytes.toString('base64', end, end + length));
      few.push(stored(kind, numbers[at] ?? 0));
      end += length;
      at++;
    }
    await sql`insert into shelf (segment_id, number, entries)
      select ${segmentId}::int, number, decode(entries, 'base64')
      from rows from (unnest(${intArray(few)}::int[]), string_to_table(${entries.join(',')}, ',')) as given(number, entries)`.execute(
      kysely,
    );
  }
}

/** A stretch of a segment's shelves, by number. */
export type Stretch = { readonly segmentId: number; readonly first: number; readonly last: number };

/** The shelves of each stretch, in order. */
export async function readShelves(
  kysely: Kysely<Schema>,
  kind: Kind,
  stretches: readonly Stretch[],
): Promise<readonly Shelves[]> {
  if (stretches.length === 0) return [];
  const ends = stretches.map(({ first, last }) => [stored(kind, first), stored(kind, last)].toSorted((a, b) => a - b));
  const { rows } = await sql<Packed & { place: number }>`
    select place::int, string_agg(abs(number)::text, ',' order by abs(number)) as numbers,
      string_agg(octet_length(entries)::text, ',' order by abs(number)) as lengths,
      encode(string_agg(entries, ''::bytea order by abs(number)), 'base64') as entries
    from unnest(
      ${intArray(stretches.map(({ segmentId }) => segmentId))}::int[],
      ${intArray(ends.map(([least = 0]) => least))}::int[], ${intArray(ends.map(([, most = 0]) => most))}::int[]
    ) with ordinality as asked(segment_id, least, most, place)
    cross join lateral (
      select number, entries from shelf where segment_id = asked.segment_id and number between least and most offset 0
    ) as shelf
    group by place`.execute(kysely);
  const read = new Map(rows.map(row => [row.place, row]));
  return stretches.map((_, index) => unpack(read.get(index + 1)));
}

/** Shelves as the database hands them over: in one row, because reading many takes its client longer than finding them. */
export type Packed = {
  readonly numbers: string | null;
  readonly lengths: string | null;
  readonly entries: string | null;
};

export const unpack = (packed: Packed | undefined): Shelves => ({
  numbers: integers(packed?.numbers),
  lengths: integers(packed?.lengths),
  packed: Buffer.from(packed?.entries ?? '', 'base64'),
});

const integers = (list: string | null | undefined): readonly number[] => list?.split(',').map(Number) ?? [];

/** As PostgreSQL writes it: far quicker to hand over than a list of parameters. */
export const intArray = (numbers: Iterable<number>): string => `{${[...numbers].join(',')}}`;
