import { setImmediate as turn } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { createRanking } from '../core/duplicates/closeness.ts';
import { termsOf } from '../core/duplicates/index-terms.ts';
import { MAX_NEAR } from '../core/duplicates/near-example.ts';
import type { ExampleText, NearExample } from '../core/duplicates/near-example.ts';
import { nominate } from '../core/duplicates/nominate.ts';
import type { PullRequestRef } from '../core/pull-request.ts';
import type { Taxonomy } from '../core/taxonomy.ts';
import { readPostings } from './postings.ts';
import type { Schema } from './schema.ts';
import { treeOf } from './trees.ts';

/** Examples that are looked up together: the embedded database serves nobody else meanwhile. */
const TEXTS_AT_A_TIME = 1;

/** Places that are named of one text: it may stand in a hundred pull requests. */
const PLACES_OF_A_TEXT = 3;

/** Where to look: the taxonomy without these paths, and the other open pull requests. */
export type Place = {
  readonly ref: PullRequestRef;
  readonly taxonomy: Taxonomy;
  readonly leaveOut: ReadonlySet<string>;
};

/** See the port. In many short transactions: the embedded database serves one at a time. */
export async function findNear(
  kysely: Kysely<Schema>,
  texts: readonly ExampleText[],
  place: Place,
): Promise<readonly (readonly NearExample[])[]> {
  const found: (readonly NearExample[])[] = [];
  for (let at = 0; at < texts.length; at += TEXTS_AT_A_TIME) {
    const few = texts.slice(at, at + TEXTS_AT_A_TIME);
    found.push(...(await kysely.transaction().execute(trx => findFew(trx, few, place))));
    await turn();
  }
  return found;
}

async function findFew(
  trx: Kysely<Schema>,
  texts: readonly ExampleText[],
  place: Place,
): Promise<readonly (readonly NearExample[])[]> {
  const tree = await treeOf(trx, place.ref.repository.id, place.taxonomy);
  const terms = termsOf(texts);
  const postings = await readPostings(trx, place.ref.repository.id, terms);
  const nominated = terms.map(ofText => nominate(ofText, postings));
  const standing = await readStanding(trx, [...new Set(nominated.flat().map(({ id }) => id))], tree, place);
  const rank = createRanking();
  return texts.map((text, index) => {
    const candidates = (nominated[index] ?? []).flatMap(candidate => {
      const known = standing.get(candidate.id);
      return known === undefined ? [] : [{ candidate, ...known }];
    });
    return rank(text, candidates)
      .flatMap(({ candidate: { sharedBands, weight }, text: other, places }) =>
        places.map(there => ({ ...other, ...there, sharedBands, weight })),
      )
      .slice(0, MAX_NEAR);
  });
}

/** A text that stands somewhere now, and where: in the taxonomy first, then one place in each pull request, by number. */
export type Standing = {
  readonly text: ExampleText;
  readonly places: readonly Pick<NearExample, 'path' | 'line' | 'sha' | 'pullRequest'>[];
};

// In the function `offset 0` keeps the planner to the order in which the question is written: from a few texts to where they stand.
// The embedded database counts no rows by itself, and would begin with the whole tree.
export async function readStanding(
  trx: Kysely<Schema>,
  ids: readonly number[],
  tree: number,
  { ref: { repository, number }, taxonomy, leaveOut }: Place,
): Promise<ReadonlyMap<number, Standing>> {
  const { rows } = await sql<{
    id: number;
    question: string;
    context: string | null;
    answer: string;
    in_taxonomy: readonly { path: string; line: number }[] | null;
    in_pull_requests:
      | readonly {
          path: string;
          line: number;
          sha: string;
          number: number;
          author_id: number;
          author_login: string;
          seen_at: string;
        }[]
      | null;
  }>`
    select * from near_standing(
      ${ids}::int[], ${tree}::int, ${repository.id}, ${number}::int, ${[...leaveOut]}::text[], ${PLACES_OF_A_TEXT}::int
    )`.execute(trx);

  const standing = rows.map(({ id, question, context, answer, in_taxonomy, in_pull_requests }) => {
    const text = { question, answer, ...(context !== null && { context }) };
    const taken = (in_taxonomy ?? []).map(place => ({ ...place, sha: taxonomy.sha }));
    const proposed = (in_pull_requests ?? []).map(({ number, author_id, author_login, seen_at, ...place }) => ({
      ...place,
      pullRequest: {
        number,
        authorId: author_id,
        authorLogin: author_login,
        seenAt: new Date(seen_at).toISOString(),
      },
    }));
    return [id, { text, places: [...taken, ...proposed].slice(0, PLACES_OF_A_TEXT) }] as const;
  });
  return new Map(standing.filter(([, { places }]) => places.length > 0));
}
