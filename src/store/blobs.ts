import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { termsOf } from '../core/duplicates/index-terms.ts';
import type { IndexedBlob, IndexedExample } from '../ports.ts';
import { meanwhile } from './meanwhile.ts';
import { filePostings, sortBands } from './postings.ts';
import type { FiledText } from './postings.ts';
import type { Schema } from './schema.ts';
import { intArray } from './shelves.ts';

/** Examples that one transaction takes: the more there are, the fewer segments are merged afterwards. */
const EXAMPLES_AT_A_TIME = 20_000;

/** Texts of one blob that can be found by likeness; real ones have 300 at most. All are found by equality. */
const MAX_NEAR_TEXTS = 1_000;

/** Texts that are written or taken apart before others have a turn. */
const TEXTS_AT_A_TIME = 200;

/** The blobs among these that are not there yet. */
export async function missingBlobs(
  kysely: Kysely<Schema>,
  repositoryId: number,
  shas: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await sql<{ sha: string }>`
    select distinct asked.sha from unnest(${shas}::text[]) as asked(sha)
    where not exists (select from blob where repository_id = ${repositoryId} and blob.sha = asked.sha)`.execute(kysely);
  return rows.map(({ sha }) => sha);
}

/** Stores blobs that are not there yet, with their examples. */
export async function addBlobs(
  kysely: Kysely<Schema>,
  repositoryId: number,
  blobs: readonly IndexedBlob[],
): Promise<void> {
  for (const batch of inBatches(blobs)) await kysely.transaction().execute(trx => addBatch(trx, repositoryId, batch));
}

function* inBatches(blobs: readonly IndexedBlob[]): Generator<readonly IndexedBlob[]> {
  let batch: IndexedBlob[] = [];
  let examples = 0;
  for (const blob of blobs) {
    batch.push(blob);
    examples += blob.examples.length;
    if (examples < EXAMPLES_AT_A_TIME) continue;
    yield batch;
    batch = [];
    examples = 0;
  }
  if (batch.length > 0) yield batch;
}

async function addBatch(trx: Kysely<Schema>, repositoryId: number, blobs: readonly IndexedBlob[]): Promise<void> {
  await lockIndex(trx, repositoryId);
  const examplesOf = new Map(blobs.map(({ blobSha, examples }) => [blobSha, examples]));
  const { rows: added } = await sql<{ id: number; sha: string }>`
    insert into blob (repository_id, sha)
    select ${repositoryId}::bigint, sha from unnest(${[...examplesOf.keys()]}::text[]) as given(sha)
    on conflict do nothing returning id, sha`.execute(trx);

  const distinct = new Map<string, IndexedExample>();
  const near = new Set<string>();
  for (const { sha } of added)
    for (const [index, example] of (examplesOf.get(sha) ?? []).entries()) {
      if (!distinct.has(example.wholeKey)) distinct.set(example.wholeKey, example);
      if (index < MAX_NEAR_TEXTS) near.add(example.wholeKey);
    }
  const known = await knownTexts(trx, repositoryId, [...distinct.values()]);
  const ids = new Map([...known].map(([wholeKey, { id }]) => [wholeKey, id]));
  const fresh = [...distinct.values()].filter(({ wholeKey }) => known.get(wholeKey)?.isFiled !== true);
  const filed: FiledText[] = [];
  for (let at = 0; at < fresh.length; at += TEXTS_AT_A_TIME) {
    const texts = fresh.slice(at, at + TEXTS_AT_A_TIME);
    const found = texts.filter(({ wholeKey }) => near.has(wholeKey));
    const unknown = texts.filter(({ wholeKey }) => !known.has(wholeKey));
    const [inserted, terms] = await meanwhile(insertTexts(trx, repositoryId, unknown, near), () =>
      termsOf(found.map(({ text }) => text)),
    );
    for (const [key, id] of inserted) ids.set(key, id);
    for (const [index, { wholeKey }] of found.entries())
      filed.push({ id: ids.get(wholeKey) ?? 0, terms: terms[index] ?? [] });
  }
  filed.sort((a, b) => a.id - b.id);
  const [, bands] = await meanwhile(placeExamples(trx, added, examplesOf, ids), () => sortBands(filed));
  await filePostings(trx, repositoryId, filed, bands);
  await sql`update near_index set texts = texts + ${filed.length} where repository_id = ${repositoryId}`.execute(trx);
  const late = fresh.flatMap(({ wholeKey }) => (near.has(wholeKey) ? (known.get(wholeKey)?.id ?? []) : []));
  if (late.length > 0)
    await sql`update example_text set is_filed = true where id = any(${intArray(late)}::int[])`.execute(trx);
}

/** Nobody else adds to the repository's index until the transaction ends. */
async function lockIndex(trx: Kysely<Schema>, repositoryId: number): Promise<void> {
  await sql`insert into near_index (repository_id, texts) values (${repositoryId}, 0)
    on conflict (repository_id) do update set texts = near_index.texts`.execute(trx);
}

/** The texts that are there already, by `wholeKey`, and whether they can be found by likeness. */
async function knownTexts(
  trx: Kysely<Schema>,
  repositoryId: number,
  examples: readonly IndexedExample[],
): Promise<ReadonlyMap<string, { readonly id: number; readonly isFiled: boolean }>> {
  const { rows } = await sql<{ id: number; whole_key: string; is_filed: boolean }>`
    select text.id, encode(text.whole_key, 'hex') as whole_key, text.is_filed
    from unnest(${examples.map(({ key }) => key)}::text[], ${examples.map(({ wholeKey }) => wholeKey)}::text[]) as given(key, whole_key)
    cross join lateral (select * from example_text where key = decode(given.key, 'hex') offset 0) as text
    where text.repository_id = ${repositoryId} and text.whole_key = decode(given.whole_key, 'hex')`.execute(trx);
  return new Map(rows.map(({ id, whole_key, is_filed }) => [whole_key, { id, isFiled: is_filed }]));
}

/** Tells the ids by `wholeKey`. */
async function insertTexts(
  trx: Kysely<Schema>,
  repositoryId: number,
  examples: readonly IndexedExample[],
  near: ReadonlySet<string>,
): Promise<readonly (readonly [string, number])[]> {
  if (examples.length === 0) return [];
  // Cut apart by characters that no stored text has: half the work of JSON.
  const given = examples.map(({ key, wholeKey, text: { question, context, answer } }) =>
    [
      key,
      wholeKey,
      near.has(wholeKey),
      storable(question),
      context === undefined ? '' : `+${storable(context)}`,
      storable(answer),
    ].join(BETWEEN_PARTS),
  );
  const { rows } = await sql<{ ids: string | null; keys: string | null }>`
    with added as (
      insert into example_text (repository_id, key, whole_key, is_filed, question, context, answer)
      select ${repositoryId}::bigint, decode(part[1], 'hex'), decode(part[2], 'hex'), part[3]::boolean, part[4],
        case when part[5] <> '' then substr(part[5], 2) end, part[6]
      from (
        select string_to_array(example, ${BETWEEN_PARTS}) as part
        from string_to_table(${given.join(BETWEEN_EXAMPLES)}, ${BETWEEN_EXAMPLES}) as example offset 0
      ) as given
      returning id, whole_key
    )
    select string_agg(id::text, ',') as ids, string_agg(encode(whole_key, 'hex'), ',') as keys from added`.execute(trx);
  const keys = rows[0]?.keys?.split(',') ?? [];
  const ids = rows[0]?.ids?.split(',') ?? [];
  return keys.map((key, index) => [key, Number(ids[index])]);
}

/** Noncharacters of Unicode: nobody can write what they stand for. */
const BETWEEN_PARTS = '\uFFFE';
const BETWEEN_EXAMPLES = '\uFFFF';

/** PostgreSQL refuses U+0000, which YAML can write, and half a surrogate pair is not UTF-8. */
const storable = (text: string): string => text.toWellFormed().replaceAll(/[\0\uFFFE\uFFFF]/g, '\uFFFD');

async function placeExamples(
  trx: Kysely<Schema>,
  added: readonly { readonly id: number; readonly sha: string }[],
  examplesOf: ReadonlyMap<string, readonly IndexedExample[]>,
  textIds: ReadonlyMap<string, number>,
): Promise<void> {
  const places = added.flatMap(({ id, sha }) =>
    (examplesOf.get(sha) ?? []).map(({ wholeKey, line }) => ({ text: textIds.get(wholeKey) ?? 0, blob: id, line })),
  );
  await sql`insert into example (text_id, blob_id, line)
    select * from unnest(
      ${intArray(places.map(({ text }) => text))}::int[], ${intArray(places.map(({ blob }) => blob))}::int[],
      ${intArray(places.map(({ line }) => line))}::int[]
    ) on conflict do nothing`.execute(trx);
}
