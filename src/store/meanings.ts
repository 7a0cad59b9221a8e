import { setImmediate as turn } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { exampleKeyOf } from '../core/duplicates/example-key.ts';
import { cosineOf, meaningText } from '../core/duplicates/meaning.ts';
import type { Vector } from '../core/duplicates/meaning.ts';
import type { MeaningState } from '../core/duplicates/layers.ts';
import type { ExampleText, NearExample } from '../core/duplicates/near-example.ts';
import type { Spender } from '../core/judge/model.ts';
import type { Taxonomy } from '../core/taxonomy.ts';
import type { Embedding, Meanings } from '../ports.ts';
import type { Database } from './database.ts';
import { createSignIndexes } from './meaning-signs.ts';
import type { SignIndexes } from './meaning-signs.ts';
import { loadVectors, storeVectors } from './meaning-vectors.ts';
import { createStandingReader } from './near-examples.ts';
import type { Place, Standing } from './near-examples.ts';
import type { Schema } from './schema.ts';
import { treeOf } from './trees.ts';

/** Examples of the taxonomy that get their vector at one look. A larger taxonomy is known after several. */
const MAX_FILLED = 1_000;

/** Texts of one call: the reply is as long as all their vectors, written out. */
const TEXTS_A_CALL = 16;

/** Whose signs are nearest, that are compared exactly. */
const SECOND_LOOK = 50;

/** Nominated for one example. */
const MAX_NOMINATED = 3;

/** Compares by meaning with vectors from a model of embeddings, each made once and kept. Throws on trouble of the store alone. */
export function createMeanings({ kysely }: Database, embedding: Embedding): Meanings {
  const indexes = createSignIndexes();
  return {
    async nearestOf(texts, place, nearness, spender) {
      const space = { repositoryId: place.ref.repository.id, space: embedding.space };
      const own = await embedAll(kysely, space, keyed(texts), embedding, spender);
      if (own.type === 'failed') return failed(embedding, own.reason, texts);
      const filled = await fillTaxonomy(kysely, space, place.taxonomy, embedding);
      if (filled.type === 'failed') return failed(embedding, filled.reason, texts);
      const index = await indexes.refresh(kysely, space);
      const near: (readonly NearExample[])[] = [];
      for (const text of texts) {
        const vector = own.vectors.get(exampleKeyOf(text));
        near.push(vector === undefined ? [] : await findNearest(kysely, { vector, index, space, place, nearness }));
        await turn();
      }
      return { near, state: { type: 'compared', model: embedding.model, known: filled.known, total: filled.total } };
    },
  };
}

/** Vectors of which repository, made by which model. */
export type Space = { readonly repositoryId: number; readonly space: string };

const keyed = (texts: readonly ExampleText[]): ReadonlyMap<string, string> =>
  new Map(texts.map(text => [exampleKeyOf(text), meaningText(text)]));

const failed = (
  { model }: Embedding,
  reason: string,
  texts: readonly ExampleText[],
): { readonly near: readonly (readonly NearExample[])[]; readonly state: MeaningState } => ({
  near: texts.map(() => []),
  state: { type: 'failed', model, reason },
});

type Embedded =
  | { readonly type: 'vectors'; readonly vectors: ReadonlyMap<string, Vector> }
  | { readonly type: 'failed'; readonly reason: string };

/** Vectors of texts by their key: those that are stored, and the others from the model. What came is stored even if more did not. */
async function embedAll(
  kysely: Kysely<Schema>,
  space: Space,
  texts: ReadonlyMap<string, string>,
  embedding: Embedding,
  spender?: Spender,
): Promise<Embedded> {
  const known = await loadVectors(kysely, space, [...texts.keys()]);
  const missing = [...texts].filter(([key]) => !known.has(key));
  const vectors = new Map(known);
  for (let at = 0; at < missing.length; at += TEXTS_A_CALL) {
    const few = missing.slice(at, at + TEXTS_A_CALL);
    const reply = await embedding.embed(
      few.map(([, text]) => text),
      spender,
    );
    if (reply.type === 'failed') return reply;
    const made = few.flatMap(([key], index) => {
      const vector = reply.vectors[index];
      return vector === undefined ? [] : [[key, vector] as const];
    });
    await storeVectors(kysely, space, made);
    for (const [key, vector] of made) vectors.set(key, vector);
  }
  return { type: 'vectors', vectors };
}

/** Makes the taxonomy's examples known, as many as one look may, and tells how many are. */
async function fillTaxonomy(
  kysely: Kysely<Schema>,
  space: Space,
  taxonomy: Taxonomy,
  embedding: Embedding,
): Promise<
  | { readonly type: 'filled'; readonly known: number; readonly total: number }
  | { readonly type: 'failed'; readonly reason: string }
> {
  const { total, missing } = await kysely.transaction().execute(async trx => {
    const tree = await treeOf(trx, space.repositoryId, taxonomy);
    const { rows } = await sql<{ total: number }>`
      select count(distinct text.key)::int as total
      from tree_leaf leaf join example on example.blob_id = leaf.blob_id join example_text text on text.id = example.text_id
      where leaf.tree_id = ${tree}`.execute(trx);
    const { rows: missing } = await sql<{ id: number; key: string; question: string; context: string | null }>`
      select distinct on (text.key) text.id, encode(text.key, 'hex') as key, text.question, text.context
      from tree_leaf leaf join example on example.blob_id = leaf.blob_id join example_text text on text.id = example.text_id
      where leaf.tree_id = ${tree} and not exists (
        select from meaning
        where meaning.repository_id = ${space.repositoryId} and meaning.space = ${space.space} and meaning.key = text.key
      )
      order by text.key limit ${MAX_FILLED + 1}`.execute(trx);
    return { total: rows[0]?.total ?? 0, missing };
  });
  const asked = missing.slice(0, MAX_FILLED);
  const texts = new Map(
    asked.map(({ key, question, context }) => [key, meaningText({ question, ...(context !== null && { context }) })]),
  );
  const made = await embedAll(kysely, space, texts, embedding);
  if (made.type === 'failed') return made;
  // Without counting again: what is missing beyond this look is only known to be something.
  const left = missing.length > asked.length ? await countMissing(kysely, space, taxonomy) : 0;
  return { type: 'filled', known: total - left, total };
}

async function countMissing(kysely: Kysely<Schema>, space: Space, { sha }: Taxonomy): Promise<number> {
  const { rows } = await sql<{ left: number }>`
    select count(distinct text.key)::int as left
    from tree join tree_leaf leaf on leaf.tree_id = tree.id
    join example on example.blob_id = leaf.blob_id join example_text text on text.id = example.text_id
    where tree.repository_id = ${space.repositoryId} and tree.commit_sha = ${sha} and not exists (
      select from meaning
      where meaning.repository_id = ${space.repositoryId} and meaning.space = ${space.space} and meaning.key = text.key
    )`.execute(kysely);
  return rows[0]?.left ?? 0;
}

type Search = {
  readonly vector: Vector;
  readonly index: Awaited<ReturnType<SignIndexes['refresh']>>;
  readonly space: Space;
  readonly place: Place;
  readonly nearness: number;
};

async function findNearest(
  kysely: Kysely<Schema>,
  { vector, index, space, place, nearness }: Search,
): Promise<readonly NearExample[]> {
  const vectors = await loadVectors(kysely, space, index.nearest(vector, SECOND_LOOK));
  const closest = [...vectors]
    .map(([key, other]) => ({ key, meaning: cosineOf(vector, other) }))
    .filter(({ meaning }) => meaning >= nearness)
    .sort((a, b) => b.meaning - a.meaning || (a.key < b.key ? -1 : 1));
  if (closest.length === 0) return [];
  const meaningOf = new Map(closest.map(({ key, meaning }) => [key, meaning]));
  const { rows } = await sql<{ id: number }>`
    select text.id from unnest(${[...meaningOf.keys()]}::text[]) as asked(key)
    cross join lateral (select id, repository_id from example_text where key = decode(asked.key, 'hex') offset 0) as text
    where text.repository_id = ${space.repositoryId}`.execute(kysely);
  const standing = await createStandingReader(kysely, place)(rows.map(({ id }) => id));
  return [...standing.values()]
    .flatMap(({ text, places }: Standing) => {
      const meaning = meaningOf.get(exampleKeyOf(text)) ?? 0;
      return places.map(there => ({ ...text, ...there, sharedBands: 0, weight: 0, meaning }));
    })
    .sort((a, b) => b.meaning - a.meaning)
    .slice(0, MAX_NOMINATED);
}
