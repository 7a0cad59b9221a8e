import type { Job } from './core/job.ts';
import type { RepositoryRef } from './core/pull-request.ts';
import { indexTaxonomy } from './neighbourhood.ts';
import type { Examples, GitHub, ParseFiles } from './ports.ts';

type Ports = { readonly github: GitHub; readonly examples: Examples; readonly parse: ParseFiles };

/**
 * Asks for a look at every open pull request of the repository, the oldest first, once the taxonomy of its default branch is
 * indexed: else each of the first reviews would fetch all of it. Reviews that already stand write nothing.
 */
export async function sweepRepository(
  { installationId, repository }: Extract<Job, { type: 'sweep-repository' }>,
  ports: Ports,
  enqueue: (job: Job) => Promise<void>,
): Promise<number> {
  const { github, examples } = ports;
  const open = await github.listOpenPullRequests(repository);
  await examples.retainPullRequests(
    repository,
    open.map(({ number }) => number),
  );
  try {
    await indexDefaultBranch(repository, ports);
  } finally {
    for (const { number } of open) await enqueue({ type: 'review', installationId, repository, number });
  }
  return open.length;
}

/** Costs two calls when everything is there, and one more for each fifty new files. */
async function indexDefaultBranch(repository: RepositoryRef, ports: Ports): Promise<void> {
  const tip = await ports.github.loadDefaultTip(repository);
  if (tip === undefined) return;
  await indexTaxonomy(repository, await ports.github.loadTaxonomy(repository, tip), ports);
  await ports.examples.settle(repository);
}
