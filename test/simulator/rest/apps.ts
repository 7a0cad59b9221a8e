/** The App, its installations and its tokens over REST. */
import type { Tokens } from '../app-auth.ts';
import type { OperationName } from '../openapi.ts';
import {
  type Access,
  type Installation,
  type JsonObject,
  type Repository,
  type World,
  installationOf,
} from '../state.ts';
import { appJson, installationJson, publicAccountJson } from './account-json.ts';
import { repositoryJson } from './repository-json.ts';
import {
  type Answer,
  type ApiRequest,
  type Route,
  asApp,
  asInstallation,
  created,
  forbidden,
  notFound,
  ok,
  page,
  unprocessable,
} from './request.ts';

function installationIn({ world, params }: ApiRequest): Installation {
  const found = world.installations.find(({ id }) => String(id) === params['installation_id']);
  if (found === undefined) throw notFound();
  return found;
}

const covered = ({ repositories }: World, installation: Installation): readonly Repository[] =>
  [...repositories.values()].filter(
    ({ owner, name }) =>
      owner.id === installation.account.id &&
      (installation.repositories === 'all' || installation.repositories.has(name)),
  );

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

function issueToken(request: ApiRequest, tokens: Tokens): Answer {
  const { world, body } = request;
  const installation = installationIn(request);
  if (installation.suspendedAt !== null) throw forbidden('This installation has been suspended');
  const asked = (body['permissions'] ?? installation.permissions) as Record<string, Access>;
  for (const [name, access] of Object.entries(asked))
    if (installation.permissions[name] !== access && installation.permissions[name] !== 'write')
      throw unprocessable('The permissions requested are not granted to this installation.');
  const wanted = new Set([
    ...((body['repositories'] ?? []) as string[]),
    ...((body['repository_ids'] ?? []) as number[]),
  ]);
  const chosen = covered(world, installation).filter(({ id, name }) => wanted.has(id) || wanted.has(name));
  if (chosen.length < wanted.size)
    throw unprocessable(
      'There is at least one repository that does not exist or is not accessible to the parent installation.',
    );
  const token = `ghs_${Array.from(crypto.getRandomValues(new Uint8Array(36)), byte => letters[byte % 62]).join('')}`;
  const expiresAt = world.now() + tokens.lifetime;
  const repositories = wanted.size === 0 ? null : new Set(chosen.map(({ id }) => id));
  tokens.issued.set(token, { installation, expiresAt, permissions: asked, repositories });
  return created({
    token,
    expires_at: `${new Date(expiresAt).toISOString().slice(0, 19)}Z`,
    permissions: asked,
    repository_selection: repositories === null && installation.repositories === 'all' ? 'all' : 'selected',
    ...(repositories === null ? {} : { repositories: chosen.map(each => repositoryJson(world, each)) }),
  });
}

const ofAccount: Route = asApp(({ world, params }) => {
  const login = (params['org'] ?? params['username'] ?? '').toLowerCase();
  const found = world.installations.find(({ account }) => account.login.toLowerCase() === login);
  if (found === undefined) throw notFound();
  return ok(installationJson(world, found));
});

export const appRoutes = (tokens: Tokens, manifests: Map<string, () => JsonObject>) =>
  ({
    'GET /app': asApp(({ world, actor }) =>
      ok({ ...appJson(world, actor.app), installations_count: world.installations.length }),
    ),
    'GET /app/installations': asApp(request =>
      page(
        request,
        request.world.installations.map(each => installationJson(request.world, each)),
      ),
    ),
    'GET /app/installations/{installation_id}': asApp(request =>
      ok(installationJson(request.world, installationIn(request))),
    ),
    'POST /app/installations/{installation_id}/access_tokens': asApp(request => issueToken(request, tokens)),
    'GET /orgs/{org}/installation': ofAccount,
    'GET /users/{username}/installation': ofAccount,
    'GET /repos/{owner}/{repo}/installation': asApp(({ world, params }) => {
      const repository = world.repositories.get(`${params['owner'] ?? ''}/${params['repo'] ?? ''}`.toLowerCase());
      const found = repository === undefined ? undefined : installationOf(world, repository);
      if (found === undefined) throw notFound();
      return ok(installationJson(world, found));
    }),
    'GET /apps/{app_slug}': ({ world, params }) => {
      if (params['app_slug'] !== world.app.slug) throw notFound();
      return ok(appJson(world, world.app));
    },
    'GET /users/{username}': ({ world, params }) => {
      const account = world.accounts.get((params['username'] ?? '').toLowerCase());
      if (account === undefined) throw notFound();
      return ok(publicAccountJson(world, account));
    },
    'GET /installation/repositories': asInstallation(null, request => {
      const { world, actor } = request;
      const all = covered(world, actor.installation).filter(({ id }) => actor.repositories?.has(id) ?? true);
      return page(
        request,
        all.map(each => repositoryJson(world, each)),
        repositories => ({
          total_count: all.length,
          repository_selection: actor.installation.repositories === 'all' ? 'all' : 'selected',
          repositories,
        }),
      );
    }),
    'POST /app-manifests/{code}/conversions': ({ params }) => {
      const convert = manifests.get(params['code'] ?? '');
      if (convert === undefined) throw notFound();
      manifests.delete(params['code'] ?? '');
      return created(convert());
    },
  }) satisfies Partial<Record<OperationName, Route>>;
