/** Repositories, commits and trees as GitHub's API shows them. */
import { type ChangedFile, diffTrees } from '../diff.ts';
import type { Commit, Signature } from '../git-store.ts';
import { type Json, type JsonObject, type Label, type Repository, type World, fullName, nodeId } from '../state.ts';
import { accountJson, apiUrl } from './account-json.ts';

export const repositoryUrl = (world: World, repository: Repository, path = ''): string =>
  apiUrl(world, `/repos/${fullName(repository)}${path}`);

export const repositoryPage = (world: World, repository: Repository, path = ''): string =>
  `${world.url}/${fullName(repository)}${path}`;

/** One segment each, as GitHub encodes paths in its links. */
export const encodePath = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

/** GitHub's templates for what belongs to a repository. */
const templates = {
  archive_url: '/{archive_format}{/ref}',
  assignees_url: '/assignees{/user}',
  blobs_url: '/git/blobs{/sha}',
  branches_url: '/branches{/branch}',
  collaborators_url: '/collaborators{/collaborator}',
  comments_url: '/comments{/number}',
  commits_url: '/commits{/sha}',
  compare_url: '/compare/{base}...{head}',
  contents_url: '/contents/{+path}',
  contributors_url: '/contributors',
  deployments_url: '/deployments',
  downloads_url: '/downloads',
  events_url: '/events',
  forks_url: '/forks',
  git_commits_url: '/git/commits{/sha}',
  git_refs_url: '/git/refs{/sha}',
  git_tags_url: '/git/tags{/sha}',
  hooks_url: '/hooks',
  issue_comment_url: '/issues/comments{/number}',
  issue_events_url: '/issues/events{/number}',
  issues_url: '/issues{/number}',
  keys_url: '/keys{/key_id}',
  labels_url: '/labels{/name}',
  languages_url: '/languages',
  merges_url: '/merges',
  milestones_url: '/milestones{/number}',
  notifications_url: '/notifications{?since,all,participating}',
  pulls_url: '/pulls{/number}',
  releases_url: '/releases{/id}',
  stargazers_url: '/stargazers',
  statuses_url: '/statuses/{sha}',
  subscribers_url: '/subscribers',
  subscription_url: '/subscription',
  tags_url: '/tags',
  teams_url: '/teams',
  trees_url: '/git/trees{/sha}',
};

function licenceJson(id: string | null): Json {
  if (id === null) return null;
  const key = id === 'NOASSERTION' ? 'other' : id.toLowerCase();
  return { key, name: id, spdx_id: id, url: null, node_id: nodeId('L', 1) };
}

export function repositoryJson(world: World, repository: Repository): JsonObject {
  const page = repositoryPage(world, repository);
  const openIssues = [...repository.pulls.values()].filter(({ state }) => state === 'open').length;
  return {
    id: repository.id,
    node_id: nodeId('R', repository.id),
    name: repository.name,
    full_name: fullName(repository),
    private: repository.private,
    owner: accountJson(world, repository.owner),
    html_url: page,
    description: null,
    fork: repository.parent !== null,
    url: repositoryUrl(world, repository),
    ...Object.fromEntries(
      Object.entries(templates).map(([key, path]) => [key, repositoryUrl(world, repository, path)]),
    ),
    git_url: `${page.replace(/^http:/, 'git:')}.git`,
    ssh_url: `git@127.0.0.1:${fullName(repository)}.git`,
    clone_url: `${page}.git`,
    svn_url: page,
    homepage: null,
    mirror_url: null,
    language: null,
    license: licenceJson(repository.licence),
    size: 1,
    default_branch: repository.defaultBranch,
    forks: 0,
    forks_count: 0,
    stargazers_count: 0,
    watchers: 0,
    watchers_count: 0,
    open_issues: openIssues,
    open_issues_count: openIssues,
    has_issues: true,
    has_projects: true,
    has_wiki: true,
    has_pages: false,
    has_downloads: true,
    has_discussions: false,
    archived: false,
    disabled: false,
    allow_forking: true,
    allow_squash_merge: true,
    allow_merge_commit: true,
    allow_rebase_merge: true,
    delete_branch_on_merge: false,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [],
    custom_properties: {},
    visibility: repository.private ? 'private' : 'public',
    pushed_at: repository.pushedAt,
    created_at: repository.createdAt,
    updated_at: repository.createdAt,
  };
}

export const fullRepositoryJson = (world: World, repository: Repository): JsonObject => ({
  ...repositoryJson(world, repository),
  ...(repository.parent === null
    ? {}
    : { parent: repositoryJson(world, repository.parent), source: repositoryJson(world, repository.parent) }),
  subscribers_count: 0,
  network_count: 0,
});

/** The few fields by which a check run or an installation names a repository. */
export const shortRepositoryJson = (_world: World, repository: Repository): JsonObject => ({
  id: repository.id,
  node_id: nodeId('R', repository.id),
  name: repository.name,
  full_name: fullName(repository),
  private: repository.private,
});

const unsigned = { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null };

const parentsJson = (world: World, repository: Repository, { parents }: Commit): Json =>
  parents.map(sha => ({
    sha,
    url: repositoryUrl(world, repository, `/commits/${sha}`),
    html_url: repositoryPage(world, repository, `/commit/${sha}`),
  }));

/** GitHub links a commit to the account with that e-mail; here `LOGIN@users.noreply.github.com`, or nobody. */
function accountByEmail(world: World, { email }: Signature): Json {
  const login = /^(?:\d+\+)?(.+)@users\.noreply\.github\.com$/.exec(email)?.[1];
  const account = login === undefined ? undefined : world.accounts.get(login.toLowerCase());
  return account === undefined ? null : accountJson(world, account);
}

export function gitCommitJson(world: World, repository: Repository, commit: Commit): JsonObject {
  const { sha, author, committer, message, tree } = commit;
  return {
    sha,
    node_id: nodeId('C', Number.parseInt(sha.slice(0, 10), 16)),
    url: repositoryUrl(world, repository, `/git/commits/${sha}`),
    html_url: repositoryPage(world, repository, `/commit/${sha}`),
    author: { ...author },
    committer: { ...committer },
    message,
    tree: { sha: tree, url: repositoryUrl(world, repository, `/git/trees/${tree}`) },
    parents: parentsJson(world, repository, commit),
    verification: unsigned,
  };
}

export function commitJson(world: World, repository: Repository, commit: Commit): JsonObject {
  const { sha, author, committer, message, tree } = commit;
  const url = repositoryUrl(world, repository, `/commits/${sha}`);
  return {
    url,
    sha,
    node_id: nodeId('C', Number.parseInt(sha.slice(0, 10), 16)),
    html_url: repositoryPage(world, repository, `/commit/${sha}`),
    comments_url: `${url}/comments`,
    commit: {
      url: repositoryUrl(world, repository, `/git/commits/${sha}`),
      author: { ...author },
      committer: { ...committer },
      message,
      tree: { sha: tree, url: repositoryUrl(world, repository, `/git/trees/${tree}`) },
      comment_count: 0,
      verification: unsigned,
    },
    author: accountByEmail(world, author),
    committer: accountByEmail(world, committer),
    parents: parentsJson(world, repository, commit),
  };
}

/** What a commit changed against its first parent. */
export const commitFiles = ({ git }: Repository, { parents, sha }: Commit): readonly ChangedFile[] =>
  diffTrees(git, git.commitTree(parents[0] ?? ''), git.commitTree(sha));

export function fileJson(world: World, repository: Repository, ref: string, file: ChangedFile): JsonObject {
  const path = encodePath(file.filename);
  return {
    sha: file.sha,
    filename: file.filename,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: repositoryPage(world, repository, `/blob/${ref}/${path}`),
    raw_url: repositoryPage(world, repository, `/raw/${ref}/${path}`),
    contents_url: repositoryUrl(world, repository, `/contents/${path}?ref=${ref}`),
    ...(file.patch === undefined ? {} : { patch: file.patch }),
    ...(file.previousFilename === undefined ? {} : { previous_filename: file.previousFilename }),
  };
}

export const labelJson = (world: World, repository: Repository, label: Label): JsonObject => ({
  ...label,
  node_id: nodeId('LA', label.id),
  url: repositoryUrl(world, repository, `/labels/${encodeURIComponent(label.name)}`),
});
