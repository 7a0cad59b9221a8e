import { readFileSync } from 'node:fs';
import { readEnvironment } from '../../config/environment.ts';
import { Misconfigured } from '../../config/variables.ts';
import { wholeKey } from '../../core/duplicates/example-key.ts';
import type { RepositoryRef } from '../../core/pull-request.ts';
import { githubFor } from '../../github/github.ts';
import { describeApp, listInstallations, listRepositories } from '../../github/installations.ts';
import { connectGitHub } from '../../github/octokit.ts';
import type { Connection } from '../../github/octokit.ts';
import { lookNear } from '../../neighbourhood.ts';
import type { ParseFiles } from '../../ports.ts';
import { openDatabase } from '../../store/database.ts';
import { createExamples } from '../../store/examples.ts';
import type { Searched } from './search-folder.ts';

/** `owner/repository#12`, taken apart. */
export type PullRequestName = { readonly owner: string; readonly name: string; readonly number: number };

/**
 * Looks up the examples of a pull request as the App would: on the configured GitHub, in the configured database. What the index
 * lacks of the taxonomy is added to it; of the pull request nothing is recorded, and nothing is written to GitHub.
 */
export async function searchPullRequest(
  { owner, name, number }: PullRequestName,
  variables: Readonly<Record<string, string | undefined>>,
  parse: ParseFiles,
): Promise<Searched> {
  const {
    credentials,
    github: address,
    database: place,
  } = readEnvironment(variables, path => readFileSync(path, 'utf8'));
  if (credentials === undefined)
    throw new Misconfigured(
      'To look at a pull request, set APP_ID, PRIVATE_KEY and WEBHOOK_SECRET to those of your GitHub App.',
    );
  const connection = connectGitHub({ ...credentials, baseUrl: address.apiUrl });
  const identity = await describeApp(connection.asApp.octokit);
  const found = await findRepository(connection, owner, name);
  if (found === undefined) throw new Error(`The App ${identity.slug} is not installed on ${owner}/${name}.`);

  const { repository, installationId } = found;
  const github = githubFor(connection, installationId, identity);
  const pullRequest = await github.loadPullRequest({ repository, number });
  if (pullRequest === undefined) throw new Error(`${owner}/${name} has no pull request ${number}.`);
  const database = await openDatabase(place);
  try {
    const examples = createExamples(database);
    const taxonomy = await github.loadTaxonomy(repository, pullRequest.baseSha);
    const { leaves } = await parse(pullRequest.files);
    const near = await lookNear(pullRequest, leaves, taxonomy, { github, examples, parse });
    const open = new Set((await examples.openLeaves(pullRequest)).map(other => other.pullRequest.number));
    return {
      leaves: leaves.map(leaf => ({ leaf, shown: leaf.path, nearTo: example => near.get(wholeKey(example)) ?? [] })),
      comparedWith: `the taxonomy at ${pullRequest.baseSha.slice(0, 7)} and ${open.size} open pull ${open.size === 1 ? 'request' : 'requests'} that the database knows`,
    };
  } finally {
    await database.close();
  }
}

async function findRepository(
  connection: Connection,
  owner: string,
  name: string,
): Promise<{ readonly repository: RepositoryRef; readonly installationId: number } | undefined> {
  const wanted = `${owner}/${name}`.toLowerCase();
  for (const { id, isSuspended } of await listInstallations(connection.asApp.octokit)) {
    if (isSuspended) continue;
    const repositories = await listRepositories(connection.forInstallation(id).octokit);
    const repository = repositories.find(each => `${each.owner}/${each.name}`.toLowerCase() === wanted);
    if (repository !== undefined) return { repository, installationId: id };
  }
  return undefined;
}
