import { setImmediate as turn } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { createRanking } from '../core/duplicates/closeness.ts';
import type { Ranking } from '../core/duplicates/closeness.ts';
import { termsOf } from '../core/duplicates/index-terms.ts';
import { MAX_NEAR } from '../core/duplicates/near-example.ts';
import type { ExampleText, NearExample } from '../core/duplicates/near-example.ts';
import { nominate } from '../core/duplicates/nominate.ts';
import type { Candidate } from '../core/duplicates/nominate.ts';
import type { PullRequestRef } from '../core/pull-request.ts';
import type { Taxonomy } from '../core/taxonomy.ts';
import { readPostings } from './postings.ts';
import type { Schema } from './schema.ts';
import { treeOf } from './trees.ts';

/** Examples that are looked up together: enough to share the questions, few enough for others to have a turn. */
const TEXTS_AT_A_TIME = 8;

/** Places that are named of one text: it may stand in a hundred pull requests. */
const PLACES_OF_A_TEXT = 3;

/** Candidates whose texts are read and compared, for one example. */
const COMPARED = 48;

/** Where to look: the taxonomy without these paths, and the other open pull requests. */
export type Place = {
  readonly ref: PullRequestRef;
  readonly taxonomy: Taxonomy;
  readonly leaveOut: ReadonlySet<string>;
};

/** See the port. In many short transactions: the embedded database serves one at a time. */
export async function findNear(
  kysely: Kysely<Schema>,
  texts: readonly ExampleText[],
  place: Place,
): Promise<readonly (readonly NearExample[])[]> {
  const found: (readonly NearExample[])[] = [];
  for (let at = 0; at < texts.length; at += TEXTS_AT_A_TIME) {
    const few = texts.slice(at, at + TEXTS_AT_A_TIME);
    found.push(...(await kysely.transaction().execute(trx => findFew(trx, few, place))));
    await turn();
  }
  return found;
}

async function findFew(
  trx: Kysely<Schema>,
  texts: readonly ExampleText[],
  { ref, taxonomy, leaveOut }: Place,
): Promise<readonly (readonly NearExample[])[]> {
  const tree = await treeOf(trx, ref.repository.id, taxonomy);
  const terms = termsOf(texts);
  const postings = await readPostings(trx, ref.repository.id, terms);
  const nominated = terms.map(ofText => nominate(ofText, postings));
  const ids = [...new Set(nominated.flat().map(({ id }) => id))];
  const places = new Map<number, Standing[]>();
  for (const { id, standing } of [
    ...(await inTaxonomy(trx, ids, tree, taxonomy.sha, leaveOut)),
    ...(await inPullRequests(trx, ids, ref)),
  ]) {
    const known = places.get(id);
    if (known === undefined) places.set(id, [standing]);
    else if (known.length < PLACES_OF_A_TEXT) known.push(standing);
  }
  const live = nominated.map(candidates => candidates.filter(({ id }) => places.has(id)).slice(0, COMPARED));
  const read = await readTexts(trx, [...new Set(live.flat().map(({ id }) => id))]);
  const rank = createRanking();
  return texts.map((text, index) => nearest(text, live[index] ?? [], { read, places, rank }));
}

type Known = {
  readonly read: ReadonlyMap<number, ExampleText>;
  readonly places: ReadonlyMap<number, readonly Standing[]>;
  readonly rank: Ranking;
};

function nearest(
  example: ExampleText,
  candidates: readonly Candidate[],
  { read, places, rank }: Known,
): readonly NearExample[] {
  const known = candidates.flatMap(candidate => {
    const text = read.get(candidate.id);
    return text === undefined ? [] : [{ candidate, text }];
  });
  return rank(example, known)
    .flatMap(({ candidate: { id, sharedBands, weight }, text }) =>
      (places.get(id) ?? []).map(standing => ({ ...text, ...standing, sharedBands, weight })),
    )
    .slice(0, MAX_NEAR);
}

/** A place where a text stands now. */
type Standing = Pick<NearExample, 'path' | 'line' | 'sha' | 'pullRequest'>;

type Found = { readonly id: number; readonly standing: Standing };

async function inTaxonomy(
  trx: Kysely<Schema>,
  ids: readonly number[],
  tree: number,
  sha: string,
  leaveOut: ReadonlySet<string>,
): Promise<readonly Found[]> {
  const { rows } = await sql<{ text_id: number; path: string; line: number }>`
    select example.text_id, leaf.path, min(example.line) as line
    from unnest(${ids}::int[]) as asked(id)
    join example on example.text_id = asked.id
    join tree_leaf leaf on leaf.tree_id = ${tree} and leaf.blob_id = example.blob_id
    where leaf.path <> all(${[...leaveOut]}::text[])
    group by example.text_id, leaf.path
    order by example.text_id, leaf.path collate "C"`.execute(trx);
  return rows.map(({ text_id, path, line }) => ({ id: text_id, standing: { path, line, sha } }));
}

/** One place in each pull request, by number. */
async function inPullRequests(
  trx: Kysely<Schema>,
  ids: readonly number[],
  { repository, number }: PullRequestRef,
): Promise<readonly Found[]> {
  const { rows } = await sql<{
    text_id: number;
    path: string;
    line: number;
    head_sha: string;
    number: number;
    author_id: number;
    author_login: string;
    seen_at: Date;
  }>`
    select distinct on (example.text_id, pr.number)
      example.text_id, leaf.path, example.line, pr.head_sha, pr.number, pr.author_id, pr.author_login,
      coalesce(seen.seen_at, pr.recorded_at) as seen_at
    from unnest(${ids}::int[]) as asked(id)
    join example on example.text_id = asked.id
    join example_text text on text.id = asked.id
    join blob on blob.id = example.blob_id
    join pull_request_leaf leaf on leaf.repository_id = ${repository.id} and leaf.blob_sha = blob.sha
    join pull_request pr on pr.repository_id = leaf.repository_id and pr.number = leaf.number
    left join seen on seen.repository_id = pr.repository_id and seen.number = pr.number and seen.key = encode(text.key, 'hex')
    where pr.is_open and pr.number <> ${number}
    order by example.text_id, pr.number, leaf.path collate "C", example.line`.execute(trx);
  return rows.map(row => ({
    id: row.text_id,
    standing: {
      path: row.path,
      line: row.line,
      sha: row.head_sha,
      pullRequest: {
        number: row.number,
        authorId: row.author_id,
        authorLogin: row.author_login,
        seenAt: row.seen_at.toISOString(),
      },
    },
  }));
}

async function readTexts(trx: Kysely<Schema>, ids: readonly number[]): Promise<ReadonlyMap<number, ExampleText>> {
  const { rows } = await sql<{ id: number; question: string; context: string | null; answer: string }>`
    select id, question, context, answer from example_text where id = any(${ids}::int[])`.execute(trx);
  return new Map(
    rows.map(({ id, question, context, answer }) => [id, { question, answer, ...(context !== null && { context }) }]),
  );
}
