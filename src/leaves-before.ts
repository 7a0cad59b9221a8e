import type { Leaf } from './core/contribution.ts';
import type { ChangedFile, PullRequest } from './core/pull-request.ts';
import { roleOf } from './core/taxonomy.ts';
import type { Taxonomy } from './core/taxonomy.ts';
import type { GitHub, ParseFiles } from './ports.ts';

/** More changed leaves come only of bulk changes, which are not written over others by accident. */
const MAX_LEAVES = 20;

/**
 * What stood in the taxonomy at the paths of leaves that the pull request changes or adds once more, by path. One call, and none
 * where all leaves are new. Absent is what could not be read, or was not looked up because there is very much of it.
 */
export async function findLeavesBefore(
  { repository, files }: Pick<PullRequest, 'repository' | 'files'>,
  taxonomy: Taxonomy,
  { github, parse }: { readonly github: Pick<GitHub, 'loadBlobs'>; readonly parse: ParseFiles },
): Promise<ReadonlyMap<string, Leaf>> {
  const before = files
    .filter(({ path, status }) => (status === 'modified' || status === 'added') && roleOf(path) === 'qna')
    .flatMap(({ path, blobSha }) => {
      const known = taxonomy.files.get(path);
      return known === undefined || known === blobSha ? [] : [{ path, blobSha: known }];
    });
  if (before.length === 0 || before.length > MAX_LEAVES) return new Map();
  const blobs = await github.loadBlobs(
    repository,
    before.map(({ blobSha }) => blobSha),
  );
  const { leaves } = await parse(
    before.flatMap(({ path, blobSha }): readonly ChangedFile[] => {
      const bytes = blobs.get(blobSha);
      return bytes === undefined ? [] : [{ path, blobSha, status: 'added', content: { type: 'bytes', bytes } }];
    }),
  );
  return new Map(leaves.map(leaf => [leaf.path, leaf]));
}
