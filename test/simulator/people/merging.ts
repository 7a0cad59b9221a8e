/** Merging, at once or through the queue. */
import { mergeability, requiredChecks } from '../mergeability.ts';
import { baseTip, mergedTree } from '../pull-requests.ts';
import type { Account, PullRequest } from '../state.ts';
import type { ByPerson, Ground, PullRequestName } from './ground.ts';

const mergeMessage = ({ number, head }: PullRequest): string =>
  `Merge pull request #${number} from ${head.repository.owner.login}/${head.ref}`;

export function mergingActions({ world, events, person, find, commit, note }: Ground) {
  /** The base branch is at `sha` now: the pull request is merged, and everybody hears of it. */
  async function land(pull: PullRequest, before: string, sha: string, by: Account): Promise<void> {
    pull.frozenBase = before;
    pull.mergedAt = world.timestamp();
    pull.mergedBy = by;
    pull.mergeCommitSha = sha;
    pull.state = 'closed';
    pull.closedAt = pull.mergedAt;
    pull.queued = null;
    note(pull, 'merged', by, { commitId: sha });
    note(pull, 'closed', by);
    await events.push(pull.repository, pull.base.ref, before, sha, by);
    await events.pullRequest('closed', pull, by);
  }

  return {
    /** Merges with a merge commit; refused unless GitHub would let it through or `force` overrides as an admin. */
    async merge({ by, force, ...name }: ByPerson<{ force?: boolean }>): Promise<string> {
      const pull = find(name);
      const { state, isMergeable } = mergeability(pull);
      if (force !== true && !isMergeable) throw new Error(`#${pull.number} cannot be merged: ${state}`);
      const before = baseTip(pull);
      const parents = [before, pull.head.sha];
      const more = { message: mergeMessage(pull), tree: mergedTree(pull), parents };
      const sha = commit(pull.repository, pull.base.ref, {}, person(by), more);
      await land(pull, before, sha, person(by));
      return sha;
    },
    /** "Merge when ready": a branch with base and pull request merged, whose checks are asked for. Returns its head. */
    async enqueue({ by, ...name }: ByPerson): Promise<{ sha: string; ref: string }> {
      const pull = find(name);
      const { repository, base } = pull;
      const baseSha = baseTip(pull);
      const ref = `gh-readonly-queue/${base.ref}/pr-${pull.number}-${baseSha}`;
      const more = { message: mergeMessage(pull), tree: mergedTree(pull), parents: [baseSha, pull.head.sha] };
      const sha = commit(repository, ref, {}, person(by), more);
      pull.queued = { ref, sha, baseSha, by: person(by) };
      await events.push(repository, ref, undefined, sha, person(by));
      await events.pullRequest('enqueued', pull, person(by));
      await events.mergeGroup('checks_requested', repository, { ref, sha, base: base.ref, baseSha }, person(by));
      return { sha, ref };
    },
    /**
     * What the queue does once the group's required checks have reported: merges if all passed, else takes the pull
     * request out. `waiting` while one is missing.
     */
    async settleQueue(name: PullRequestName): Promise<'merged' | 'dequeued' | 'waiting'> {
      const pull = find(name);
      const { repository, base, queued } = pull;
      if (queued === null) throw new Error(`#${pull.number} is not in the queue`);
      const { ref, sha, baseSha, by } = queued;
      const states = requiredChecks(repository, base.ref, sha).map(({ state }) => state);
      if (!states.includes('failure') && states.some(state => state !== 'success')) return 'waiting';
      const hasPassed = !states.includes('failure');
      repository.branches.delete(ref);
      const group = { ref, sha, base: base.ref, baseSha };
      await events.mergeGroup('destroyed', repository, group, by, hasPassed ? 'merged' : 'dequeued');
      if (hasPassed) {
        repository.branches.set(base.ref, sha);
        await land(pull, baseSha, sha, by);
        return 'merged';
      }
      pull.queued = null;
      await events.pullRequest('dequeued', pull, by, { reason: 'CI_FAILURE' });
      return 'dequeued';
    },
  };
}
