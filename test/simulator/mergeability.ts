/** May this be merged, as GitHub tells it in the box at the end of a pull request. */
import { hasConflict } from './pull-requests.ts';
import type { CheckRun, PullRequest, Repository } from './state.ts';

export type RequiredCheck = {
  name: string;
  /** What the box shows: `expected` when it never reported ("Waiting for status to be reported"). */
  state: 'success' | 'pending' | 'failure' | 'expected';
};

export type Mergeability = {
  isMergeable: boolean;
  /** REST's `mergeable_state`. */
  state: 'clean' | 'blocked' | 'dirty' | 'draft' | 'unstable' | 'behind';
  requiredChecks: readonly RequiredCheck[];
};

/** Conclusions that let a required check through. */
const passing = new Set(['success', 'neutral', 'skipped']);

/** The newest run of each name and App on a commit: only those count. */
export function latestRuns({ checkRuns }: Repository, sha: string): readonly CheckRun[] {
  const latest = new Map<string, CheckRun>();
  for (const run of checkRuns) if (run.headSha === sha) latest.set(`${run.app.id} ${run.name}`, run);
  return [...latest.values()];
}

const stateOf = ({ status, conclusion }: CheckRun): RequiredCheck['state'] => {
  if (status !== 'completed') return 'pending';
  return passing.has(conclusion ?? '') ? 'success' : 'failure';
};

/** The required checks of a branch as they stand on a commit. The worst run of a name counts. */
export function requiredChecks(repository: Repository, branch: string, sha: string): readonly RequiredCheck[] {
  const runs = latestRuns(repository, sha);
  return (repository.requiredChecks.get(branch) ?? []).map(name => {
    const states = new Set(runs.filter(run => run.name === name).map(stateOf));
    const state = (['failure', 'pending', 'success'] as const).find(each => states.has(each));
    return { name, state: state ?? 'expected' };
  });
}

/** A change request of a person blocks until it is dismissed or that person reviews again. */
function hasChangeRequest({ reviews }: PullRequest): boolean {
  const last = new Map<number, string>();
  for (const { author, state } of reviews)
    if (state === 'APPROVED' || state === 'CHANGES_REQUESTED' || state === 'DISMISSED') last.set(author.id, state);
  return [...last.values()].includes('CHANGES_REQUESTED');
}

export function mergeability(pull: PullRequest): Mergeability {
  const checks = requiredChecks(pull.repository, pull.base.ref, pull.head.sha);
  const isBlocked = hasChangeRequest(pull) || checks.some(({ state }) => state !== 'success');
  const isUnstable = latestRuns(pull.repository, pull.head.sha).some(run => stateOf(run) !== 'success');
  const state = hasConflict(pull)
    ? 'dirty'
    : pull.draft
      ? 'draft'
      : isBlocked
        ? 'blocked'
        : isUnstable
          ? 'unstable'
          : 'clean';
  return {
    isMergeable: pull.state === 'open' && (state === 'clean' || state === 'unstable'),
    state,
    requiredChecks: checks,
  };
}
