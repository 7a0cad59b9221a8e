import type { Action, CheckPlan, PostedCheck } from '../plan.ts';
import { baseOf, isOtherBase, rankOf } from '../plan/base.ts';
import { speaksFor } from '../plan/check.ts';

/**
 * The steps from the check runs that stand on a commit to those that should. Of several pull requests with one head and one base,
 * the gravest conclusion stands, and of equal ones that of the lowest number: so nobody's green hides another's red, and nobody
 * flaps. Where they ask for different bases, the default branch is the one that counts, then that of the oldest: whoever pushes
 * another's commit and asks for a base where it fails must not make it red, nor may a lax base give a pass for the default branch.
 * `sharedWith` are the other open ones; when it is not known, every pull request with a run here counts as open. `reopens`: see
 * `ReviewPlan`.
 */
export const diffChecks = (
  checks: readonly CheckPlan[],
  posted: readonly PostedCheck[],
  sharedWith?: readonly number[],
  reopens = false,
): readonly Action[] =>
  checks.flatMap(check =>
    diffCheck(
      check,
      posted.filter(({ name }) => name === check.name),
      sharedWith,
      reopens,
    ),
  );

function diffCheck(
  check: CheckPlan,
  runs: readonly PostedCheck[],
  sharedWith: readonly number[] | undefined,
  reopens: boolean,
): readonly Action[] {
  const number = speaksFor(check.externalId);
  const isOwn = (run: PostedCheck) => speaksFor(run.externalId) === number;
  const own = newest(runs.filter(isOwn));
  const isForeign = (run: PostedCheck) => isOtherBase(baseOf(run.externalId), baseOf(check.externalId));
  const others = runs.filter(run => !isOwn(run) && isOpen(run, sharedWith));
  // The lowest rank of each side, Infinity for nobody. Those of a base that does not count leave what stands alone.
  const rankAmong = (runs: readonly PostedCheck[]) => Math.min(...runs.map(run => rankOf(run.externalId)));
  const theirs = rankAmong(others.filter(isForeign));
  const withoutUs = rankAmong(others.filter(run => !isForeign(run)));
  if (theirs < Math.min(rankOf(check.externalId), withoutUs)) return [];

  const rivals = others.filter(run => !isForeign(run) && !isOnBehalf(run));
  const isOutranked = rivals.some(rival => outranks(rival, check));
  // Without our word the others of our base would wait for that of another base.
  if (own === undefined && isOutranked && withoutUs < theirs) return [];
  if (own === undefined) return [{ type: 'create_check', check: isOutranked ? onBehalfOf(rivals, check) : check }];

  // A verdict stays until there is another: looking again is no news, unless people asked for it. For another base it is none.
  if (check.conclusion === undefined && isEnded(own) && !isForeign(own) && !reopens) return [];
  const wanted = onBehalfOf(rivals, check);
  if (runs.some(({ id }) => id > own.id)) {
    // Ours is hidden. If it says worse than we now think, or speaks of another base, the others wait for us to take it back.
    const isOutdated = isForeign(own) || (!isOnBehalf(own) && gravityOf(own) > gravity(check.conclusion));
    return isOutranked && !isOutdated ? [] : [{ type: 'create_check', check: wanted }];
  }
  if (isEqual(own, wanted)) return [];
  // Annotations of a run can only become more, so another result needs another run.
  return [
    own.annotations === 0
      ? { type: 'update_check', id: own.id, check: wanted }
      : { type: 'create_check', check: wanted },
  ];
}

const ON_BEHALF = '+shared';
const isOnBehalf = ({ externalId }: PostedCheck): boolean => externalId.endsWith(ON_BEHALF);

/**
 * The check itself; or, where it would hide a red one of another pull request with the same head, our result under that one's
 * conclusion. Such a run is marked, and does not count as anybody's word.
 */
function onBehalfOf(rivals: readonly PostedCheck[], check: CheckPlan): CheckPlan {
  const red = rivals
    .filter(rival => isBlocking(rival.conclusion) && gravityOf(rival) > gravity(check.conclusion))
    .toSorted((a, b) => gravityOf(b) - gravityOf(a))[0];
  if (red === undefined || check.conclusion === undefined) return check;
  return {
    ...check,
    externalId: `${check.externalId}${ON_BEHALF}`,
    conclusion: red.conclusion === 'failure' ? 'failure' : 'action_required',
    title: `Another pull request with this commit does not pass`,
    summary: `Pull request ${speaksFor(red.externalId) ?? ''} has the same commit and does not pass, and a commit has one result. For this one alone it would be: ${check.title}.\n\n${check.summary}`,
  };
}

const newest = (runs: readonly PostedCheck[]): PostedCheck | undefined => runs.toSorted((a, b) => b.id - a.id)[0];

const isEnded = ({ status, conclusion }: PostedCheck): boolean =>
  // GitHub calls a run stale when it has been in progress for two weeks: that is no verdict.
  status === 'completed' && conclusion !== 'stale';

/** A run that GitHub reopened keeps its external id and loses its conclusion, so both are compared. */
const isEqual = (run: PostedCheck, { externalId, conclusion }: CheckPlan): boolean =>
  run.externalId === externalId &&
  (conclusion === undefined ? run.status !== 'completed' : run.status === 'completed' && run.conclusion === conclusion);

function isOpen({ externalId }: PostedCheck, sharedWith: readonly number[] | undefined): boolean {
  const number = speaksFor(externalId);
  return number !== undefined && (sharedWith === undefined || sharedWith.includes(number));
}

function outranks(rival: PostedCheck, check: CheckPlan): boolean {
  const [theirs, ours] = [gravityOf(rival), gravity(check.conclusion)];
  if (theirs !== ours) return theirs > ours;
  return (speaksFor(rival.externalId) ?? Infinity) < (speaksFor(check.externalId) ?? Infinity);
}

/** What GitHub does not let through where the check is required. */
const isBlocking = (conclusion: string | undefined): boolean =>
  conclusion === 'failure' || conclusion === 'action_required';

const gravityOf = (run: PostedCheck): number => (isEnded(run) ? gravity(run.conclusion) : gravity(undefined));

/** From the lightest to the gravest. */
const byGravity = ['success', 'neutral', 'in progress', 'action_required', 'failure'];

/** Higher is graver. Undefined is in progress; what we never write counts as that. */
function gravity(conclusion = 'in progress'): number {
  const index = byGravity.indexOf(conclusion);
  return index === -1 ? byGravity.indexOf('in progress') : index;
}
