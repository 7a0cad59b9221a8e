import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** Whom a call was made for, what it cost and how long it took; budgets of a day; which head a stored reply was paid for. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}

const statements = [
  `alter table charge
    add column author_id bigint,
    add column head_sha text,
    add column day text,
    add column cached_tokens bigint,
    add column nanodollars bigint,
    add column milliseconds bigint`,
  // `scope` is 'repository' or 'author:<id>'; 'day' one of UTC, such as 2026-03-01.
  `create table day_budget (
    repository_id bigint not null,
    day text not null,
    scope text not null,
    spent bigint not null,
    primary key (repository_id, day, scope)
  )`,
  // Replies from before are an earlier head's.
  `alter table model_reply add column number int not null default 0, add column head_sha text not null default ''`,
];
