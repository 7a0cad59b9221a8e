/** What the simulator's own tests start from: a repository, the App on it, and an Octokit that speaks for the App. */
import { createAppAuth } from '@octokit/auth-app';
import { Octokit } from '@octokit/rest';
import { type GitHub, type GitHubOptions, startGitHub } from './github.ts';

export const repository = 'instruct/taxonomy';

export const inRepository = { owner: 'instruct', repo: 'taxonomy' };

/** For refusals that a test expects. */
export const quiet = { debug() {}, info() {}, warn() {}, error() {} };

/** An Octokit of the App itself, or of its installation. */
export function octokitFor(github: GitHub, installationId?: number): Octokit {
  return new Octokit({
    baseUrl: github.apiUrl,
    authStrategy: createAppAuth,
    auth: {
      appId: github.app.id,
      privateKey: github.app.privateKey,
      ...(installationId === undefined ? {} : { installationId }),
    },
    log: quiet,
  });
}

/** GitHub with `instruct/taxonomy`, where the App is installed. */
export async function simulate(options: GitHubOptions = {}) {
  const github = await startGitHub(options);
  github.createRepository({
    name: repository,
    files: { 'skills/a/qna.yaml': 'one\ntwo\nthree\n' },
    collaborators: { mara: 'maintain', tom: 'triage' },
  });
  const installation = await github.install('instruct');
  return {
    github,
    octokit: octokitFor(github, installation.id),
    appOctokit: octokitFor(github),
    [Symbol.asyncDispose]: github[Symbol.asyncDispose],
  };
}

/** Opens a pull request of ann's that adds `skills/b/qna.yaml` with three lines; more as asked. */
export async function openPullRequest(
  github: GitHub,
  more: Partial<Parameters<GitHub['people']['openPullRequest']>[0]> = {},
) {
  const files = { 'skills/b/qna.yaml': 'alpha\nbeta\ngamma\n' };
  const number = await github.people.openPullRequest({
    repository,
    author: 'ann',
    title: 'Add a skill',
    files,
    ...more,
  });
  return {
    number,
    name: { repository, number },
    pull: { ...inRepository, pull_number: number },
    issue: { ...inRepository, issue_number: number },
    head: () => github.pullRequest(repository, number).head.sha,
  };
}

/** What a refused request shows. */
export const refused = async (request: Promise<unknown>): Promise<{ status: number; message: string }> => {
  const error: unknown = await request.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error) || !('status' in error)) throw new Error(`not refused: ${String(error)}`);
  return { status: Number(error.status), message: error.message };
};
