import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/**
 * Vectors of examples, for comparison by meaning. `space` names the model that made them: vectors of two models say nothing about
 * each other. `key` is `exampleKey`; `vector` holds `length` 32-bit floats and `signs` their
 * `signsOf`, both little-endian. By repository, so that it
 * can be forgotten whole.
 */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}

const statements = [
  `create table meaning (
    id int generated always as identity primary key,
    repository_id bigint not null,
    space text not null,
    key bytea not null,
    length int not null,
    signs bytea not null,
    vector bytea not null,
    unique (repository_id, space, key)
  )`,
  `create index meaning_of_repository on meaning (repository_id, space, id)`,
  // Out of the way of those who read signs alone; and it cannot be made smaller.
  `alter table meaning alter column vector set storage external`,
];
