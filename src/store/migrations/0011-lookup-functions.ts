import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/**
 * The two questions of a lookup as functions, so that a session plans each once: planning took a third of a lookup. Generic plans are
 * asked for, since the questions are written in the order in which they are to be answered (store/postings.ts,
 * store/near-examples.ts), whatever the values.
 */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}

const statements = [
  `create function near_postings(
    given_repository bigint, given_bands int[], given_parts int, given_words int[], given_bytes bigint
  )
  returns table (shelves text, lengths text, bytes text, entries text, texts int)
  language plpgsql stable set plan_cache_mode = force_generic_plan as $$
    #variable_conflict use_column
    begin
      return query
      with word as (
        select posting.shelf, sum(octet_length(posting.entries)) as bytes from posting
        where posting.repository_id = given_repository and posting.shelf = any(given_words) group by posting.shelf
      ), rare as (
        select counted.shelf, counted.bytes
        from (select word.shelf, word.bytes, sum(word.bytes) over (order by word.bytes, word.shelf) as read from word) as counted
        where counted.read <= given_bytes
      )
      select string_agg(list.shelf::text, ','), string_agg(octet_length(list.entries)::text, ','),
        string_agg(list.bytes::text, ','), encode(string_agg(list.entries, ''::bytea), 'base64'),
        (select near_index.texts from near_index where near_index.repository_id = given_repository)
      from (
        (
          select posting.shelf, posting.entries, 0 as bytes from posting
          where posting.repository_id = given_repository and posting.shelf = any(given_bands)
          order by posting.part limit given_parts
        )
        union all
        select posting.shelf, posting.entries, (select rare.bytes from rare where rare.shelf = posting.shelf) as bytes
        from posting
        where posting.repository_id = given_repository and posting.shelf = any(array(select rare.shelf from rare))
      ) as list;
    end $$`,
  `create function near_standing(
    given_ids int[], given_tree int, given_repository bigint, given_number int, given_left_out text[], given_places int
  )
  returns table (id int, question text, context text, answer text, in_taxonomy json, in_pull_requests json)
  language plpgsql stable set plan_cache_mode = force_generic_plan as $$
    #variable_conflict use_column
    begin
      return query
      select text.id, text.question, text.context, text.answer, (
        select json_agg(place) from (
          select leaf.path, min(example.line) as line
          from (select * from example where text_id = text.id offset 0) as example
          cross join lateral (select path from tree_leaf where tree_id = given_tree and blob_id = example.blob_id offset 0) as leaf
          where leaf.path <> all(given_left_out)
          group by leaf.path order by leaf.path collate "C" limit given_places
        ) as place
      ), (
        select json_agg(place) from (
          select distinct on (pr.number) leaf.path, example.line, pr.head_sha as sha, pr.number, pr.author_id, pr.author_login,
            coalesce(seen.seen_at, pr.recorded_at) as seen_at
          from (select * from example where text_id = text.id offset 0) as example
          cross join lateral (select sha from blob where id = example.blob_id offset 0) as blob
          cross join lateral (
            select * from pull_request_leaf where repository_id = given_repository and blob_sha = blob.sha offset 0
          ) as leaf
          join pull_request pr on pr.repository_id = leaf.repository_id and pr.number = leaf.number
          left join seen on seen.repository_id = pr.repository_id and seen.number = pr.number
            and seen.key = encode(text.key, 'hex')
          where pr.is_open and pr.number <> given_number
          order by pr.number, leaf.path collate "C", example.line limit given_places
        ) as place
      )
      from unnest(given_ids) as asked(id)
      cross join lateral (select * from example_text where id = asked.id offset 0) as text;
    end $$`,
];
