import type { CommitList, PullRequest, RepositoryRef } from '../core/pull-request.ts';
import { changedFiles } from './changed-files.ts';
import type { RecordedPullRequest, Recording } from './recording.ts';
import type { Source } from './rehearsal.ts';

/** The repository that recorded pull requests are said to belong to. */
export const recordedRepository: RepositoryRef = { id: 1, owner: 'recorded', name: 'taxonomy' };

/** Serves recorded pull requests, each as it stood at its head, against the taxonomy of its base. */
export function recordedSource(recording: Recording): Source {
  const byNumber = new Map(recording.pullRequests.map(pullRequest => [pullRequest.number, pullRequest]));
  // The story reads one pull request twice; its files are put together once.
  let latest: PullRequest | undefined;
  return {
    loadPullRequest({ number }) {
      const recorded = byNumber.get(number);
      if (latest?.number !== number) latest = recorded && pullRequestOf(recorded, recording);
      return Promise.resolve(latest);
    },
    loadTaxonomy(_, sha) {
      const files = [...recording.treeOf(sha)].map(
        ([path, sha256]) => [path, recording.blobOf(sha256)?.gitId ?? sha256] as const,
      );
      return Promise.resolve({ sha, files: new Map(files) });
    },
    loadPolicy: () => Promise.resolve(undefined),
    loadBlobs(_, blobShas) {
      const blobs = blobShas.map(sha => [sha, recording.bytesOf(sha)] as const);
      return Promise.resolve(
        new Map(blobs.filter((blob): blob is readonly [string, Uint8Array] => blob[1] !== undefined)),
      );
    },
  };
}

function pullRequestOf(recorded: RecordedPullRequest, recording: Recording): PullRequest {
  const { number, title, base_commit: baseSha, head_commit: headSha } = recorded;
  return {
    repository: recordedRepository,
    number,
    title,
    author: authorOf(recorded),
    state: 'open',
    isDraft: false,
    createdAt: recorded.openedAt.toISOString(),
    headSha,
    baseRef: 'main',
    baseSha,
    mergeBaseSha: baseSha,
    files: changedFiles(recorded, recording),
    commits: commitsOf(recorded),
  };
}

/** The same person has one `author_id` over several addresses; logins that are hashes are not shown, and what stands for them is no login. */
const authorOf = ({ author_id, author_login_or_hash }: RecordedPullRequest) => ({
  login: isLogin(author_login_or_hash) ? author_login_or_hash : `contributor ${author_id}`,
  id: Number.parseInt(author_id.replace(/^\D+/, ''), 10) || 0,
  isBot: false,
});

function commitsOf({ commits }: RecordedPullRequest): CommitList {
  const own = commits.filter(({ copy_of_main }) => !copy_of_main);
  const listed = own.map(({ sha, subject, author_login_or_hash, signed_off, signoff_matches_author, merge }) => ({
    sha,
    subject,
    signOff: signed_off ? (signoff_matches_author ? ('own' as const) : ('other' as const)) : ('none' as const),
    ...(isLogin(author_login_or_hash) && { authorLogin: author_login_or_hash }),
    isMerge: merge,
    isByBot: author_login_or_hash.endsWith('[bot]'),
  }));
  return { listed, total: listed.length };
}

const isLogin = (loginOrHash: string): boolean => loginOrHash !== '' && !loginOrHash.startsWith('h:');
