import { laneOf } from './core/job.ts';
import type { Job } from './core/job.ts';
import type { PullRequestRef } from './core/pull-request.ts';
import { Abandoned, Gone, Interrupted, Postponed, RateLimited } from './core/trouble.ts';
import type { Verdict } from './core/verdict.ts';
import { reviewMergeGroup } from './merge-group.ts';
import type { CallCounts, CountedGitHub, Examples } from './ports.ts';
import { reviewPullRequest } from './review.ts';
import type { ReviewPorts, ReviewSettings, Reviewed } from './review.ts';
import { sweepRepository } from './sweep.ts';
import { tellTrouble } from './tell-trouble.ts';
import type { ToldJob } from './tell-trouble.ts';

/** What the worker needs beside the ports of a review. */
export type WorkerPorts = Omit<ReviewPorts, 'github'> & {
  readonly examples: Examples;
  /** GitHub with the rights of one installation, its calls counted from now on. */
  readonly forInstallation: (installationId: number) => CountedGitHub;
  /** Until when little is left of what GitHub allows an installation in an hour; undefined while there is enough. */
  readonly scarceUntil: (installationId: number) => Date | undefined;
  readonly listInstallations: () => Promise<readonly number[]>;
  readonly listRepositories: (installationId: number) => Promise<readonly PullRequestRef['repository'][]>;
  readonly enqueue: (job: Job) => Promise<void>;
  /** Whether an event named this pull request since the records began. */
  readonly wasTouched: (ref: PullRequestRef) => Promise<boolean>;
  /** Notes that the repository has just come to an installation that was there before. */
  readonly recordAddition: (repository: PullRequestRef['repository']) => Promise<void>;
  /** Asks GitHub to send again what did not reach us; tells how many. */
  readonly redeliver: () => Promise<number>;
  /** Drops what is stored for an installation, or for some of its repositories. */
  readonly forget: (installationId: number, repositoryIds?: readonly number[]) => Promise<void>;
  /** Told of each published review, and what it asked of GitHub. */
  readonly reviewed?: (outcome: Verdict['outcome'], calls: CallCounts) => void;
  readonly log: (message: string, fields: Readonly<Record<string, unknown>>) => void;
};

/**
 * Which try of a job this is, from 1, and when the queue would try again; no `nextTry` means that this is the last one. `isAbandoned`:
 * that one took its process with it, so all that is left is to tell. `isBackground`: nobody waits for it.
 */
export type Attempt = {
  readonly number: number;
  readonly nextTry?: Date;
  readonly isAbandoned?: true;
  readonly isBackground: boolean;
};

/** Does one job. Returns when there is nothing more to do about it; throws what went wrong, `Postponed` where that is only a wait. */
export async function work(job: Job, attempt: Attempt, all: WorkerPorts, settings: ReviewSettings): Promise<void> {
  const keys = keysOf(job, attempt);
  const ports = {
    ...all,
    log: (message: string, fields: Readonly<Record<string, unknown>>) => all.log(message, { ...keys, ...fields }),
  };
  try {
    if (attempt.isAbandoned === true) throw new Abandoned();
    giveWay(job, attempt, ports);
    await carryOut(job, attempt, ports, settings);
  } catch (error) {
    if (error instanceof Gone) return ports.log('gone', {});
    if (error instanceof Interrupted) throw error;
    const wait = error instanceof RateLimited ? new Postponed(error.retryAt, error) : error;
    if (wait instanceof Postponed) {
      ports.log('postponed', { until: wait.retryAt, reason: wait.message });
      throw wait;
    }
    if (job.type === 'review' || job.type === 'merge-group') await tell(job, error, attempt, ports);
    throw error;
  }
}

/** Throws `Postponed` where nobody waits for the job and little is left of the hour: that is kept for people. */
function giveWay(job: Job, { isBackground }: Attempt, { scarceUntil }: WorkerPorts): void {
  if (!isBackground || !('installationId' in job) || job.installationId === undefined) return;
  const until = scarceUntil(job.installationId);
  if (until !== undefined) throw new Postponed(until);
}

/** What every line of the log about a job carries: what it is about, and which try this is. */
export const keysOf = (job: Job, { number }: Pick<Attempt, 'number'>): Readonly<Record<string, string | number>> => {
  const repository = 'repository' in job ? `${job.repository.owner}/${job.repository.name}` : undefined;
  return {
    job: job.type,
    lane: laneOf(job),
    attempt: number,
    ...(repository !== undefined && { repository }),
    ...('number' in job && repository !== undefined && { pullRequest: `${repository}#${job.number}` }),
  };
};

async function carryOut(job: Job, attempt: Attempt, ports: WorkerPorts, settings: ReviewSettings): Promise<void> {
  switch (job.type) {
    case 'review': {
      const github = ports.forInstallation(job.installationId);
      const review = { ...ports, github };
      const cause = { wasTouched: () => ports.wasTouched(job), isRerun: job.isRerun ?? false };
      const reviewed = await reviewPullRequest(job, review, settings, cause);
      ports.log('reviewed', { ...summarise(reviewed), ...github.counts() });
      if (reviewed.type === 'published') ports.reviewed?.(reviewed.verdict.outcome, github.counts());
      // GitHub may tell of a pull request before all of its servers know it.
      if (reviewed.type === 'gone' && attempt.number === 1) throw new Error('the pull request cannot be seen');
      // The event that superseded it has its own job, unless it was lost; asking again costs one look.
      if (reviewed.type === 'superseded') await ports.enqueue(job);
      return;
    }
    case 'review-commit': {
      const { installationId, repository, sha } = job;
      for (const number of await ports.forInstallation(installationId).findPullRequests(repository, sha)) {
        await ports.enqueue({ type: 'review', installationId, repository, number, isRerun: true });
      }
      return;
    }
    case 'merge-group': {
      const merging = { ...ports, github: ports.forInstallation(job.installationId) };
      const outcome = await reviewMergeGroup(job, merging, settings);
      return ports.log('merge group', { headSha: job.headSha, outcome });
    }
    case 'sweep-repository': {
      if (job.isAdded === true) await ports.recordAddition(job.repository);
      const found = await sweepRepository(
        job,
        { ...ports, github: ports.forInstallation(job.installationId) },
        ports.enqueue,
      );
      return ports.log('swept', { found });
    }
    case 'sweep': {
      const installations = job.installationId === undefined ? await ports.listInstallations() : [job.installationId];
      for (const installationId of installations) {
        // Its own job waits; the others are swept now.
        if (ports.scarceUntil(installationId) === undefined) await sweepInstallation(installationId, ports);
        else await ports.enqueue({ type: 'sweep', installationId });
      }
      return;
    }
    case 'redeliver': {
      const asked = await ports.redeliver();
      return ports.log('asked for lost deliveries', { asked });
    }
    case 'forget':
      return ports.forget(job.installationId, job.repositoryIds);
  }
}

async function sweepInstallation(installationId: number, ports: WorkerPorts): Promise<void> {
  for (const repository of await ports.listRepositories(installationId)) {
    await ports.enqueue({ type: 'sweep-repository', installationId, repository });
  }
}

/** If it cannot be told, the log has both. */
async function tell(job: ToldJob, error: unknown, { nextTry }: Attempt, ports: WorkerPorts): Promise<void> {
  const about = job.type === 'review' ? {} : { headSha: job.headSha };
  ports.log('trouble', { ...about, error, nextTry });
  try {
    const github = ports.forInstallation(job.installationId);
    await tellTrouble(job, error, nextTry, { ...ports, github });
  } catch (second) {
    ports.log('trouble could not be told', { ...about, error: second });
  }
}

const summarise = (reviewed: Reviewed): Readonly<Record<string, unknown>> => ({
  result: reviewed.type,
  ...(reviewed.type === 'published' && { outcome: reviewed.verdict.outcome }),
});
