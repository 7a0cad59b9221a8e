import type { Contribution, Leaf } from './core/contribution.ts';
import { exampleKey } from './core/duplicates/example-key.ts';
import type { Neighbourhood } from './core/duplicates/example-key.ts';
import type { ChangedFile, PullRequest, RepositoryRef } from './core/pull-request.ts';
import { roleOf } from './core/taxonomy.ts';
import type { Taxonomy } from './core/taxonomy.ts';
import type { Examples, GitHub, IndexedExample, ParseFiles } from './ports.ts';

type Needs = { readonly github: GitHub; readonly examples: Examples; readonly parse: ParseFiles };

/** Blobs that are fetched, parsed and indexed at a time, so that memory stays bounded while a large taxonomy is indexed. */
const BLOBS_AT_A_TIME = 200;

/**
 * Makes the pull request's examples known to the others and finds where else they stand: in the taxonomy at the base's tip and
 * in other open pull requests. What the index lacks of the taxonomy is fetched first, so the answer is never a guess.
 */
export async function findNeighbours(
  pullRequest: PullRequest,
  { leaves }: Contribution,
  taxonomy: Taxonomy,
  { github, examples, parse }: Needs,
  now: Date,
): Promise<Neighbourhood> {
  await indexTaxonomy(pullRequest.repository, taxonomy, { github, examples, parse });
  const unknown = new Set(await examples.missing(leaves.map(leaf => leaf.blobSha)));
  for (const leaf of leaves) if (unknown.has(leaf.blobSha)) await examples.add(leaf.blobSha, indexed(leaf));
  await examples.recordPullRequest(pullRequest, leaves, now);
  return examples.neighboursOf(pullRequest, keysOf(leaves), taxonomy);
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
  const { neighbours } = await needs.examples.neighboursOf(nobody, keysOf(leaves), taxonomy);
  return { neighbours: neighbours.filter(neighbour => neighbour.pullRequest === undefined), seenAt: new Map() };
}

const keysOf = (leaves: readonly Leaf[]): readonly string[] => [
  ...new Set(leaves.flatMap(leaf => leaf.examples.map(exampleKey))),
];

async function indexTaxonomy(
  repository: RepositoryRef,
  taxonomy: Taxonomy,
  { github, examples, parse }: Needs,
): Promise<void> {
  const pathOf = new Map(
    [...taxonomy.files].filter(([path]) => roleOf(path) === 'qna').map(([path, sha]) => [sha, path]),
  );
  const missing = await examples.missing([...pathOf.keys()]);
  for (let at = 0; at < missing.length; at += BLOBS_AT_A_TIME) {
    const batch = missing.slice(at, at + BLOBS_AT_A_TIME);
    const blobs = await github.loadBlobs(repository, batch);
    const files = batch.map((blobSha): ChangedFile => {
      const bytes = blobs.get(blobSha);
      const path = pathOf.get(blobSha) ?? '';
      return {
        path,
        status: 'added',
        blobSha,
        content: bytes ? { type: 'bytes', bytes } : { type: 'too-large', size: Infinity },
      };
    });
    const leafOf = new Map((await parse(files)).leaves.map(leaf => [leaf.blobSha, leaf]));
    // A file that cannot be read has no examples to be equal to; it is indexed as empty so that it is not fetched again.
    for (const blobSha of batch) await examples.add(blobSha, indexed(leafOf.get(blobSha)));
  }
}

const indexed = (leaf: Leaf | undefined): readonly IndexedExample[] =>
  (leaf?.examples ?? []).map(example => ({ key: exampleKey(example), line: example.question.line }));
