/** Pull requests over REST: the list, one of them, its commits and its files. */
import type { OperationName } from '../openapi.ts';
import { commitsOf, filesOf } from '../pull-requests.ts';
import { pullRequestJson, pullRequestSimpleJson } from './pull-request-json.ts';
import { commitJson, fileJson } from './repository-json.ts';
import { type Answer, type RepositoryRequest, type Route, inRepository, ok, page, pullIn } from './request.ts';

function list(request: RepositoryRequest): Answer {
  const { world, repository, query } = request;
  const state = query['state'] ?? 'open';
  const found = [...repository.pulls.values()]
    .filter(pull => state === 'all' || pull.state === state)
    .filter(pull => query['base'] === undefined || pull.base.ref === query['base'])
    .filter(
      pull => query['head'] === undefined || `${pull.head.repository.owner.login}:${pull.head.ref}` === query['head'],
    );
  const key =
    ({ updated: 'updatedAt', created: 'createdAt' } as const)[String(query['sort'] ?? 'created')] ?? 'createdAt';
  found.sort((a, b) => (a[key] === b[key] ? a.number - b.number : a[key] < b[key] ? -1 : 1));
  const isDescending =
    (query['direction'] ?? (query['sort'] === undefined || query['sort'] === 'created' ? 'desc' : 'asc')) === 'desc';
  return page(
    request,
    (isDescending ? found.toReversed() : found).map(pull => pullRequestSimpleJson(world, pull)),
  );
}

export const pullRequestRoutes = {
  'GET /repos/{owner}/{repo}/pulls': inRepository('pull_requests', 'read', list),
  'GET /repos/{owner}/{repo}/pulls/{pull_number}': inRepository('pull_requests', 'read', request =>
    ok(pullRequestJson(request.world, pullIn(request))),
  ),
  'GET /repos/{owner}/{repo}/pulls/{pull_number}/commits': inRepository('pull_requests', 'read', request => {
    const { world, repository } = request;
    const shown = commitsOf(pullIn(request)).slice(0, world.limits.commits);
    return page(
      request,
      shown.map(commit => commitJson(world, repository, commit)),
    );
  }),
  'GET /repos/{owner}/{repo}/pulls/{pull_number}/files': inRepository('pull_requests', 'read', request => {
    const { world, repository } = request;
    const pull = pullIn(request);
    const shown = filesOf(pull).slice(0, world.limits.files);
    return page(
      request,
      shown.map(file => fileJson(world, repository, pull.head.sha, file)),
    );
  }),
} satisfies Partial<Record<OperationName, Route>>;
