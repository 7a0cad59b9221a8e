import type { ColumnType, Generated } from 'kysely';

/** Set by the database when the row is made, or given; read back as a date. */
type Moment = ColumnType<Date, Date, Date>;

/** How far the work that a delivery asked for has come. `waiting` also stands for running and for tried again later. */
export type DeliveryState = 'waiting' | 'completed' | 'failed';

/** Our tables. The queue keeps its own beside them, in the schema `pgboss`. */
export type Schema = {
  delivery: { guid: string; body_hash: string; event: string; received_at: Moment };
  delivery_job: {
    guid: string;
    body_hash: string;
    lane: string;
    state: Generated<DeliveryState>;
    /** By the database's clock, which also says when a job began. */
    enqueued_at: Generated<Date>;
  };
  touched_pull_request: { repository_id: number; number: number };
  /** Which job has a lane; it counts while that job runs. */
  lane: { lane: string; job_id: string };
  repository: {
    id: number;
    installation_id: number;
    /** When it came to an installation that was there before; null for those that it began with. */
    added_at: ColumnType<Date | null, never, Date>;
  };
  blob: { id: Generated<number>; repository_id: number; sha: string };
  example_text: {
    id: Generated<number>;
    repository_id: number;
    key: Uint8Array;
    whole_key: Uint8Array;
    question: string;
    context: string | null;
    answer: string;
    /** Whether it can be found by likeness. */
    is_filed: boolean;
  };
  example: { text_id: number; blob_id: number; line: number };
  near_index: { repository_id: number; texts: number };
  segment: {
    id: Generated<number>;
    repository_id: number;
    first_text: number;
    texts: number;
    band_bits: number;
    word_bits: number;
    is_live: boolean;
    made_at: Generated<Date>;
  };
  shelf: { segment_id: number; number: number; entries: Uint8Array };
  tree: { id: Generated<number>; repository_id: number; commit_sha: string; leaves: number };
  tree_leaf: { tree_id: number; blob_id: number; path: string };
  pull_request: {
    repository_id: number;
    number: number;
    author_id: number;
    author_login: string;
    head_sha: string;
    is_open: boolean;
    /** When it was last recorded. */
    recorded_at: Moment;
  };
  /** Since when pull requests of a repository are recorded. */
  repository_index: { repository_id: number; since: Moment };
  pull_request_leaf: { repository_id: number; number: number; path: string; blob_sha: string };
  model_reply: { hash: string; repository_id: number; number: number; head_sha: string; reply: string };
  budget: { repository_id: number; number: number; spent: number };
  /** `scope`: `repository`, or `author:` and the account's id. */
  day_budget: { repository_id: number; day: string; scope: string; spent: number };
  charge: {
    id: Generated<string>;
    repository_id: number;
    number: number;
    hash: string;
    tokens: number;
    outcome: string | null;
    model: string | null;
    prompt_tokens: number | null;
    completion_tokens: number | null;
    cached_tokens: number | null;
    /** Null where the model has no price. */
    nanodollars: number | null;
    milliseconds: number | null;
    /** Null in rows from before they were written: they hang on no budget of a day. */
    author_id: number | null;
    head_sha: string | null;
    /** Of UTC, `2026-03-01`. */
    day: string | null;
    charged_at: Generated<Date>;
    settled_at: Date | null;
  };
  meaning: {
    id: Generated<number>;
    repository_id: number;
    space: string;
    key: Uint8Array;
    length: number;
    signs: Uint8Array;
    vector: Uint8Array;
  };
  audit: {
    id: Generated<number>;
    repository_id: number;
    at: Moment;
    entry: string;
    previous: string;
    hash: string;
  };
  seen: { repository_id: number; number: number; key: string; seen_at: Moment };
};
