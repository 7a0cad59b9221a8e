import { githubFor } from '../../src/github/github.ts';
import { describeApp } from '../../src/github/installations.ts';
import { connectGitHub } from '../../src/github/octokit.ts';
import type { GitHubSettings } from '../../src/github/octokit.ts';
import type { PullRequestRef } from '../../src/core/pull-request.ts';
import type { FileChange } from '../simulator/git-store.ts';
import { startGitHub } from '../simulator/github.ts';
import type { GitHubOptions } from '../simulator/github.ts';

export const name = 'instruct/taxonomy';
export const leaf = 'compositional_skills/writing/rhymes/qna.yaml';

/** A simulated GitHub with `instruct/taxonomy`, where the App is installed, and our port to it. Fails if it saw what GitHub would refuse. */
export async function world(
  options: GitHubOptions & {
    readonly files?: Readonly<Record<string, string>>;
    readonly settings?: Partial<GitHubSettings>;
  } = {},
) {
  const github = await startGitHub(options);
  const created = github.createRepository({
    name,
    files: options.files ?? { 'knowledge/science/qna.yaml': 'version: 3\n' },
    collaborators: { mara: 'maintain', tom: 'triage', ada: 'admin', wim: 'write' },
  });
  const repository = { id: created.id, owner: 'instruct', name: 'taxonomy' };
  const installation = await github.install('instruct');
  const connection = connectGitHub({
    appId: github.app.id,
    privateKey: github.app.privateKey,
    baseUrl: github.apiUrl,
    ...options.settings,
  });
  const identity = await describeApp(connection.asApp.octokit);
  const port = githubFor(connection, installation.id, identity);
  const ref = (number: number): PullRequestRef => ({ repository, number });
  return {
    github,
    people: github.people,
    connection,
    identity,
    installation,
    repository,
    port,
    ref,
    /** A pull request of ann's with these files; of a fork, as most are. */
    open: async (files: Readonly<Record<string, FileChange>>, fork = true) =>
      ref(await github.people.openPullRequest({ repository: name, author: 'ann', title: 'Add rhymes', files, fork })),
    /** Requests so far, as `METHOD /path`, without tokens. */
    requests: () =>
      github.exchanges
        .filter(({ path }) => !path.endsWith('access_tokens'))
        .map(({ method, path }) => `${method} ${path}`),
    async [Symbol.asyncDispose]() {
      await github[Symbol.asyncDispose]();
    },
  };
}

/** The pull request, which must be there. */
export async function load(port: Awaited<ReturnType<typeof world>>['port'], ref: PullRequestRef) {
  const pullRequest = await port.loadPullRequest(ref);
  if (pullRequest === undefined) throw new Error('the pull request cannot be seen');
  return pullRequest;
}
