/** What the simulator's own tests start from: a repository, the App on it, and an Octokit that speaks for the App. */
import { createAppAuth } from '@octokit/auth-app';
import { Octokit } from '@octokit/rest';
import { type GitHub, type GitHubOptions, startGitHub } from './github.ts';

export const repository = 'instruct/taxonomy';

export const inRepository = { owner: 'instruct', repo: 'taxonomy' };

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
    log: { debug() {}, info() {}, warn() {}, error() {} },
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
