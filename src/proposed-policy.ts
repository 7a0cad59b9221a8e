import type { ProposedPolicy } from './core/policy-change.ts';
import { readPolicyFile } from './core/policy-file.ts';
import type { PullRequest } from './core/pull-request.ts';
import { parentOf, POLICY_PATH, readPolicy } from './core/read-policy.ts';
import type { GitHub } from './ports.ts';

/** What the pull request would make of the policy; undefined when it leaves the file alone. Nothing of it counts for this review. */
export async function loadProposedPolicy(
  { repository, files }: Pick<PullRequest, 'repository' | 'files'>,
  github: Pick<GitHub, 'loadBlobs' | 'loadSharedPolicy'>,
): Promise<ProposedPolicy | undefined> {
  const changed = files.find(({ path, previousPath }) => path === POLICY_PATH || previousPath === POLICY_PATH);
  if (changed === undefined) return undefined;
  const isThere = changed.path === POLICY_PATH && changed.status !== 'removed';
  const bytes = isThere ? (await github.loadBlobs(repository, [changed.blobSha])).get(changed.blobSha) : undefined;
  if (isThere && bytes === undefined) return { type: 'unusable', line: 1, problem: 'it is no file that can be read' };
  const text = bytes && new TextDecoder().decode(bytes);
  const file = text === undefined ? undefined : readPolicyFile(text);
  if (file?.type === 'unusable') return file;
  const parent = parentOf(text, repository);
  if (parent === 'foreign')
    return {
      type: 'unusable',
      line: 1,
      problem: '`extends` names a repository of somebody else, who would decide here',
    };
  const shared = parent === 'none' ? undefined : { ...parent, ...(await github.loadSharedPolicy(parent)) };
  return { type: 'policy', policy: readPolicy(text, shared).policy };
}
