import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/**
 * Examples with their texts, and what they are looked up by. What was indexed before had no texts: it is read again at the next
 * look. A repository has an index of its own, so that nobody can fill another's, and so that it can be forgotten whole.
 */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}

const statements = [
  `drop table example`,
  `drop table blob`,
  `create table blob (
    id int generated always as identity primary key,
    repository_id bigint not null,
    sha text not null,
    unique (repository_id, sha)
  )`,
  // Equal examples are one row, in however many blobs they stand. `key` is `exampleKey`, `whole_key` is `wholeKey`.
  `create table example_text (
    id int generated always as identity primary key,
    repository_id bigint not null,
    key bytea not null,
    whole_key bytea not null,
    question text not null,
    context text,
    answer text not null
  )`,
  `create unique index example_text_key on example_text (repository_id, key, whole_key)`,
  // No foreign keys: they would be looked up a million times while a large taxonomy is indexed.
  `create table example (text_id int not null, blob_id int not null, line int not null, primary key (text_id, blob_id, line))`,
  `create index example_blob on example (blob_id)`,
  // How many texts of a repository can be looked up by likeness. Locked while texts are added.
  `create table near_index (repository_id bigint primary key, texts int not null)`,
  // Packed entries of posting lists, see store/postings.ts.
  `create table posting (
    repository_id bigint not null,
    shelf int not null,
    part int generated always as identity,
    entries bytea not null
  )`,
  `alter table posting alter column entries set storage external`,
  `create index posting_shelf on posting (repository_id, shelf, part)`,
  // The taxonomy at a commit of the base branch.
  `create table tree (
    id int generated always as identity primary key,
    repository_id bigint not null,
    commit_sha text not null,
    leaves int not null,
    unique (repository_id, commit_sha)
  )`,
  `create table tree_leaf (tree_id int not null references tree on delete cascade, blob_id int not null, path text not null)`,
  `create index tree_leaf_blob on tree_leaf (tree_id, blob_id)`,
];
