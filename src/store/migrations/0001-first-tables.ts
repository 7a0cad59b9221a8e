import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** Inbox, index of examples, stored replies with their ledger, and which installation a repository belongs to. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}

// `clock_timestamp()` and not `now()`: a job that began while the transaction was open must count as earlier.
const statements = [
  `create table delivery (
    guid text not null,
    body_hash text not null,
    event text not null,
    received_at timestamptz not null,
    primary key (guid, body_hash)
  )`,
  `create index delivery_received_at on delivery (received_at)`,
  `create table delivery_job (
    guid text not null,
    body_hash text not null,
    lane text not null,
    state text not null default 'waiting' check (state in ('waiting', 'completed', 'failed')),
    enqueued_at timestamptz not null default clock_timestamp(),
    primary key (guid, body_hash, lane),
    foreign key (guid, body_hash) references delivery on delete cascade
  )`,
  `create index delivery_job_unfinished on delivery_job (lane) where state <> 'completed'`,
  `create table touched_pull_request (
    repository_id bigint not null,
    number int not null,
    primary key (repository_id, number)
  )`,
  `create table repository (id bigint primary key, installation_id bigint not null, added_at timestamptz)`,
  `create index repository_installation on repository (installation_id)`,
  `create table blob (sha text primary key)`,
  `create table example (
    blob_sha text not null references blob on delete cascade,
    key text not null,
    line int not null,
    primary key (key, blob_sha, line)
  )`,
  `create index example_blob on example (blob_sha)`,
  `create table pull_request (
    repository_id bigint not null,
    number int not null,
    author_id bigint not null,
    author_login text not null,
    head_sha text not null,
    is_open boolean not null,
    recorded_at timestamptz not null,
    primary key (repository_id, number)
  )`,
  `create table pull_request_leaf (
    repository_id bigint not null,
    number int not null,
    path text not null,
    blob_sha text not null,
    primary key (repository_id, number, path),
    foreign key (repository_id, number) references pull_request on delete cascade
  )`,
  `create index pull_request_leaf_blob on pull_request_leaf (blob_sha)`,
  `create table seen (
    repository_id bigint not null,
    number int not null,
    key text not null,
    seen_at timestamptz not null,
    primary key (repository_id, number, key),
    foreign key (repository_id, number) references pull_request on delete cascade
  )`,
  // As text: a model may write U+0000, which jsonb refuses.
  `create table model_reply (hash text primary key, repository_id bigint not null, reply text not null)`,
  `create index model_reply_repository on model_reply (repository_id)`,
  `create table budget (
    repository_id bigint not null,
    number int not null,
    spent bigint not null,
    primary key (repository_id, number)
  )`,
  // `tokens` is what the budget was charged: the reservation at first, what was really used once it is settled.
  `create table charge (
    id uuid primary key default gen_random_uuid(),
    repository_id bigint not null,
    number int not null,
    hash text not null,
    tokens bigint not null,
    outcome text,
    model text,
    prompt_tokens bigint,
    completion_tokens bigint,
    charged_at timestamptz not null default now(),
    settled_at timestamptz
  )`,
  `create index charge_pull_request on charge (repository_id, number)`,
];
