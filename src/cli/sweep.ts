import { connectGitHub } from '../github/octokit.ts';
import { listInstallations, listRepositories } from '../github/installations.ts';
import type { Job } from '../core/job.ts';
import type { ExitCode } from './exit-code.ts';
import { environmentWithApp, withQueue } from './open-store.ts';
import type { Terminal } from './terminal.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** Has every open pull request looked at, of all repositories or of one: by the server, or at its next start. */
export async function sweep(
  { repository }: { readonly repository?: string },
  variables: Variables,
  { out }: Terminal,
): Promise<ExitCode> {
  const job: Job = repository === undefined ? { type: 'sweep' } : await jobFor(repository, variables);
  return withQueue<ExitCode>(variables, async queue => {
    await queue.enqueue(job, { urgency: 'event' });
    const { waiting } = await queue.depth();
    out(`Asked for. ${waiting} ${waiting === 1 ? 'job waits' : 'jobs wait'} for a server.\n`);
    return 0;
  });
}

async function jobFor(wanted: string, variables: Variables): Promise<Job> {
  const { credentials, github } = environmentWithApp(variables);
  const connection = connectGitHub({ ...credentials, baseUrl: github.apiUrl });
  for (const { id, isSuspended } of await listInstallations(connection.asApp.octokit)) {
    if (isSuspended) continue;
    const repositories = await listRepositories(connection.forInstallation(id).octokit);
    const repository = repositories.find(
      ({ owner, name }) => `${owner}/${name}`.toLowerCase() === wanted.toLowerCase(),
    );
    if (repository !== undefined) return { type: 'sweep-repository', installationId: id, repository };
  }
  throw new Error(`The App is not installed on ${JSON.stringify(wanted)}, or suspended there.`);
}
