import type { Action, CheckPlan, PostedCheck } from '../plan.ts';
import { speaksFor } from '../plan/check.ts';

/**
 * The steps from the check runs that stand on a commit to those that should. Of several pull requests with one head, the gravest
 * conclusion stands, and of equal ones that of the lowest number: so nobody's green hides another's red, and nobody flaps.
 * `sharedWith` are the other open ones; when it is not known, every pull request with a run here counts as open.
 */
export const diffChecks = (
  checks: readonly CheckPlan[],
  posted: readonly PostedCheck[],
  sharedWith?: readonly number[],
): readonly Action[] =>
  checks.flatMap(check =>
    diffCheck(
      check,
      posted.filter(({ name }) => name === check.name),
      sharedWith,
    ),
  );

function diffCheck(
  check: CheckPlan,
  runs: readonly PostedCheck[],
  sharedWith: readonly number[] | undefined,
): readonly Action[] {
  const number = speaksFor(check.externalId);
  const isOwn = (run: PostedCheck) => speaksFor(run.externalId) === number;
  const own = newest(runs.filter(isOwn));
  const isNewest = own !== undefined && runs.every(({ id }) => id <= own.id);
  const rivals = runs.filter(run => !isOwn(run) && isOpen(run, sharedWith));
  const create: readonly Action[] = [{ type: 'create_check', check }];

  if (own === undefined) return rivals.some(rival => outranks(rival, check)) ? [] : create;
  // A verdict stays until there is another: looking again is no news. GitHub itself reopens a run that people re-run.
  if (check.conclusion === undefined && isEnded(own)) return [];
  if (!isNewest) return rivals.some(rival => outranks(rival, check)) ? [] : create;
  if (isEqual(own, check)) return [];
  const hidden = Math.max(0, ...rivals.map(({ conclusion }) => (isBlocking(conclusion) ? gravity(conclusion) : 0)));
  // Ours hides a red run of another pull request: it does not get lighter until that one has spoken again.
  if (gravity(check.conclusion) < hidden && gravity(check.conclusion) < gravityOf(own)) return [];
  // Annotations of a run can only become more, so another result needs another run.
  return own.annotations === 0 ? [{ type: 'update_check', id: own.id, check }] : create;
}

const newest = (runs: readonly PostedCheck[]): PostedCheck | undefined => runs.toSorted((a, b) => b.id - a.id)[0];

const isEnded = ({ status, conclusion }: PostedCheck): boolean =>
  // GitHub calls a run stale when it has been in progress for two weeks: that is no verdict.
  status === 'completed' && conclusion !== 'stale';

/** A re-run from the UI keeps the external id and takes the conclusion away, so both are compared. */
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

const isBlocking = (conclusion: string | undefined): boolean =>
  conclusion === 'failure' || conclusion === 'action_required';

const gravityOf = (run: PostedCheck): number => (isEnded(run) ? gravity(run.conclusion) : gravity(undefined));

/** Higher is graver. Undefined is in progress; what we never write counts as that. */
function gravity(conclusion: string | undefined): number {
  switch (conclusion) {
    case 'failure':
      return 5;
    case 'action_required':
      return 4;
    case 'neutral':
      return 2;
    case 'success':
      return 1;
    default:
      return 3;
  }
}
