import type { GitHub } from '../ports.ts';

/** What a rehearsal reads; everything else about it is the same wherever the pull request comes from. */
export type Source = Pick<GitHub, 'loadPullRequest' | 'loadTaxonomy' | 'loadPolicy' | 'loadBlobs'>;

/**
 * A GitHub on which nobody has said anything yet and whatever is written goes nowhere: the story can be run on it to see what it
 * would do. It says that the App is never yet installed, so the caller decides by `wasTouched` which pull requests are answered.
 */
export function rehearse(source: Source): GitHub {
  let lastId = 0;
  return {
    ...source,
    documents: {
      find: () =>
        Promise.resolve({ type: 'not-looked-up', severity: 'note', reason: 'nothing is asked of GitHub here' }),
      loadTexts: () => Promise.resolve(new Map()),
    },
    // What an organisation says is not asked for here; a policy that names another one says so.
    loadSharedPolicy: () => Promise.resolve({}),
    loadHead: ref => source.loadPullRequest(ref),
    loadTip: (_, branch) => Promise.reject(new Error(`A rehearsal knows commits, and no branch ${branch}.`)),
    loadDefaultTip: () => Promise.resolve(undefined),
    loadChanges: () => Promise.resolve({ files: [] }),
    loadPosted: () =>
      Promise.resolve({ checks: [], reviewedHeads: [], inlineComments: [], labels: [], labelEvents: [] }),
    loadComments: () => Promise.resolve([]),
    loadCommentStates: () => Promise.resolve(new Map()),
    loadRole: () => Promise.resolve('none'),
    loadMembership: () => Promise.resolve('no'),
    listOpenPullRequests: () => Promise.resolve([]),
    findPullRequests: () => Promise.resolve([]),
    loadChecks: () => Promise.resolve([]),
    installedAt: () => Promise.resolve('9999-12-31T00:00:00Z'),
    apply: () => Promise.resolve(++lastId),
  };
}
