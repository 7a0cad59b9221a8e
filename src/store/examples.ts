import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { firstSight } from '../core/duplicates/first-sight.ts';
import type { Neighbour } from '../core/duplicates/example-key.ts';
import { placeKey } from '../core/duplicates/open-leaf.ts';
import type { PullRequest, PullRequestRef } from '../core/pull-request.ts';
import type { Examples } from '../ports.ts';
import { addBlobs, missingBlobs } from './blobs.ts';
import type { Database } from './database.ts';
import { findNear } from './near-examples.ts';
import { findOpenLeaves } from './open-leaves.ts';
import type { Schema } from './schema.ts';
import { mergeSegments } from './segments.ts';
import { treeOf } from './trees.ts';

/**
 * Texts that were filed anew, after which the space of their old shelves is given back: about half a megabyte. The embedded database
 * never does that by itself.
 */
const VACUUM_AFTER = 1_000;

/**
 * The index of examples in SQL. A blob is indexed once for ever; which blobs stand in the taxonomy is asked with the tree of the
 * day, which pull requests have them is recorded here. A pull request that is closed leaves the comparison but not the record of
 * when its texts were first seen: closing and reopening must not make a copied text look old.
 */
export function createExamples({ kysely }: Database): Examples {
  let refiled = 0;
  const merging = new Set<number>();
  /** Whoever is at it goes on until nothing is left. */
  async function mergeFor(repositoryId: number, until: 'grown' | 'settled'): Promise<void> {
    if (merging.has(repositoryId)) return;
    merging.add(repositoryId);
    refiled += await mergeSegments(kysely, repositoryId, until).finally(() => merging.delete(repositoryId));
    if (refiled < VACUUM_AFTER) return;
    refiled = 0;
    await sql`vacuum (index_cleanup on) shelf`.execute(kysely);
  }
  return {
    missing: (repository, blobShas) => missingBlobs(kysely, repository.id, blobShas),

    async add(repository, blobs) {
      await addBlobs(kysely, repository.id, blobs);
      await mergeFor(repository.id, 'grown');
    },

    settle: repository => mergeFor(repository.id, 'settled'),

    recordPullRequest: (pullRequest, leaves, now) =>
      kysely.transaction().execute(async trx => {
        const isFirst = await upsertPullRequest(trx, pullRequest, now);
        const { repository, number } = pullRequest;
        const since = await recordedSince(trx, repository.id, now);
        const seenAt = isFirst ? firstSight(pullRequest.createdAt, since, now) : now;
        await sql`delete from pull_request_leaf where repository_id = ${repository.id} and number = ${number}`.execute(
          trx,
        );
        await sql`insert into pull_request_leaf (repository_id, number, path, blob_sha)
          select ${repository.id}, ${number}, path, blob_sha
          from unnest(${leaves.map(({ path }) => path)}::text[], ${leaves.map(({ blobSha }) => blobSha)}::text[]) as given(path, blob_sha)
          on conflict do nothing`.execute(trx);
        await sql`insert into seen (repository_id, number, key, seen_at)
          select distinct ${repository.id}::bigint, ${number}::int, encode(text.key, 'hex'), ${seenAt}::timestamptz
          from blob join example on example.blob_id = blob.id join example_text text on text.id = example.text_id
          where blob.repository_id = ${repository.id} and blob.sha = any(${leaves.map(({ blobSha }) => blobSha)}::text[])
          union
          select ${repository.id}::bigint, ${number}::int, key, ${seenAt}::timestamptz
          from unnest(${leaves.map(({ path }) => placeKey(path))}::text[]) as place(key)
          on conflict do nothing`.execute(trx);
      }),

    async removePullRequest({ repository, number }) {
      await sql`update pull_request set is_open = false
        where repository_id = ${repository.id} and number = ${number}`.execute(kysely);
    },

    async retainPullRequests(repository, openNumbers) {
      await sql`update pull_request set is_open = false
        where repository_id = ${repository.id} and is_open and number <> all(${[...openNumbers]}::int[])`.execute(
        kysely,
      );
    },

    neighboursOf: (ref, keys, taxonomy) =>
      kysely.transaction().execute(async trx => {
        const asked = [...new Set(keys)];
        const tree = { id: await treeOf(trx, ref.repository.id, taxonomy), sha: taxonomy.sha };
        const inTaxonomy = await findInTaxonomy(trx, ref.repository.id, asked, tree);
        const inPullRequests = await findInPullRequests(trx, ref, asked);
        const { rows: seen } = await sql<{ key: string; seen_at: Date }>`
          select key, seen_at from seen
          where repository_id = ${ref.repository.id} and number = ${ref.number} and key = any(${asked}::text[])`.execute(
          trx,
        );
        return {
          neighbours: [...inTaxonomy, ...inPullRequests],
          seenAt: new Map(seen.map(({ key, seen_at }) => [key, seen_at.toISOString()])),
        };
      }),

    openLeaves: ref => findOpenLeaves(kysely, ref),

    nearestOf: (ref, texts, taxonomy, leaveOut) => findNear(kysely, texts, { ref, taxonomy, leaveOut }),
  };
}

/** When a pull request of the repository was recorded for the first time; now, if this is it. */
async function recordedSince(trx: Kysely<Schema>, repository_id: number, now: Date): Promise<Date> {
  await trx
    .insertInto('repository_index')
    .values({ repository_id, since: now })
    .onConflict(conflict => conflict.doNothing())
    .execute();
  const { since } = await trx
    .selectFrom('repository_index')
    .select('since')
    .where('repository_id', '=', repository_id)
    .executeTakeFirstOrThrow();
  return since;
}

/** Whether the pull request was unknown: see `firstSight`. */
async function upsertPullRequest(
  trx: Kysely<Schema>,
  { repository, number, author, headSha }: PullRequest,
  now: Date,
): Promise<boolean> {
  const fields = {
    author_id: author.id,
    author_login: author.login,
    head_sha: headSha,
    is_open: true,
    recorded_at: now,
  };
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('pull_request')
    .values({ repository_id: repository.id, number, ...fields })
    .onConflict(conflict => conflict.doNothing())
    .executeTakeFirstOrThrow();
  if (numInsertedOrUpdatedRows === 1n) return true;
  await trx
    .updateTable('pull_request')
    .set(fields)
    .where('repository_id', '=', repository.id)
    .where('number', '=', number)
    .execute();
  return false;
}

/** Every place of the tree with one of these examples, in the order of paths and lines. */
async function findInTaxonomy(
  trx: Kysely<Schema>,
  repositoryId: number,
  keys: readonly string[],
  tree: { readonly id: number; readonly sha: string },
): Promise<readonly Neighbour[]> {
  const { rows } = await sql<{ key: string; path: string; line: number }>`
    select encode(text.key, 'hex') as key, leaf.path, min(example.line) as line
    from unnest(${keys}::text[]) as asked(key)
    join example_text text on text.repository_id = ${repositoryId} and text.key = decode(asked.key, 'hex')
    join example on example.text_id = text.id
    join tree_leaf leaf on leaf.tree_id = ${tree.id} and leaf.blob_id = example.blob_id
    group by text.key, leaf.path
    order by leaf.path collate "C", line, text.key`.execute(trx);
  return rows.map(({ key, path, line }) => ({ key, path, line, sha: tree.sha }));
}

/** One place in each other open pull request for each example: the first by path. Then nobody can make the answer long. */
async function findInPullRequests(
  kysely: Kysely<Schema>,
  { repository, number }: PullRequestRef,
  keys: readonly string[],
): Promise<readonly Neighbour[]> {
  const { rows } = await sql<{
    key: string;
    path: string;
    line: number;
    head_sha: string;
    number: number;
    author_id: number;
    author_login: string;
    seen_at: Date;
  }>`
    select distinct on (pr.number, text.key)
      encode(text.key, 'hex') as key, leaf.path, example.line, pr.head_sha, pr.number, pr.author_id, pr.author_login,
      coalesce(seen.seen_at, pr.recorded_at) as seen_at
    from unnest(${keys}::text[]) as asked(key)
    join example_text text on text.repository_id = ${repository.id} and text.key = decode(asked.key, 'hex')
    join example on example.text_id = text.id
    join blob on blob.id = example.blob_id
    join pull_request_leaf leaf on leaf.repository_id = ${repository.id} and leaf.blob_sha = blob.sha
    join pull_request pr on pr.repository_id = leaf.repository_id and pr.number = leaf.number
    left join seen on seen.repository_id = pr.repository_id and seen.number = pr.number and seen.key = asked.key
    where pr.number <> ${number} and pr.is_open
    order by pr.number, text.key, leaf.path collate "C", example.line`.execute(kysely);
  return rows.map(row => ({
    key: row.key,
    path: row.path,
    line: row.line,
    sha: row.head_sha,
    pullRequest: {
      number: row.number,
      authorId: row.author_id,
      authorLogin: row.author_login,
      seenAt: row.seen_at.toISOString(),
    },
  }));
}
