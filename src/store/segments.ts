import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { MAX_BITS, entriesOn, mergeEntries, packShelves, readEntries } from '../core/duplicates/entries.ts';
import type { Entries, Shelves } from '../core/duplicates/entries.ts';
import { meanwhile } from './meanwhile.ts';
import type { Schema } from './schema.ts';
import { kinds, readShelves, writeShelves } from './shelves.ts';
import type { Kind } from './shelves.ts';

/**
 * Posting lists stand in segments, as Lucene's do: each addition makes one, packed and never changed, and when there are `FAN_IN` of
 * about one size they are merged into a larger one. So a small addition costs a few rows however large the index is, and a text is
 * written anew only each time that its segment grows eightfold. When there is time they are merged until there are few, since a
 * lookup asks each. (O'Neil et al.: The log-structured merge-tree, 1996.)
 */
export type Segment = {
  readonly id: number;
  readonly firstText: number;
  readonly texts: number;
  /** Of the shelves of each kind. */
  readonly bits: Readonly<Record<Kind, number>>;
};

/** More make fewer merges and longer lookups. */
const FAN_IN = 8;

/** When there is time, each segment becomes so many times as large as all smaller ones together. */
const SETTLED = 4;

/** In segments of so many texts a word has a shelf of its own, so that how common it is is known before it is read. */
const LARGE_SEGMENT = 256;

/** Texts whose entries are merged before others have a turn: about 30 ms. */
const TEXTS_AT_A_TIME = 4_096;

/** What the shelves of so many texts are named by: three to six texts, which have about fifty bands each, share one. */
const bitsFor = (texts: number): Segment['bits'] => {
  const few = Math.max(0, Math.floor(Math.log2(texts / 3)));
  return { bands: few, words: texts < LARGE_SEGMENT ? few : MAX_BITS };
};

/** Makes a segment without shelves. It counts at once, or when its row says so. */
export async function insertSegment(
  kysely: Kysely<Schema>,
  repositoryId: number,
  { firstText, texts }: Pick<Segment, 'firstText' | 'texts'>,
  isLive: boolean,
): Promise<Segment> {
  const bits = bitsFor(texts);
  const { id } = await kysely
    .insertInto('segment')
    .values({
      repository_id: repositoryId,
      first_text: firstText,
      texts,
      band_bits: bits.bands,
      word_bits: bits.words,
      is_live: isLive,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { id, firstText, texts, bits };
}

/** Those that count, the largest first. */
export async function liveSegments(kysely: Kysely<Schema>, repositoryId: number): Promise<readonly Segment[]> {
  const rows = await kysely
    .selectFrom('segment')
    .selectAll()
    .where('repository_id', '=', repositoryId)
    .where('is_live', '=', true)
    .orderBy('texts', 'desc')
    .orderBy('id')
    .execute();
  return rows.map(({ id, first_text, texts, band_bits, word_bits }) => ({
    id,
    firstText: first_text,
    texts,
    bits: { bands: band_bits, words: word_bits },
  }));
}

/**
 * Merges segments that have become many: `grown` after an addition, `settled` when there is time. Tells how many texts were written
 * anew: the rows that they had before wait for a vacuum.
 */
export async function mergeSegments(
  kysely: Kysely<Schema>,
  repositoryId: number,
  until: 'grown' | 'settled',
): Promise<number> {
  let texts = 0;
  for (;;) {
    const live = await liveSegments(kysely, repositoryId);
    const chosen = until === 'grown' ? chooseOfOneSize(live) : chooseUnsettled(live);
    if (chosen.length === 0) return texts;
    texts += await merge(kysely, repositoryId, chosen);
  }
}

/** All of one size, the smallest that there are enough of. */
function chooseOfOneSize(segments: readonly Segment[]): readonly Segment[] {
  const bySize = Map.groupBy(segments, ({ texts }) => Math.floor(Math.log(texts) / Math.log(FAN_IN)));
  const sizes = [...bySize].filter(([, some]) => some.length >= FAN_IN).toSorted(([one], [other]) => one - other);
  return sizes[0]?.[1] ?? [];
}

/** The largest that is not much larger than all smaller ones together, with these. */
function chooseUnsettled(segments: readonly Segment[]): readonly Segment[] {
  const sum = (some: readonly Segment[]): number => some.reduce((texts, each) => texts + each.texts, 0);
  const first = segments.findIndex(({ texts }, at) => texts < SETTLED * sum(segments.slice(at + 1)));
  return first === -1 ? [] : segments.slice(first);
}

/**
 * Makes one segment of several, in short transactions: lookups go on with the old ones until it is whole. Of two processes that do
 * so at a time the second throws its work away. Returns how many texts it has, or 0.
 */
async function merge(kysely: Kysely<Schema>, repositoryId: number, old: readonly Segment[]): Promise<number> {
  await removeSegments(kysely, await abandonedSegments(kysely, repositoryId));
  const firstText = Math.min(...old.map(each => each.firstText));
  const texts = old.reduce((sum, each) => sum + each.texts, 0);
  const made = await insertSegment(kysely, repositoryId, { firstText, texts }, false);
  for (const kind of kinds) await mergeKind(kysely, kind, old, made);
  const ids = old.map(({ id }) => id);
  const isMade = await kysely.transaction().execute(async trx => {
    await sql`select from near_index where repository_id = ${repositoryId} for update`.execute(trx);
    const { rows: left } = await sql`select from segment where id = any(${ids}::int[]) and is_live`.execute(trx);
    if (left.length < ids.length) return false;
    await sql`update segment set is_live = false where id = any(${ids}::int[])`.execute(trx);
    await sql`update segment set is_live = true where id = ${made.id}`.execute(trx);
    return true;
  });
  await removeSegments(kysely, isMade ? ids : [made.id]);
  return isMade ? texts : 0;
}

async function mergeKind(kysely: Kysely<Schema>, kind: Kind, old: readonly Segment[], made: Segment): Promise<void> {
  // A slice is all terms that begin with the same bits: whole shelves, but for those of segments so small that they are read at once.
  const sliceBits = Math.min(made.bits[kind], Math.max(0, Math.ceil(Math.log2(made.texts / TEXTS_AT_A_TIME))));
  const readAll = async (segments: readonly Segment[], slice: number, bits: number): Promise<readonly Entries[]> => {
    const stretches = segments.map(segment => {
      const finer = 2 ** (segment.bits[kind] - bits);
      return { segmentId: segment.id, first: slice * finer, last: (slice + 1) * finer - 1 };
    });
    return (await readShelves(kysely, kind, stretches)).map(readEntries);
  };
  const [large, small] = [
    old.filter(({ bits }) => bits[kind] >= sliceBits),
    old.filter(({ bits }) => bits[kind] < sliceBits),
  ];
  const rest = mergeEntries(await readAll(small, 1, 0));
  const read = async (slice: number): Promise<readonly Entries[]> => [
    ...(await readAll(large, slice, sliceBits)),
    entriesOn(slice, rest),
  ];
  const write = (shelves: Shelves): Promise<void> =>
    kysely.transaction().execute(async trx => {
      // Nothing is lost with it: until the segment counts it may be thrown away, and what makes it count is waited for.
      await sql`set local synchronous_commit = off`.execute(trx);
      await writeShelves(trx, made.id, kind, shelves);
    });
  const end = 2 ** (sliceBits + 1);
  let entries = await read(end / 2);
  let writing: Promise<void> | undefined;
  try {
    for (let slice = end / 2; slice < end; slice++) {
      const packThis = (): Shelves => packShelves(mergeEntries(entries), made.bits[kind]);
      // The database writes the slice before this one and reads the next, while this one is packed here.
      const [next, shelves] = await meanwhile(slice + 1 < end ? read(slice + 1) : Promise.resolve([]), packThis);
      await writing;
      writing = write(shelves);
      // It is waited for above and below, but may fail before.
      void writing.catch(() => undefined);
      entries = next;
    }
  } finally {
    await writing;
  }
}

/** Left behind by a process that ended in the middle of a merge. */
async function abandonedSegments(kysely: Kysely<Schema>, repositoryId: number): Promise<readonly number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from segment where repository_id = ${repositoryId} and not is_live and made_at < now() - interval '1 hour'`.execute(
    kysely,
  );
  return rows.map(({ id }) => id);
}

async function removeSegments(kysely: Kysely<Schema>, ids: readonly number[]): Promise<void> {
  for (const id of ids) {
    await sql`delete from shelf where segment_id = ${id}`.execute(kysely);
    await sql`delete from segment where id = ${id}`.execute(kysely);
  }
}
