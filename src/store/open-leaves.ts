import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { OpenLeaf } from '../core/duplicates/open-leaf.ts';
import type { PullRequestRef } from '../core/pull-request.ts';
import type { Schema } from './schema.ts';

/** More leaves than all open pull requests of a large taxonomy have; the oldest pull requests come first. */
export const MAX_OPEN_LEAVES = 20_000;

/** The leaves of the other open pull requests of the repository, by number and path. The first sight of each is kept by `placeKey`. */
export async function findOpenLeaves(
  kysely: Kysely<Schema>,
  { repository, number }: PullRequestRef,
): Promise<readonly OpenLeaf[]> {
  const { rows } = await sql<{
    path: string;
    examples: number;
    head_sha: string;
    number: number;
    author_id: number;
    author_login: string;
    seen_at: Date;
  }>`
    select leaf.path, pr.head_sha, pr.number, pr.author_id, pr.author_login,
      coalesce(seen.seen_at, pr.recorded_at) as seen_at,
      (select count(*)::int from blob join example on example.blob_id = blob.id
        where blob.repository_id = leaf.repository_id and blob.sha = leaf.blob_sha) as examples
    from pull_request pr
    join pull_request_leaf leaf on leaf.repository_id = pr.repository_id and leaf.number = pr.number
    left join seen on seen.repository_id = pr.repository_id and seen.number = pr.number
      and seen.key = left(encode(sha256(convert_to('leaf' || chr(10) || leaf.path, 'UTF8')), 'hex'), 40)
    where pr.repository_id = ${repository.id} and pr.number <> ${number} and pr.is_open
    order by pr.number, leaf.path collate "C"
    limit ${MAX_OPEN_LEAVES}`.execute(kysely);
  return rows.map(row => ({
    path: row.path,
    examples: row.examples,
    sha: row.head_sha,
    pullRequest: {
      number: row.number,
      authorId: row.author_id,
      authorLogin: row.author_login,
      seenAt: row.seen_at.toISOString(),
    },
  }));
}
