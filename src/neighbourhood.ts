import type { Contribution, Leaf } from './core/contribution.ts';
import { textOf } from './core/duplicates/comparable.ts';
import { exampleKey, noNeighbourhood, readingKey, wholeKey } from './core/duplicates/example-key.ts';
import type { Neighbourhood } from './core/duplicates/example-key.ts';
import type { ExampleText, NearExample } from './core/duplicates/near-example.ts';
import { claimedPaths, placeKey } from './core/duplicates/open-leaf.ts';
import type { ChangedFile, PullRequest, PullRequestRef, RepositoryRef } from './core/pull-request.ts';
import { roleOf } from './core/taxonomy.ts';
import type { Taxonomy } from './core/taxonomy.ts';
import type { Examples, GitHub, IndexedExample, Meanings, ParseFiles, Spender } from './ports.ts';

/** What it takes to fill the index. */
export type Needs = {
  readonly github: Pick<GitHub, 'loadBlobs'>;
  readonly examples: Examples;
  readonly parse: ParseFiles;
};

/** Comparison by meaning, where it is switched on. */
export type ByMeaning = {
  readonly meanings: Meanings;
  /** How near two must be, as a cosine. */
  readonly nearness: number;
  readonly spender: Spender;
};

/** Blobs that are fetched, parsed and indexed at a time: one question to GitHub, and memory stays bounded. */
const BLOBS_AT_A_TIME = 50;

/** Different examples of one pull request that are looked up by likeness; more come only of bulk changes. All are by equality. */
const MAX_LOOKED_UP = 100;

/**
 * Makes the pull request's examples known to the others and finds where else they stand: in the taxonomy at the base's tip and
 * in other open pull requests. What the index lacks of the taxonomy is fetched first.
 */
export async function findNeighbours(
  pullRequest: PullRequest,
  contribution: Contribution,
  taxonomy: Taxonomy,
  { github, examples, parse }: Needs,
  now: Date,
  byMeaning?: ByMeaning,
): Promise<Neighbourhood> {
  await indexTaxonomy(pullRequest.repository, taxonomy, { github, examples, parse });
  const { leaves } = contribution;
  const read = readLeaves(pullRequest, contribution);
  const { repository } = pullRequest;
  const missing = new Set(
    await examples.missing(
      repository,
      read.map(({ blobSha }) => blobSha),
    ),
  );
  const unknown = read.filter(({ blobSha }) => missing.has(blobSha));
  if (unknown.length > 0)
    await examples.add(
      repository,
      unknown.map(({ leaf, blobSha }) => ({ blobSha, examples: indexed(leaf) })),
    );
  await examples.recordPullRequest(pullRequest, read, now);
  const known = asIndexed(taxonomy);
  const keys = [...keysOf(leaves), ...read.map(({ path }) => placeKey(path))];
  const equal = await examples.neighboursOf(pullRequest, keys, known);
  const asked = lookedUp(pullRequest, leaves, known);
  const near = await findNear(asked, examples);
  const openLeaves = await examples.openLeaves(pullRequest);
  if (byMeaning === undefined) return { ...equal, near, openLeaves };
  const { near: meant, state } = await byMeaning.meanings.nearestOf(
    asked.texts.map(([, text]) => text),
    asked,
    byMeaning.nearness,
    byMeaning.spender,
  );
  return { ...equal, near: joinNear(asked.texts, near, meant), openLeaves, meaning: state };
}

/** The pull request's leaves as the index knows them. One that is not YAML has no examples, and its leaf node all the same. */
function readLeaves({ files }: PullRequest, contribution: Contribution) {
  const leafAt = new Map(contribution.leaves.map(leaf => [leaf.path, leaf]));
  const blobAt = new Map(files.map(({ path, blobSha }) => [path, blobSha]));
  return claimedPaths(contribution).map(path => {
    const leaf = leafAt.get(path);
    return { path, leaf, blobSha: readingKey(leaf?.blobSha ?? blobAt.get(path) ?? '') };
  });
}

/** Examples by their `wholeKey`, and where they are looked for. */
type LookedUp = {
  readonly texts: readonly (readonly [key: string, text: ExampleText])[];
  readonly ref: PullRequestRef;
  readonly taxonomy: Taxonomy;
  readonly leaveOut: ReadonlySet<string>;
};

/** What stands in the leaves that the pull request changes is its own, and not looked at. */
function lookedUp(
  { files, ...ref }: PullRequestRef & Pick<PullRequest, 'files'>,
  leaves: readonly Leaf[],
  taxonomy: Taxonomy,
): LookedUp {
  const texts = new Map(
    leaves.flatMap(leaf => leaf.examples.map(example => [wholeKey(example), textOf(example)] as const)),
  );
  return {
    texts: [...texts].slice(0, MAX_LOOKED_UP),
    ref,
    taxonomy,
    leaveOut: new Set(files.flatMap(({ path, previousPath = path }) => [path, previousPath])),
  };
}

/** What may be like each example. */
async function findNear(
  { texts, ref, taxonomy, leaveOut }: LookedUp,
  examples: Examples,
): Promise<Neighbourhood['near']> {
  const nearest = await examples.nearestOf(
    ref,
    texts.map(([, text]) => text),
    taxonomy,
    leaveOut,
  );
  return new Map(texts.map(([key], index) => [key, nearest[index] ?? []]));
}

/** Those that were found by their words, then those that only their meaning brought. */
function joinNear(
  texts: LookedUp['texts'],
  near: Neighbourhood['near'],
  meant: readonly (readonly NearExample[])[],
): Neighbourhood['near'] {
  const placeOf = ({ sha, path, line }: NearExample): string => JSON.stringify([sha, path, line]);
  return new Map(
    texts.map(([key], index) => {
      const found = near.get(key) ?? [];
      const places = new Set(found.map(placeOf));
      return [key, [...found, ...(meant[index] ?? []).filter(one => !places.has(placeOf(one)))]];
    }),
  );
}

/** What may be like the examples of a pull request that is only looked at: it is not made known to the others. */
export async function lookNear(
  pullRequest: PullRequest,
  leaves: readonly Leaf[],
  taxonomy: Taxonomy,
  needs: Needs,
): Promise<Neighbourhood['near']> {
  await indexTaxonomy(pullRequest.repository, taxonomy, needs);
  return findNear(lookedUp(pullRequest, leaves, asIndexed(taxonomy)), needs.examples);
}

/** Where else the examples of a tree that is about to be merged stand: what stands in open pull requests is not in it and does not matter. */
export async function findTwinsInTaxonomy(
  repository: RepositoryRef,
  { leaves }: Contribution,
  taxonomy: Taxonomy,
  needs: Needs,
): Promise<Neighbourhood> {
  await indexTaxonomy(repository, taxonomy, needs);
  const nobody = { repository, number: 0 };
  const { neighbours } = await needs.examples.neighboursOf(nobody, keysOf(leaves), asIndexed(taxonomy));
  return { ...noNeighbourhood, neighbours: neighbours.filter(neighbour => neighbour.pullRequest === undefined) };
}

/** The leaves of a taxonomy by the keys of the index. */
const asIndexed = ({ sha, files }: Taxonomy): Taxonomy => ({
  sha,
  files: new Map(leavesOf(files).map(([path, blobSha]) => [path, readingKey(blobSha)])),
});

const leavesOf = (files: Taxonomy['files']) => [...files].filter(([path]) => roleOf(path) === 'qna');

const keysOf = (leaves: readonly Leaf[]): readonly string[] => [
  ...new Set(leaves.flatMap(leaf => leaf.examples.map(exampleKey))),
];

/** Fetches, parses and indexes what the index lacks of a taxonomy. */
export async function indexTaxonomy(
  repository: RepositoryRef,
  taxonomy: Taxonomy,
  { github, examples, parse }: Needs,
): Promise<void> {
  const placeOf = new Map(
    leavesOf(taxonomy.files).map(([path, blobSha]) => [readingKey(blobSha), { path, blobSha }] as const),
  );
  const missing = (await examples.missing(repository, [...placeOf.keys()])).flatMap(key => placeOf.get(key) ?? []);
  for (let at = 0; at < missing.length; at += BLOBS_AT_A_TIME) {
    const batch = missing.slice(at, at + BLOBS_AT_A_TIME);
    const blobs = await github.loadBlobs(
      repository,
      batch.map(({ blobSha }) => blobSha),
    );
    const files = batch.flatMap(({ path, blobSha }): readonly ChangedFile[] => {
      const bytes = blobs.get(blobSha);
      return bytes === undefined ? [] : [{ path, status: 'added', blobSha, content: { type: 'bytes', bytes } }];
    });
    const { leaves, account, concerns } = await parse(files);
    const leafAt = new Map(leaves.map(leaf => [leaf.path, leaf]));
    const isRead = new Set(account.filter(({ state }) => state === 'reviewed').map(({ path }) => path));
    for (const { location } of concerns) isRead.add(location.path);
    // A file with a mistake has no examples to be equal to, or fewer, and is not fetched again. One that did not come, or whose
    // reading ended by our own trouble, stays missing: the next look asks again.
    const read = files.filter(({ path }) => isRead.has(path));
    await examples.add(
      repository,
      read.map(({ path, blobSha }) => ({ blobSha: readingKey(blobSha), examples: indexed(leafAt.get(path)) })),
    );
  }
}

/** The examples of a leaf as the index takes them. */
export const indexed = (leaf: Leaf | undefined): readonly IndexedExample[] =>
  (leaf?.examples ?? []).map(example => ({
    key: exampleKey(example),
    wholeKey: wholeKey(example),
    line: example.question.line,
    text: textOf(example),
  }));
