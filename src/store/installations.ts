import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Job } from '../core/job.ts';
import type { RepositoryRef } from '../core/pull-request.ts';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';

/** Tables whose rows belong to a repository. */
const tables = [
  'pull_request',
  'repository_index',
  'blob',
  'example_text',
  'near_index',
  'segment',
  'posting',
  'meaning',
  'tree',
  'touched_pull_request',
  'model_reply',
  'charge',
  'budget',
  'day_budget',
] as const;

/** Notes which installation the job's repository belongs to, so that it can be forgotten with it. */
export async function rememberRepository(kysely: Kysely<Schema>, job: Job): Promise<void> {
  if (!('repository' in job)) return;
  const { installationId, repository } = job;
  await kysely
    .insertInto('repository')
    .values({ id: repository.id, installation_id: installationId })
    .onConflict(conflict =>
      conflict
        .column('id')
        .doUpdateSet({ installation_id: installationId })
        .where('repository.installation_id', '<>', installationId),
    )
    .execute();
}

/** Notes when a repository came to an installation that was there before. The first time counts. */
export async function recordAddition({ kysely }: Database, { id }: RepositoryRef, at: Date): Promise<void> {
  await kysely
    .updateTable('repository')
    .set({ added_at: at })
    .where('id', '=', id)
    .where('added_at', 'is', null)
    .execute();
}

/** When it came (ISO 8601); undefined for a repository that its installation began with. */
export async function findAddition({ kysely }: Database, { id }: RepositoryRef): Promise<string | undefined> {
  const row = await kysely.selectFrom('repository').select('added_at').where('id', '=', id).executeTakeFirst();
  return row?.added_at?.toISOString();
}

/** Removes what is stored for the repositories of an installation that the App lost, or for those of them that are named. */
export async function forgetInstallation(
  { kysely }: Database,
  installationId: number,
  repositoryIds?: readonly number[],
): Promise<void> {
  await kysely.transaction().execute(async trx => {
    const known = await trx
      .selectFrom('repository')
      .select('id')
      .where('installation_id', '=', installationId)
      .execute();
    // A repository that went over to another installation is not this one's any more.
    const ids = known.map(({ id }) => id).filter(id => repositoryIds?.includes(id) ?? true);
    await sql`delete from example using blob
      where blob.id = example.blob_id and blob.repository_id = any(${ids}::bigint[])`.execute(trx);
    await sql`delete from shelf using segment
      where segment.id = shelf.segment_id and segment.repository_id = any(${ids}::bigint[])`.execute(trx);
    for (const table of tables) {
      await sql`delete from ${sql.table(table)} where repository_id = any(${ids}::bigint[])`.execute(trx);
    }
    await sql`delete from repository where id = any(${ids}::bigint[])`.execute(trx);
  });
}
