import type { Contribution, Leaf } from './core/contribution.ts';
import { exampleKey, noNeighbourhood, readingKey } from './core/duplicates/example-key.ts';
import type { Neighbourhood } from './core/duplicates/example-key.ts';
import type { ChangedFile, PullRequest, RepositoryRef } from './core/pull-request.ts';
import { roleOf } from './core/taxonomy.ts';
import type { Taxonomy } from './core/taxonomy.ts';
import type { Examples, GitHub, IndexedExample, ParseFiles } from './ports.ts';

type Needs = { readonly github: Pick<GitHub, 'loadBlobs'>; readonly examples: Examples; readonly parse: ParseFiles };

/** Blobs that are fetched, parsed and indexed at a time, so that memory stays bounded while a large taxonomy is indexed. */
const BLOBS_AT_A_TIME = 200;

/**
 * Makes the pull request's examples known to the others and finds where else they stand: in the taxonomy at the base's tip and
 * in other open pull requests. What the index lacks of the taxonomy is fetched first.
 */
export async function findNeighbours(
  pullRequest: PullRequest,
  { leaves }: Contribution,
  taxonomy: Taxonomy,
  { github, examples, parse }: Needs,
  now: Date,
): Promise<Neighbourhood> {
  await indexTaxonomy(pullRequest.repository, taxonomy, { github, examples, parse });
  const read = leaves.map(leaf => ({ leaf, path: leaf.path, blobSha: readingKey(leaf.blobSha) }));
  const unknown = new Set(await examples.missing(read.map(({ blobSha }) => blobSha)));
  for (const { leaf, blobSha } of read) if (unknown.has(blobSha)) await examples.add(blobSha, indexed(leaf));
  await examples.recordPullRequest(pullRequest, read, now);
  const equal = await examples.neighboursOf(pullRequest, keysOf(leaves), asIndexed(taxonomy));
  return { ...equal, near: new Map() };
}

/** The same for a tree that is about to be merged: what stands in open pull requests is not in it and does not matter. */
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

async function indexTaxonomy(
  repository: RepositoryRef,
  taxonomy: Taxonomy,
  { github, examples, parse }: Needs,
): Promise<void> {
  const placeOf = new Map(
    leavesOf(taxonomy.files).map(([path, blobSha]) => [readingKey(blobSha), { path, blobSha }] as const),
  );
  const missing = (await examples.missing([...placeOf.keys()])).flatMap(key => placeOf.get(key) ?? []);
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
    for (const { path, blobSha } of files)
      if (isRead.has(path)) await examples.add(readingKey(blobSha), indexed(leafAt.get(path)));
  }
}

const indexed = (leaf: Leaf | undefined): readonly IndexedExample[] =>
  (leaf?.examples ?? []).map(example => ({ key: exampleKey(example), line: example.question.line }));
