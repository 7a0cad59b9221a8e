import type { Octokit } from '@octokit/rest';
import type { Account, PullRequest, PullRequestRef, RepositoryRef } from '../core/pull-request.ts';
import type { PullRequestHead } from '../ports.ts';
import { compare, MAX_COMPARED_FILES, toChangedFile, withContents } from './changes.ts';
import type { Changes } from './changes.ts';
import { Transient, unlessMissing } from './errors.ts';

/** GitHub lists no more files of a pull request than this. */
const MAX_LISTED_FILES = 3000;

/** An account as REST gives it; null when it was deleted, which GitHub shows as `ghost`. */
export const toAccount = (user: { login: string; id: number; type?: string } | null | undefined): Account => ({
  login: user?.login ?? 'ghost',
  id: user?.id ?? 0,
  isBot: user?.type === 'Bot',
});

/** How GitHub calls somebody of whom nothing was merged here. */
const FIRST: ReadonlySet<string> = new Set(['FIRST_TIME_CONTRIBUTOR', 'FIRST_TIMER', 'NONE']);

/** Undefined too when another repository has taken the name: numbers and commits would be someone else's. */
async function getPull(octokit: Octokit, { repository, number }: PullRequestRef) {
  const { owner, name: repo } = repository;
  const response = await unlessMissing(octokit.rest.pulls.get({ owner, repo, pull_number: number }));
  return response?.data.base.repo.id === repository.id ? response.data : undefined;
}

/** GitHub's description promises the repository, but of a deleted fork it is null. */
type Head = {
  readonly ref: string;
  readonly repo: { readonly name: string; readonly owner: { readonly login: string } } | null;
};

const headBranchOf = ({ repo, ref: branch }: Head): Pick<PullRequest, 'head'> =>
  repo === null ? {} : { head: { repository: { owner: repo.owner.login, name: repo.name }, branch } };

const toState = (state: string): 'open' | 'closed' => (state === 'open' ? 'open' : 'closed');

/** The head as it is now, in one call. */
export async function loadHead(octokit: Octokit, ref: PullRequestRef): Promise<PullRequestHead | undefined> {
  const pull = await getPull(octokit, ref);
  if (pull === undefined) return undefined;
  const { head, base, state, created_at: createdAt, locked: isLocked } = pull;
  const isToDefault = base.ref === base.repo.default_branch;
  return { headSha: head.sha, baseRef: base.ref, isToDefault, state: toState(state), isLocked, createdAt };
}

/**
 * The pull request with its files. After the first call everything is asked by commit id and of the base repository, so forks
 * are no special case and a push in between cannot mix two heads.
 */
export async function loadPullRequest(octokit: Octokit, ref: PullRequestRef): Promise<PullRequest | undefined> {
  const pull = await getPull(octokit, ref);
  if (pull === undefined) return undefined;
  const { repository, number } = ref;
  const about = {
    repository,
    number,
    title: pull.title,
    body: pull.body ?? '',
    author: toAccount(pull.user),
    state: toState(pull.state),
    isDraft: pull.draft ?? false,
    isLocked: pull.locked,
    isFirst: FIRST.has(pull.author_association),
    createdAt: pull.created_at,
    headSha: pull.head.sha,
    ...headBranchOf(pull.head),
    baseRef: pull.base.ref,
    isToDefault: pull.base.ref === pull.base.repo.default_branch,
  };
  // Nothing is read or said about the files of a closed one, and its base branch may be gone.
  if (about.state === 'closed')
    return { ...about, baseSha: pull.base.sha, mergeBaseSha: pull.base.sha, files: [], incomplete: 'It is closed.' };

  const baseSha = await loadTip(octokit, repository, about.baseRef);
  const comparison = await compare(octokit, repository, baseSha, about.headSha);
  if (comparison === undefined) {
    const incomplete = 'The branch has no history in common with the base branch.';
    return { ...about, baseSha, mergeBaseSha: baseSha, files: [], incomplete };
  }
  const listed: Changes =
    comparison.files.length < MAX_COMPARED_FILES
      ? { files: comparison.files }
      : await listFiles(octokit, ref, about.headSha, pull.changed_files);
  const changes = await withContents(octokit, repository, about.headSha, listed);
  const { mergeBaseSha, commits } = comparison;
  return { ...about, baseSha, mergeBaseSha, commits, ...changes };
}

/** Where trust comes from: the branch as it is now. `pull.base.sha` is where it was when the pull request last moved. */
export async function loadTip(octokit: Octokit, { owner, name: repo }: RepositoryRef, branch: string): Promise<string> {
  const response = await unlessMissing(octokit.rest.git.getRef({ owner, repo, ref: `heads/${branch}` }));
  if (response === undefined) throw new Transient('the base branch of an open pull request cannot be seen');
  return response.data.object.sha;
}

/** The long list, of the head as it is while it is read: it is thrown away when that is another one afterwards. */
async function listFiles(octokit: Octokit, ref: PullRequestRef, headSha: string, total: number): Promise<Changes> {
  const { owner, name: repo } = ref.repository;
  const parameters = { owner, repo, pull_number: ref.number, per_page: 100 };
  const files = (await octokit.paginate(octokit.rest.pulls.listFiles, parameters)).map(toChangedFile);
  if ((await loadHead(octokit, ref))?.headSha !== headSha)
    throw new Transient('the head moved while its files were listed');
  if (files.length < total || files.length >= MAX_LISTED_FILES) {
    const incomplete = `GitHub lists ${files.length} of ${Math.max(total, files.length)} changed files, and no more than ${MAX_LISTED_FILES}.`;
    return { files, incomplete };
  }
  return { files };
}

/** Open pull requests, oldest first. */
export async function listOpenPullRequests(
  octokit: Octokit,
  { owner, name: repo }: RepositoryRef,
): Promise<readonly { readonly number: number; readonly headSha: string; readonly createdAt: string }[]> {
  const pulls = await octokit.paginate(octokit.rest.pulls.list, {
    owner,
    repo,
    state: 'open',
    sort: 'created',
    direction: 'asc',
    per_page: 100,
  });
  return pulls.map(({ number, head, created_at }) => ({ number, headSha: head.sha, createdAt: created_at }));
}

/** Open pull requests with this head. GitHub's own search by commit may not know forks, so the open ones are looked through. */
export async function findPullRequests(
  octokit: Octokit,
  repository: RepositoryRef,
  headSha: string,
): Promise<readonly number[]> {
  const open = await listOpenPullRequests(octokit, repository);
  return open.filter(pull => pull.headSha === headSha).map(({ number }) => number);
}
