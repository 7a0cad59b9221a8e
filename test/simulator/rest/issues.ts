/** The conversation over REST, and the timeline. */
import { addComment, addLabels, assign, findComment, labelNamed, react, removeLabel, unassign } from '../issues.ts';
import type { OperationName } from '../openapi.ts';
import { commitsOf } from '../pull-requests.ts';
import type { Account, IssueComment, Json, Label, PullRequest } from '../state.ts';
import { issueCommentJson, reactionJson, reviewJson, timelineEventJson } from './conversation-json.ts';
import { issueJson } from './pull-request-json.ts';
import { gitCommitJson, labelJson } from './repository-json.ts';
import {
  type Answer,
  type RepositoryRequest,
  type Route,
  checkBody,
  created,
  forbidden,
  inRepository,
  invalid,
  noContent,
  notFound,
  ok,
  page,
  pullIn,
  textOf,
} from './request.ts';

/** Told of what happened, so that webhooks can follow. */
export type Happened = (
  event: string,
  action: string,
  pull: PullRequest,
  actor: Account,
  more?: { label?: Label; comment?: IssueComment; was?: string },
) => void;

const commentIn = ({ repository, params }: RepositoryRequest) => findComment(repository, params['comment_id']);

function ownCommentIn(request: RepositoryRequest) {
  const found = commentIn(request);
  if (found.comment.author.id !== request.world.app.bot.id) throw forbidden();
  return found;
}

function timeline(request: RepositoryRequest): Answer {
  const { world, repository } = request;
  const pull = pullIn(request);
  const entries: { at: string; json: Json }[] = [
    ...commitsOf(pull).map(commit => ({
      at: '',
      json: { event: 'committed', ...gitCommitJson(world, repository, commit) },
    })),
    ...pull.timeline.map(event => ({ at: event.createdAt, json: timelineEventJson(world, pull, event) })),
    ...pull.comments.map(comment => ({
      at: comment.createdAt,
      json: {
        event: 'commented',
        ...issueCommentJson(world, pull, comment),
        actor: userOf(issueCommentJson(world, pull, comment)),
      },
    })),
    ...pull.reviews
      .filter(({ state }) => state !== 'PENDING')
      .map(review => ({
        at: review.submittedAt ?? '',
        json: { event: 'reviewed', ...reviewJson(world, pull, review) },
      })),
  ];
  // Commits first, in their own order, as GitHub shows them for a pull request that was opened with them.
  return page(
    request,
    entries.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)).map(({ json }) => json),
  );
}

const userOf = (json: { readonly [key: string]: Json | undefined }): Json => json['user'] ?? null;

const issueLabels = (request: RepositoryRequest, pull: PullRequest): Json =>
  pull.labels.map(label => labelJson(request.world, request.repository, label));

function setLabels(request: RepositoryRequest, happened: Happened): Answer {
  const { world, body } = request;
  const pull = pullIn(request);
  const names = (Array.isArray(body) ? body : ((body['labels'] ?? []) as Json[])).map(each =>
    typeof each === 'object' && each !== null && 'name' in each ? String(each.name) : String(each),
  );
  for (const label of addLabels(world, pull, names, world.app.bot, world.app))
    happened('pull_request', 'labeled', pull, world.app.bot, { label });
  return ok(issueLabels(request, pull));
}

const loginsIn = ({ body }: RepositoryRequest): readonly string[] =>
  Array.isArray(body['assignees']) ? body['assignees'].map(String) : [];

const issuesWrite = (answer: (request: RepositoryRequest) => Answer): Route =>
  inRepository('issues or pull_requests', 'write', answer);

const issuesRead = (answer: (request: RepositoryRequest) => Answer): Route =>
  inRepository('issues or pull_requests', 'read', answer);

export const issueRoutes = (happened: Happened) =>
  ({
    'GET /repos/{owner}/{repo}/issues/{issue_number}': issuesRead(request =>
      ok(issueJson(request.world, pullIn(request))),
    ),
    'POST /repos/{owner}/{repo}/issues/{issue_number}/assignees': issuesWrite(request => {
      const pull = pullIn(request);
      assign(request.world, pull, loginsIn(request));
      return created(issueJson(request.world, pull));
    }),
    'DELETE /repos/{owner}/{repo}/issues/{issue_number}/assignees': issuesWrite(request => {
      const pull = pullIn(request);
      unassign(pull, loginsIn(request));
      return ok(issueJson(request.world, pull));
    }),
    'GET /repos/{owner}/{repo}/issues/{issue_number}/comments': issuesRead(request => {
      const pull = pullIn(request);
      const since = String(request.query['since'] ?? '');
      const shown = pull.comments.filter(({ updatedAt }) => updatedAt >= since);
      return page(
        request,
        shown.map(comment => issueCommentJson(request.world, pull, comment)),
      );
    }),
    'POST /repos/{owner}/{repo}/issues/{issue_number}/comments': issuesWrite(request => {
      const { world, body } = request;
      const pull = pullIn(request);
      if (pull.locked) throw forbidden('Unable to create comment because issue is locked.');
      const comment = addComment(world, pull, world.app.bot, textOf(body['body']), world.app);
      happened('issue_comment', 'created', pull, world.app.bot, { comment });
      return created(issueCommentJson(world, pull, comment));
    }),
    'GET /repos/{owner}/{repo}/issues/comments/{comment_id}': issuesRead(request => {
      const { pull, comment } = commentIn(request);
      return ok(issueCommentJson(request.world, pull, comment));
    }),
    'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}': issuesWrite(request => {
      const { world } = request;
      const { pull, comment } = ownCommentIn(request);
      const was = comment.body;
      comment.body = checkBody('IssueComment', request.body['body']);
      comment.updatedAt = world.timestamp();
      comment.editor = world.app.bot;
      happened('issue_comment', 'edited', pull, world.app.bot, { comment, was });
      return ok(issueCommentJson(world, pull, comment));
    }),
    'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}': issuesWrite(request => {
      const { pull, comment } = ownCommentIn(request);
      pull.comments.splice(pull.comments.indexOf(comment), 1);
      happened('issue_comment', 'deleted', pull, request.world.app.bot, { comment });
      return noContent;
    }),
    'GET /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions': issuesRead(request => {
      const { content } = request.query;
      const { reactions } = commentIn(request).comment;
      const shown = reactions.filter(each => content === undefined || each.content === content);
      return page(
        request,
        shown.map(reaction => reactionJson(request.world, reaction)),
      );
    }),
    'POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions': issuesWrite(request => {
      const { world, body } = request;
      const { reaction, isNew } = react(world, commentIn(request).comment, world.app.bot, textOf(body['content']));
      return { status: isNew ? 201 : 200, body: reactionJson(world, reaction) };
    }),
    'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions/{reaction_id}': issuesWrite(request => {
      const { comment } = commentIn(request);
      const index = comment.reactions.findIndex(({ id }) => String(id) === request.params['reaction_id']);
      if (index < 0) throw notFound();
      if (comment.reactions[index]?.user.id !== request.world.app.bot.id) throw forbidden();
      comment.reactions.splice(index, 1);
      return noContent;
    }),
    'GET /repos/{owner}/{repo}/issues/{issue_number}/labels': issuesRead(request => {
      const pull = pullIn(request);
      return page(
        request,
        pull.labels.map(label => labelJson(request.world, request.repository, label)),
      );
    }),
    'POST /repos/{owner}/{repo}/issues/{issue_number}/labels': issuesWrite(request => setLabels(request, happened)),
    'DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}': issuesWrite(request => {
      const { world, params } = request;
      const pull = pullIn(request);
      const label = removeLabel(world, pull, params['name'] ?? '', world.app.bot, world.app);
      happened('pull_request', 'unlabeled', pull, world.app.bot, { label });
      return ok(issueLabels(request, pull));
    }),
    'GET /repos/{owner}/{repo}/issues/{issue_number}/events': issuesRead(request => {
      const pull = pullIn(request);
      return page(
        request,
        pull.timeline.map(event => timelineEventJson(request.world, pull, event)),
      );
    }),
    'GET /repos/{owner}/{repo}/issues/{issue_number}/timeline': issuesRead(timeline),
    'GET /repos/{owner}/{repo}/labels': issuesRead(request =>
      page(
        request,
        [...request.repository.labels.values()].map(label => labelJson(request.world, request.repository, label)),
      ),
    ),
    'GET /repos/{owner}/{repo}/labels/{name}': issuesRead(({ world, repository, params }) => {
      const label = repository.labels.get((params['name'] ?? '').toLowerCase());
      if (label === undefined) throw notFound();
      return ok(labelJson(world, repository, label));
    }),
    'POST /repos/{owner}/{repo}/labels': issuesWrite(({ world, repository, body }) => {
      const name = textOf(body['name']);
      if (repository.labels.has(name.toLowerCase())) throw invalid('Label', 'name', 'already_exists');
      const description = typeof body['description'] === 'string' ? body['description'] : null;
      if (description !== null && description.length > 100)
        throw invalid('Label', 'description', 'invalid', 'description is too long (maximum is 100 characters)');
      const color = textOf(body['color'] ?? 'ededed');
      if (!/^[0-9a-f]{6}$/i.test(color)) throw invalid('Label', 'color', 'invalid');
      return created(labelJson(world, repository, labelNamed(world, repository, name, { color, description })));
    }),
  }) satisfies Partial<Record<OperationName, Route>>;
