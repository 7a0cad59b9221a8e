import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** Since when pull requests of a repository are recorded. `pull_request.recorded_at` moves on with every look. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`create table repository_index (repository_id bigint primary key, since timestamptz not null)`.execute(
    database,
  );
  await sql`insert into repository_index (repository_id, since)
    select repository_id, min(recorded_at) from pull_request group by repository_id`.execute(database);
}
