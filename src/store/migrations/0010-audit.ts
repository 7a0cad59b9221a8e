import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** What Assay did and was told to do. Rows are added and never changed: see store/audit.ts. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}

const statements = [
  // `entry` is JSON, as text: what is hashed must not be written otherwise by the database.
  `create table audit (
    id bigint generated always as identity primary key,
    repository_id bigint not null,
    at timestamptz not null,
    entry text not null,
    previous text not null,
    hash text not null
  )`,
  `create index audit_of_repository on audit (repository_id, id)`,
  `create index audit_at on audit (at)`,
  `create function audit_is_append_only() returns trigger language plpgsql as $$
    begin
      raise exception 'rows of audit are never changed';
    end $$`,
  `create trigger audit_is_append_only before update or delete or truncate on audit
    for each statement execute function audit_is_append_only()`,
];
