import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Taxonomy } from '../core/taxonomy.ts';
import type { Schema } from './schema.ts';

/** Commits of the base whose trees are kept for a repository: its branches, and the moments while one commit follows another. */
const KEPT_TREES = 8;

/**
 * The id of the tree of a commit, stored when it is asked about for the first time. Nobody takes it away before the transaction
 * ends. Leaves that are not indexed yet are not in it; the tree is stored again when it is asked about with more of them.
 */
export async function treeOf(trx: Kysely<Schema>, repositoryId: number, taxonomy: Taxonomy): Promise<number> {
  const { rows } = await sql<{ id: number; leaves: number }>`
    select id, leaves from tree where repository_id = ${repositoryId} and commit_sha = ${taxonomy.sha} for key share`.execute(
    trx,
  );
  const [known] = rows;
  return known?.leaves === taxonomy.files.size ? known.id : storeTree(trx, repositoryId, taxonomy);
}

async function storeTree(trx: Kysely<Schema>, repositoryId: number, { sha, files }: Taxonomy): Promise<number> {
  const { id } = await trx
    .insertInto('tree')
    .values({ repository_id: repositoryId, commit_sha: sha, leaves: 0 })
    .onConflict(conflict => conflict.columns(['repository_id', 'commit_sha']).doUpdateSet({ leaves: 0 }))
    .returning('id')
    .executeTakeFirstOrThrow();
  await sql`delete from tree_leaf where tree_id = ${id}`.execute(trx);
  const { numAffectedRows = 0n } = await sql`insert into tree_leaf (tree_id, blob_id, path)
    select ${id}::int, blob.id, file.path
    from unnest(${[...files.keys()]}::text[], ${[...files.values()]}::text[]) as file(path, sha)
    join blob on blob.repository_id = ${repositoryId} and blob.sha = file.sha`.execute(trx);
  await sql`update tree set leaves = ${Number(numAffectedRows)} where id = ${id}`.execute(trx);
  await sql`delete from tree where id in (
    select id from tree where repository_id = ${repositoryId} and id <> ${id} order by id desc offset ${KEPT_TREES - 1}
  )`.execute(trx);
  return id;
}
