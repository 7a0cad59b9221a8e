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

/** The shelves of a segment from one number to another, in order. */
export async function readShelves(
  kysely: Kysely<Schema>,
  segmentId: number,
  kind: Kind,
  first: number,
  last: number,
): Promise<Shelves> {
  const [one, other] = [stored(kind, first), stored(kind, last)];
  const { rows } = await sql<Packed>`
    select string_agg(number::text, ',') as numbers, string_agg(octet_length(entries)::text, ',') as lengths,
      encode(string_agg(entries, ''::bytea), 'base64') as entries
    from (
      select abs(number) as number, entries from shelf
      where segment_id = ${segmentId} and number between ${Math.min(one, other)} and ${Math.max(one, other)} order by abs(number)
    ) as list`.execute(kysely);
  return unpack(rows[0]);
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
