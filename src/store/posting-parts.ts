import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** Parts below this many bytes are put together when a shelf has more than so many of them. */
const SMALL_PART = 1_024;
const MAX_SMALL_PARTS = 2;

/** Shelves that one statement writes or tidies: the embedded database runs on our thread, and this takes about 10 ms. */
export const SHELVES_AT_A_TIME = 2_048;

/** Parts of the index that are tidied one after the other. What one has replaced is the space of the next. */
const SLICES = 16;

/** Entries that are added to one shelf, packed: see `postings.ts`. */
export type Part = { readonly shelf: number; readonly entries: Uint8Array };

/** Adds a row for each part. */
export async function append(trx: Kysely<Schema>, repositoryId: number, parts: readonly Part[]): Promise<void> {
  const packed = Buffer.concat(parts.map(({ entries }) => entries)).toString('hex');
  const lengths = parts.map(({ entries }) => entries.length);
  await sql`insert into posting (repository_id, shelf, entries)
    select ${repositoryId}::bigint, shelf, substring(packed from (start + 1)::int for length)
    from (select decode(${packed}::text, 'hex') as packed) as given cross join (
      select shelf, length, sum(length) over (order by place) - length as start
      from unnest(${intArray(parts.map(({ shelf }) => shelf))}::int[], ${intArray(lengths)}::int[])
        with ordinality as part(shelf, length, place)
    ) as part`.execute(trx);
}

/**
 * Puts small parts together on all shelves of a repository, slice by slice. Done in one go, the old rows and the new ones would
 * stand side by side, and the table would stay twice as large as what is in it. `vacuum` gives back what a slice has replaced.
 */
export async function tidyPostings(
  kysely: Kysely<Schema>,
  repositoryId: number,
  pause: () => Promise<void>,
  vacuum: () => Promise<void>,
): Promise<void> {
  const { rows } = await sql<{ shelves: string | null }>`
    select string_agg(shelf::text, ',') as shelves from (
      select shelf from posting where repository_id = ${repositoryId} and octet_length(entries) < ${SMALL_PART}
      group by shelf having count(*) > ${MAX_SMALL_PARTS}
    ) as untidy`.execute(kysely);
  const shelves = rows[0]?.shelves?.split(',').map(Number) ?? [];
  const slice = Math.ceil(shelves.length / SLICES);
  for (let start = 0; start < shelves.length; start += slice) {
    const end = Math.min(start + slice, shelves.length);
    for (let at = start; at < end; at += SHELVES_AT_A_TIME) {
      await kysely.transaction().execute(async trx => {
        await sql`select from near_index where repository_id = ${repositoryId} for update`.execute(trx);
        await tidy(trx, repositoryId, shelves.slice(at, Math.min(at + SHELVES_AT_A_TIME, end)));
      });
      await pause();
    }
    await vacuum();
  }
}

/** Puts the small parts of these shelves together where there are many. */
export async function tidy(trx: Kysely<Schema>, repositoryId: number, shelves: readonly number[]): Promise<void> {
  await sql`with untidy as (
      select shelf from posting
      where repository_id = ${repositoryId} and shelf = any(${intArray(shelves)}::int[])
        and octet_length(entries) < ${SMALL_PART}
      group by shelf having count(*) > ${MAX_SMALL_PARTS}
    ), small as (
      delete from posting
      where repository_id = ${repositoryId} and shelf = any(array(select shelf from untidy))
        and octet_length(entries) < ${SMALL_PART}
      returning shelf, part, entries
    )
    insert into posting (repository_id, shelf, entries)
    select ${repositoryId}::bigint, shelf, string_agg(entries, ''::bytea order by part) from small group by shelf`.execute(
    trx,
  );
}

/** As PostgreSQL writes it: far quicker to hand over than a list of parameters. */
export const intArray = (numbers: readonly number[]): string => `{${numbers.join(',')}}`;
