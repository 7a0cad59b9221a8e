import type { Octokit } from '@octokit/rest';
import { hasStickyMarker, readReplyMarker } from '../core/markers.ts';
import type { Action } from '../core/plan.ts';
import type { CommitRef, PullRequestRef, RepositoryRef } from '../core/pull-request.ts';
import type { CountedGitHub } from '../ports.ts';
import { keepBlobs, readBlobs } from './blobs.ts';
import { loadChanges } from './changes.ts';
import { createCheck, loadChecks, updateCheck } from './checks.ts';
import { createComment, loadComments, loadCommentStates, react, reply, unreact, updateComment } from './comments.ts';
import { findSource, loadTexts } from './documents.ts';
import type { Identity } from './identity.ts';
import { loadInstalledAt } from './installations.ts';
import { addLabels, removeLabel } from './labels.ts';
import { changeAssignee } from './assignees.ts';
import { createMemory } from './memory.ts';
import type { Memory } from './memory.ts';
import type { Connection } from './octokit.ts';
import { loadMembership, loadRole } from './permissions.ts';
import { loadPosted } from './posted.ts';
import { findPullRequests, listOpenPullRequests, loadHead, loadPullRequest, loadTip } from './pull-request.ts';
import { deleteReviewComment, minimizeReviewComment, submitReview } from './reviews.ts';
import { loadDefaultTip, loadPolicy, loadTaxonomy } from './tree.ts';

const MINUTE_MS = 60_000;

/** GitHub as one installation of the App sees it. Several may share a memory. */
export function githubFor(
  connection: Connection,
  installationId: number,
  identity: Identity,
  memory: Memory = createMemory(),
): CountedGitHub {
  const { octokit, counts } = connection.forInstallation(installationId);
  keepBlobs(octokit, (key, load) => memory.blobs(`${installationId} ${key}`, load));
  const at = ({ id }: RepositoryRef, sha: string): string => `${installationId} ${id} ${sha}`;
  return {
    counts,
    documents: {
      find: source => findSource(octokit, source, (key, load) => memory.sources(`${installationId} ${key}`, load)),
      loadTexts: (source, shas) =>
        memory.texts([installationId, source.owner, source.name, ...shas].join(' '), () =>
          loadTexts(octokit, source, shas),
        ),
    },
    loadPullRequest: ref => loadPullRequest(octokit, ref),
    loadHead: ref => loadHead(octokit, ref),
    loadTip: (repository, branch) => loadTip(octokit, repository, branch),
    loadDefaultTip: repository => loadDefaultTip(octokit, repository),
    loadChanges: (repository, baseSha, headSha) => loadChanges(octokit, repository, baseSha, headSha),
    loadTaxonomy: (repository, sha) =>
      memory.taxonomies(at(repository, sha), () => loadTaxonomy(octokit, repository, sha)),
    loadPolicy: (repository, sha) => memory.policies(at(repository, sha), () => loadPolicy(octokit, repository, sha)),
    loadSharedPolicy: ({ owner, name }) =>
      memory.sharedPolicies(`${installationId} ${owner}/${name} ${Math.floor(Date.now() / MINUTE_MS)}`, async () => {
        const text = await loadPolicy(octokit, { owner, name });
        return text === undefined ? {} : { text };
      }),
    async loadBlobs(repository, shas) {
      const contents = await readBlobs(octokit, repository, shas);
      return new Map(
        [...contents].flatMap(([sha, content]) => (content.type === 'bytes' ? [[sha, content.bytes]] : [])),
      );
    },
    loadPosted: (pullRequest, comments) => loadPosted(octokit, pullRequest, comments, identity),
    loadComments: ref => loadComments(octokit, ref, identity),
    loadCommentStates: (repository, comments) => loadCommentStates(octokit, repository, comments, identity),
    loadRole: (repository, login) => loadRole(octokit, repository, login),
    loadMembership: (team, login) => loadMembership(octokit, team, login),
    listOpenPullRequests: repository => listOpenPullRequests(octokit, repository),
    findPullRequests: (repository, headSha) => findPullRequests(octokit, repository, headSha),
    installedAt: () =>
      memory.installedAt(String(installationId), () => loadInstalledAt(connection.asApp.octokit, installationId)),
    apply: (target, action) => apply(octokit, target, action, identity),
    async loadChecks(commit) {
      const checks = await loadChecks(octokit, commit, identity);
      return checks.map(({ check }) => check);
    },
  };
}

async function apply(
  octokit: Octokit,
  target: PullRequestRef | CommitRef,
  action: Action,
  identity: Identity,
): Promise<number | undefined> {
  const { repository } = target;
  if (action.type === 'create_check') return createCheck(octokit, repository, action.check, identity);
  if (action.type === 'update_check') {
    await updateCheck(octokit, repository, action.id, action.check);
    return undefined;
  }
  if (!('number' in target)) throw new Error(`${action.type} needs a pull request`);

  switch (action.type) {
    case 'create_comment':
      return createComment(octokit, target, action.body, hasStickyMarker, identity);
    case 'reply':
      return reply(octokit, target, action.body, body => readReplyMarker(body) === action.commentId, identity);
    case 'update_comment':
      await updateComment(octokit, repository, action.id, action.body);
      break;
    case 'submit_review':
      await submitReview(octokit, target, action, identity);
      break;
    case 'delete_review_comment':
      await deleteReviewComment(octokit, repository, action.id);
      break;
    case 'minimize_review_comment':
      await minimizeReviewComment(octokit, action.nodeId);
      break;
    case 'add_labels':
      await addLabels(octokit, target, action.labels, action.colours);
      break;
    case 'remove_label':
      await removeLabel(octokit, target, action.label);
      break;
    case 'react':
      await react(octokit, repository, action.commentId, action.reaction);
      break;
    case 'unreact':
      await unreact(octokit, repository, action);
      break;
    case 'assign':
    case 'unassign':
      await changeAssignee(octokit, target, action);
      break;
    default:
      action satisfies never;
  }
  return undefined;
}
