/** One API request on its way through the simulator, and the answers that GitHub gives to all of them alike. */
import {
  type Access,
  type App,
  type Installation,
  type Json,
  type JsonObject,
  type PullRequest,
  type Repository,
  type World,
  installationOf,
} from '../state.ts';

/** Who asks. */
export type Actor =
  | { kind: 'nobody' }
  | { kind: 'app'; app: App }
  | {
      kind: 'installation';
      installation: Installation;
      permissions: Record<string, Access>;
      /** Ids of repositories that the token was narrowed to. */
      repositories: ReadonlySet<number> | null;
    };

export type ApiRequest = {
  world: World;
  params: Record<string, string>;
  query: Record<string, string | number | boolean>;
  body: JsonObject;
  /** Path and query as they came, for links to further pages. */
  url: URL;
  accept: string;
  actor: Actor;
};

export type RepositoryRequest = ApiRequest & {
  repository: Repository;
  actor: Extract<Actor, { kind: 'installation' }>;
};

/** `raw` is sent instead of `body` for media types other than JSON. */
export type Answer = { status: number; body?: Json; headers?: Record<string, string>; raw?: Buffer };

export type Route = (request: ApiRequest) => Answer;

/** An answer of GitHub that is not a success. */
export class ApiError extends Error {
  readonly status: number;
  readonly body: JsonObject;
  readonly headers: Record<string, string>;
  constructor(status: number, message: string, more: { errors?: Json; headers?: Record<string, string> } = {}) {
    super(message);
    this.status = status;
    this.headers = more.headers ?? {};
    this.body = {
      message,
      ...(more.errors === undefined ? {} : { errors: more.errors }),
      documentation_url: 'https://docs.github.com/rest',
      status: String(status),
    };
  }
}

export const notFound = () => new ApiError(404, 'Not Found');

export const forbidden = (message = 'Resource not accessible by integration') => new ApiError(403, message);

export const unauthorized = (message = 'Bad credentials') => new ApiError(401, message);

export const unprocessable = (message: string, errors: Json = []) => new ApiError(422, message, { errors });

/** GitHub's usual 422: which field of which resource, and why. */
export const invalid = (resource: string, field: string, code: string, message?: string) =>
  unprocessable('Validation Failed', [{ resource, field, code, ...(message === undefined ? {} : { message }) }]);

export const ok = (body: Json): Answer => ({ status: 200, body });

export const created = (body: Json): Answer => ({ status: 201, body });

export const noContent: Answer = { status: 204 };

/** A page of a list with `Link` headers: 30 items by default, 100 at most. */
export function page(
  request: ApiRequest,
  items: readonly Json[],
  wrap: (page: readonly Json[]) => Json = list => list,
): Answer {
  const perPage = Math.min(Number(request.query['per_page'] ?? 30), 100);
  const number = Number(request.query['page'] ?? 1);
  const last = Math.max(Math.ceil(items.length / perPage), 1);
  const link = (to: number, rel: string): string => {
    const url = new URL(request.url);
    url.searchParams.set('page', String(to));
    return `<${url.href}>; rel="${rel}"`;
  };
  const links = [
    ...(number > 1 ? [link(number - 1, 'prev')] : []),
    ...(number < last ? [link(number + 1, 'next'), link(last, 'last')] : []),
    ...(number > 1 ? [link(1, 'first')] : []),
  ];
  return {
    status: 200,
    body: wrap(items.slice((number - 1) * perPage, number * perPage)),
    headers: links.length === 0 ? {} : { link: links.join(', ') },
  };
}

/** A route of the App itself: only its JWT opens it. */
export const asApp =
  (answer: (request: ApiRequest & { actor: Extract<Actor, { kind: 'app' }> }) => Answer): Route =>
  request => {
    if (request.actor.kind !== 'app') throw unauthorized('A JSON web token could not be decoded');
    return answer({ ...request, actor: request.actor });
  };

/** A route that any installation token opens, with a permission or without. */
export const asInstallation =
  (
    permission: string | null,
    answer: (request: ApiRequest & { actor: Extract<Actor, { kind: 'installation' }> }) => Answer,
  ): Route =>
  request => {
    const { actor } = request;
    if (actor.kind === 'nobody') throw unauthorized('Requires authentication');
    if (actor.kind === 'app') throw forbidden();
    if (permission !== null && actor.permissions[permission] === undefined) throw forbidden();
    return answer({ ...request, actor });
  };

const allows = (held: Access | undefined, needed: Access): boolean => held === 'write' || held === needed;

/** The permissions of which one is enough. Pull requests are issues too, so theirs opens the routes of both. */
export type Permission = 'metadata' | 'contents' | 'checks' | 'pull_requests' | 'issues or pull_requests';

/** A route below `/repos/{owner}/{repo}`: 404 for what the token may not see, 403 for what it may not do. */
export function inRepository(
  permission: Permission,
  needed: Access,
  answer: (request: RepositoryRequest) => Answer,
): Route {
  return asInstallation(null, request => {
    const { world, actor, params } = request;
    const name = `${params['owner'] ?? ''}/${params['repo'] ?? ''}`.toLowerCase();
    const byId = [...world.repositories.values()].find(({ id }) => String(id) === params['repository_id']);
    const repository = params['repository_id'] === undefined ? world.repositories.get(name) : byId;
    if (repository === undefined) throw notFound();
    const covers =
      installationOf(world, repository) === actor.installation && (actor.repositories?.has(repository.id) ?? true);
    // A public repository can be read by any token, also where the App is not installed: that is how forks are read.
    if (!covers && repository.private) throw notFound();
    if (!covers && needed === 'write') throw forbidden();
    const held = permission.split(' or ').map(each => (each === 'metadata' ? 'read' : actor.permissions[each]));
    if (covers && !held.some(each => allows(each, needed))) throw forbidden();
    return answer({ ...request, repository, actor });
  });
}

/** The pull request that a path names, or 404. */
export function pullIn({ repository, params }: RepositoryRequest): PullRequest {
  const pull = repository.pulls.get(Number(params['pull_number'] ?? params['issue_number']));
  if (pull === undefined) throw notFound();
  return pull;
}

/** A text of the body, or nothing. */
export const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/** Text of at most GitHub's 65,536 characters for comments and reviews. */
export function checkBody(resource: string, body: Json | undefined): string {
  const text = textOf(body);
  if (text.length > 65_536)
    throw unprocessable('Validation Failed', [
      { resource, code: 'unprocessable', field: 'data', message: 'Body is too long (maximum is 65536 characters)' },
    ]);
  return text;
}
