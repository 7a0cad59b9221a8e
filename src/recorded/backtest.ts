import type { PullRequestRef } from '../core/pull-request.ts';
import type { GitHub } from '../ports.ts';
import { recordedRepository, recordedSource } from './recorded-github.ts';
import type { Recording } from './recording.ts';
import { rehearse } from './rehearsal.ts';

/** One recorded pull request on its day, for the story to review. */
export type RecordedDay = {
  readonly ref: PullRequestRef;
  readonly github: GitHub;
  /** The clock of that day. */
  readonly now: () => Date;
  /** Only then is it to be answered; earlier ones are reviewed to be known to it. */
  readonly isWanted: boolean;
};

/**
 * The recorded pull requests in the order of their numbers, each with the earlier ones as the open ones. With `only`, up to that
 * number. Throws when there is none of that number.
 */
export function* daysOf(recording: Recording, only?: number): Generator<RecordedDay, void, undefined> {
  if (only !== undefined && !recording.pullRequests.some(({ number }) => number === only))
    throw new Error(`Pull request ${only} is not among the ${recording.pullRequests.length} that were recorded.`);
  const github = rehearse(recordedSource(recording));
  for (const recorded of recording.pullRequests) {
    if (recorded.number > (only ?? Infinity)) return;
    yield {
      ref: { repository: recordedRepository, number: recorded.number },
      github,
      now: () => recorded.openedAt,
      isWanted: only === undefined || recorded.number === only,
    };
  }
}
