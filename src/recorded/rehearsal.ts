import type { GitHub } from '../ports.ts';

/** What a rehearsal reads; everything else about it is the same wherever the pull request comes from. */
export type Source = Pick<GitHub, 'loadPullRequest' | 'loadTaxonomy' | 'loadPolicy' | 'loadBlobs'> & {
  /** Pull requests made before this moment (ISO 8601) are indexed and not answered. Absent: all are answered. */
  readonly answeredSince?: () => string;
};

/**
 * A GitHub on which nobody has said anything yet and whatever is written goes nowhere: the story can be run on it to see what it
 * would do.
 */
export function rehearse({ answeredSince, ...source }: Source): GitHub {
  let lastId = 0;
  return {
    ...source,
    async loadHead(ref) {
      const pullRequest = await source.loadPullRequest(ref);
      return pullRequest && { headSha: pullRequest.headSha, state: pullRequest.state };
    },
    loadChanges: () => Promise.resolve({ files: [] }),
    loadPosted: () =>
      Promise.resolve({ checks: [], reviewedHeads: [], inlineComments: [], labels: [], labelEvents: [] }),
    loadComments: () => Promise.resolve([]),
    loadCommentStates: () => Promise.resolve(new Map()),
    loadRole: () => Promise.resolve('none'),
    listOpenPullRequests: () => Promise.resolve([]),
    findPullRequests: () => Promise.resolve([]),
    loadChecks: () => Promise.resolve([]),
    installedAt: () => Promise.resolve(answeredSince?.() ?? ''),
    apply: () => Promise.resolve(++lastId),
  };
}
