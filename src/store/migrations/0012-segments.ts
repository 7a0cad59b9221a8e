import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/**
 * Posting lists in segments instead of parts (store/segments.ts). The version before goes on with `posting`, `near_postings` and
 * `near_standing`, all three of which the next one drops; its texts are filed here when their blobs are read again.
 */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}

const statements = [
  // False in rows that the version before has written, or that are not to be found by likeness.
  `alter table example_text add column is_filed boolean not null default false`,
  // Both find texts by their key; the old one took as much space as the postings of ten bands.
  `create index example_text_by_key on example_text using hash (key)`,
  `drop index example_text_key`,
  `create table segment (
    id int generated always as identity primary key,
    repository_id bigint not null,
    -- Of the oldest text in it: what is older goes first.
    first_text int not null,
    texts int not null,
    band_bits int not null,
    word_bits int not null,
    -- False while it is made of others, which count until then.
    is_live boolean not null,
    made_at timestamptz not null default now()
  )`,
  `create index segment_repository on segment (repository_id)`,
  // Shelves of bands are numbered from 1 upwards, those of words from -1 downwards.
  `create table shelf (segment_id int not null, number int not null, entries bytea not null, primary key (segment_id, number))`,
  `alter table shelf alter column entries set storage external`,
  // As in 0011, written in the order in which it is to be answered. The smallest shelves first, until the bytes are used up.
  `create function near_shelves(
    given_repository bigint, given_bands bigint[], given_band_bytes int, given_words bigint[], given_word_bytes int
  )
  returns table (numbers text, lengths text, entries text, texts int)
  language plpgsql stable set plan_cache_mode = force_generic_plan as $$
    #variable_conflict use_column
    begin
      return query
      with live as materialized (
        select id, first_text, band_bits, word_bits from segment where repository_id = given_repository and is_live
      ), band as materialized (
        select asked.first_text, shelf.number, shelf.entries
        from (
          select distinct id, first_text, (1 << band_bits) | (term >> (32 - band_bits))::int as number
          from live cross join unnest(given_bands) as given(term)
        ) as asked
        cross join lateral (
          select number, entries from shelf where segment_id = asked.id and number = asked.number offset 0
        ) as shelf
      ), word as materialized (
        select given.term, live.id, live.first_text, shelf.number, shelf.entries
        from live cross join unnest(given_words) as given(term)
        cross join lateral (
          select number, entries from shelf
          where segment_id = live.id and number = -((1 << word_bits) | (given.term >> (32 - word_bits))::int) offset 0
        ) as shelf
      ), rare as (
        select counted.term from (
          select term, sum(sum(octet_length(entries))) over (order by sum(octet_length(entries)), term) as read
          from word group by term
        ) as counted where counted.read <= given_word_bytes
      )
      select string_agg(list.number::text, ','), string_agg(octet_length(list.entries)::text, ','),
        encode(string_agg(list.entries, ''::bytea), 'base64'),
        (select near_index.texts from near_index where near_index.repository_id = given_repository)
      from (
        select number, entries from (
          (
            select counted.first_text, counted.number, counted.entries from (
              select band.*, sum(octet_length(entries)) over (order by octet_length(entries), first_text, number) as read from band
            ) as counted where counted.read <= given_band_bytes
          )
          union all
          (select distinct on (id, number) first_text, number, entries from word where term in (select term from rare))
        ) as chosen order by first_text
      ) as list;
    end $$`,
  // No row without the tree. One row, because reading many takes the embedded database's client longer than finding them.
  `create function standing_texts(
    given_ids int[], given_tree int, given_repository bigint, given_sha text, given_leaves int, given_number int,
    given_left_out text[], given_places int
  )
  returns table (texts json, taken json, proposed json)
  language plpgsql stable set plan_cache_mode = force_generic_plan as $$
    #variable_conflict use_column
    declare known_tree int := (
      select id from tree where id = given_tree
        or (given_tree is null and repository_id = given_repository and commit_sha = given_sha and leaves = given_leaves)
    );
    begin
      if known_tree is null then return; end if;
      return query select
        (
          select json_agg(json_build_array(text.id, text.question, text.context, text.answer))
          from unnest(given_ids) as asked(id)
          cross join lateral (select * from example_text where id = asked.id offset 0) as text
        ),
        (
          select json_agg(json_build_array(asked.id, place.path, place.line))
          from unnest(given_ids) as asked(id)
          cross join lateral (
            select leaf.path, min(example.line) as line
            from (select * from example where text_id = asked.id offset 0) as example
            cross join lateral (
              select path from tree_leaf where tree_id = known_tree and blob_id = example.blob_id offset 0
            ) as leaf
            where leaf.path <> all(given_left_out)
            group by leaf.path order by leaf.path collate "C" limit given_places
          ) as place
        ),
        (
          select json_agg(json_build_array(
            asked.id, place.path, place.line, place.sha, place.number, place.author_id, place.author_login, place.seen_at
          ))
          from unnest(given_ids) as asked(id)
          cross join lateral (
            select distinct on (pr.number) leaf.path, example.line, pr.head_sha as sha, pr.number, pr.author_id, pr.author_login,
              coalesce(seen.seen_at, pr.recorded_at) as seen_at
            from (select * from example where text_id = asked.id offset 0) as example
            cross join lateral (select sha from blob where id = example.blob_id offset 0) as blob
            cross join lateral (
              select * from pull_request_leaf where repository_id = given_repository and blob_sha = blob.sha offset 0
            ) as leaf
            join pull_request pr on pr.repository_id = leaf.repository_id and pr.number = leaf.number
            left join seen on seen.repository_id = pr.repository_id and seen.number = pr.number
              and seen.key = (select encode(key, 'hex') from example_text where id = asked.id)
            where pr.is_open and pr.number <> given_number
            order by pr.number, leaf.path collate "C", example.line limit given_places
          ) as place
        );
    end $$`,
];
