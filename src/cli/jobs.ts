import { laneOf } from '../core/job.ts';
import type { Job } from '../core/job.ts';
import type { DeadJob } from '../store/dead-jobs.ts';
import type { ExitCode } from './exit-code.ts';
import { withQueue } from './open-store.ts';
import { printable } from './terminal.ts';
import type { Terminal } from './terminal.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** Lists the jobs that were given up, and how many wait or run. Exit code 1 while there is one. */
export const listJobs = (
  { json }: { readonly json?: true },
  variables: Variables,
  { out, paint }: Terminal,
): Promise<ExitCode> =>
  withQueue<ExitCode>(variables, async queue => {
    const dead = await queue.listDead();
    if (json === true) out(`${JSON.stringify(dead)}\n`);
    else {
      const { waiting, running } = await queue.depth();
      out(`${waiting} waiting, ${running} running, ${dead.length} given up\n`);
      for (const job of dead) out(`${paint('bold', job.id)} ${describeDead(job)}\n`);
    }
    return dead.length === 0 ? 0 : 1;
  });

/** Has jobs that were given up tried again, by the server or at its next start. */
export const retryJobs = (
  ids: readonly string[],
  { all }: { readonly all?: true },
  variables: Variables,
  { out }: Terminal,
): Promise<ExitCode> =>
  withQueue<ExitCode>(variables, async queue => {
    const dead = await queue.listDead();
    const wanted = chosen(dead, ids, all);
    out(`${await queue.retryDead(wanted)} of ${wanted.length} will be tried again.\n`);
    return 0;
  });

/** Forgets jobs that were given up. */
export const dropJobs = (
  ids: readonly string[],
  { all }: { readonly all?: true },
  variables: Variables,
  { out }: Terminal,
): Promise<ExitCode> =>
  withQueue<ExitCode>(variables, async queue => {
    const wanted = chosen(await queue.listDead(), ids, all);
    out(`${await queue.dropDead(wanted)} forgotten. The next sweep looks at their pull requests all the same.\n`);
    return 0;
  });

/** People may type the beginning of an id. Throws one sentence where it names none, or several. */
function chosen(dead: readonly DeadJob[], ids: readonly string[], all = false): readonly string[] {
  if (all) return dead.map(({ id }) => id);
  if (ids.length === 0) throw new Error('Name the jobs by their ids (`assay jobs` lists them), or say --all.');
  return ids.map(given => {
    const [found, ...more] = dead.filter(({ id }) => id.startsWith(given));
    if (found === undefined) throw new Error(`No job that was given up has the id ${JSON.stringify(given)}.`);
    if (more.length > 0) throw new Error(`Several jobs have ids that begin with ${JSON.stringify(given)}.`);
    return found.id;
  });
}

const describeDead = ({ job, at, tries, reason }: DeadJob): string =>
  `${at.toISOString()} ${job === undefined ? 'a job of another version of Assay' : describe(job)}, ${tries} ${tries === 1 ? 'try' : 'tries'}: ${printable(reason)}`;

function describe(job: Job): string {
  if (!('repository' in job)) return laneOf(job);
  const name = `${job.repository.owner}/${job.repository.name}`;
  switch (job.type) {
    case 'review':
      return printable(`review of ${name}#${job.number}`);
    case 'merge-group':
      return printable(`merge queue of ${name} at ${job.headSha.slice(0, 7)}`);
    case 'review-commit':
      return printable(`checks of ${name} at ${job.sha.slice(0, 7)}`);
    case 'sweep-repository':
      return printable(`sweep of ${name}`);
  }
}
