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
import { intArray } from './shelves.ts';
import { treeOf } from './trees.ts';

/** Places that are named of one text: it may stand in a hundred pull requests. */
const PLACES_OF_A_TEXT = 3;

/** Where to look: the taxonomy without these paths, and the other open pull requests. */
export type Place = {
  readonly ref: PullRequestRef;
  readonly taxonomy: Taxonomy;
  readonly leaveOut: ReadonlySet<string>;
};

/** See the port. No transaction holds the questions together: the embedded database would serve nobody else from the first to the last. */
export async function findNear(
  kysely: Kysely<Schema>,
  texts: readonly ExampleText[],
  place: Place,
): Promise<readonly (readonly NearExample[])[]> {
  const readStanding = createStandingReader(kysely, place);
  const found: (readonly NearExample[])[] = [];
  for (const text of texts) {
    const terms = termsOf([text]);
    const postings = await readPostings(kysely, place.ref.repository.id, terms);
    const nominated = terms.flatMap(ofText => nominate(ofText, postings));
    const standing = await readStanding(nominated.map(({ id }) => id));
    const candidates = nominated.flatMap(candidate => {
      const known = standing.get(candidate.id);
      return known === undefined ? [] : [{ candidate, ...known }];
    });
    const ranked = createRanking()(text, candidates).flatMap(
      ({ candidate: { sharedBands, weight }, text: other, places }) =>
        places.map(there => ({ ...other, ...there, sharedBands, weight })),
    );
    found.push(ranked.slice(0, MAX_NEAR));
    await turn();
  }
  return found;
}

/** A text that stands somewhere now, and where: in the taxonomy first, then one place in each pull request, by number. */
export type Standing = {
  readonly text: ExampleText;
  readonly places: readonly Pick<NearExample, 'path' | 'line' | 'sha' | 'pullRequest'>[];
};

/** How often the tree may be gone that was just stored: eight newer ones came meanwhile. */
const MAX_TRIES = 3;

/** Reads those of some texts that stand somewhere now. The tree of the place is looked for once. */
export function createStandingReader(
  kysely: Kysely<Schema>,
  place: Place,
): (ids: readonly number[]) => Promise<ReadonlyMap<number, Standing>> {
  let tree: number | undefined;
  return async ids => {
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const read = await askStanding(kysely, ids, tree, place);
      if (read !== undefined) return read;
      tree = await kysely.transaction().execute(trx => treeOf(trx, place.ref.repository.id, place.taxonomy));
    }
    throw new Error('The tree of the base does not stay stored.');
  };
}

type TextRow = readonly [id: number, question: string, context: string | null, answer: string];
type TakenRow = readonly [id: number, path: string, line: number];
type ProposedRow = readonly [
  ...TakenRow,
  sha: string,
  number: number,
  authorId: number,
  authorLogin: string,
  seenAt: string,
];

/** Undefined without that tree, or, unless one is named, without a whole one of the commit. */
async function askStanding(
  kysely: Kysely<Schema>,
  ids: readonly number[],
  tree: number | undefined,
  { ref: { repository, number }, taxonomy, leaveOut }: Place,
): Promise<ReadonlyMap<number, Standing> | undefined> {
  const { rows } = await sql<{
    texts: readonly TextRow[] | null;
    taken: readonly TakenRow[] | null;
    proposed: readonly ProposedRow[] | null;
  }>`
    select * from standing_texts(
      ${intArray(ids)}::int[], ${tree ?? null}::int, ${repository.id}, ${taxonomy.sha}, ${taxonomy.files.size}::int,
      ${number}::int, ${[...leaveOut]}::text[], ${PLACES_OF_A_TEXT}::int
    )`.execute(kysely);
  const [row] = rows;
  if (row === undefined) return undefined;
  const taken = Map.groupBy(row.taken ?? [], ([id]) => id);
  const proposed = Map.groupBy(row.proposed ?? [], ([id]) => id);
  const standing = (row.texts ?? []).map(([id, question, context, answer]) => {
    const text = { question, answer, ...(context !== null && { context }) };
    const inTaxonomy = (taken.get(id) ?? []).map(([, path, line]) => ({ path, line, sha: taxonomy.sha }));
    const inPullRequests = (proposed.get(id) ?? []).map(
      ([, path, line, sha, other, authorId, authorLogin, seenAt]) => ({
        path,
        line,
        sha,
        pullRequest: { number: other, authorId, authorLogin, seenAt: new Date(seenAt).toISOString() },
      }),
    );
    return [id, { text, places: [...inTaxonomy, ...inPullRequests].slice(0, PLACES_OF_A_TEXT) }] as const;
  });
  return new Map(standing.filter(([, { places }]) => places.length > 0));
}
