import type { RepositoryRef } from './pull-request.ts';

/** A request to look at something again. What to do is read from GitHub when it runs, never from the event. */
export type Job =
  | {
      readonly type: 'review';
      readonly installationId: number;
      readonly repository: RepositoryRef;
      readonly number: number;
      /** Someone pressed a button: show that something happens, even if the result will be the same. */
      readonly isRerun?: boolean;
    }
  /** A check run or suite was asked to run again and the event names no pull request, as for forks. */
  | {
      readonly type: 'review-commit';
      readonly installationId: number;
      readonly repository: RepositoryRef;
      readonly sha: string;
    }
  | {
      readonly type: 'merge-group';
      readonly installationId: number;
      readonly repository: RepositoryRef;
      readonly headSha: string;
      readonly baseSha: string;
      /** The pull request that the queue adds with this tree; unknown when the branch is not named as GitHub's are. */
      readonly number?: number;
    }
  /** Look at every open pull request of one repository. */
  | {
      readonly type: 'sweep-repository';
      readonly installationId: number;
      readonly repository: RepositoryRef;
      /** It has just come to an installation that was there before. */
      readonly isAdded?: boolean;
    }
  /** Look at every repository of one installation, or of all. */
  | { readonly type: 'sweep'; readonly installationId?: number }
  /** Ask GitHub to send again what did not reach us. */
  | { readonly type: 'redeliver' }
  /** The App was removed from an installation or from these repositories. */
  | { readonly type: 'forget'; readonly installationId: number; readonly repositoryIds?: readonly number[] };

/** Jobs of one lane run one after the other, and a waiting one stands for all that ask the same. The ids survive renames. */
export function laneOf(job: Job): string {
  switch (job.type) {
    case 'review':
      return `${job.repository.id}#${job.number}`;
    case 'review-commit':
      return `${job.repository.id}@${job.sha}`;
    case 'merge-group':
      return `${job.repository.id}+${job.headSha}`;
    case 'sweep-repository':
      return `sweep:${job.repository.id}`;
    case 'sweep':
      return `sweep-installation:${job.installationId ?? 'all'}`;
    case 'redeliver':
      return 'redeliver';
    case 'forget':
      return `forget:${job.installationId}:${job.repositoryIds?.join(',') ?? 'all'}`;
  }
}
