import type { Job } from './core/job.ts';
import type { Examples, GitHub } from './ports.ts';

/** Asks for a look at every open pull request of the repository, the oldest first. Reviews that already stand write nothing. */
export async function sweepRepository(
  { installationId, repository }: Extract<Job, { type: 'sweep-repository' }>,
  { github, examples }: { readonly github: GitHub; readonly examples: Examples },
  enqueue: (job: Job) => Promise<void>,
): Promise<number> {
  const open = await github.listOpenPullRequests(repository);
  await examples.retainPullRequests(
    repository,
    open.map(({ number }) => number),
  );
  for (const { number } of open) await enqueue({ type: 'review', installationId, repository, number });
  return open.length;
}
