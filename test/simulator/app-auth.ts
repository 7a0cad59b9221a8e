/** How an App proves who it is: JSON web tokens, and the installation tokens that it gets for them. */
import { verify } from 'node:crypto';
import { appJson, installationJson, publicAccountJson } from './account-json.ts';
import type { OperationName } from './openapi.ts';
import {
  type Actor,
  type Answer,
  type ApiRequest,
  type Route,
  asApp,
  asInstallation,
  created,
  notFound,
  ok,
  page,
  unauthorized,
  unprocessable,
  forbidden,
} from './request.ts';
import { repositoryJson } from './repository-json.ts';
import {
  type Access,
  type App,
  type Installation,
  type JsonObject,
  type Repository,
  type World,
  installationOf,
} from './state.ts';

type Token = {
  installation: Installation;
  expiresAt: number;
  permissions: Record<string, Access>;
  repositories: ReadonlySet<number> | null;
};

/** Tokens and how long they live, in milliseconds. */
export type Tokens = { issued: Map<string, Token>; lifetime: number };

const part = (text: string): JsonObject => JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as JsonObject;

/** Checks a JWT as GitHub does: RS256, our App as issuer, at most 10 minutes to live, a minute of clock drift allowed. */
function verifyJwt({ app, now }: World, jwt: string): App {
  const [head = '', claims = '', signature = ''] = jwt.split('.');
  const undecodable = 'A JSON web token could not be decoded';
  try {
    const isSigned = verify(
      'RSA-SHA256',
      Buffer.from(`${head}.${claims}`),
      app.publicKey,
      Buffer.from(signature, 'base64url'),
    );
    if (part(head)['alg'] !== 'RS256' || !isSigned) throw unauthorized(undecodable);
    const { iss, iat, exp } = part(claims);
    const seconds = now() / 1000;
    if (String(iss) !== String(app.id) && iss !== app.clientId)
      throw unauthorized("'Issuer' claim ('iss') must be an Integer");
    if (typeof iat !== 'number' || iat > seconds + 60)
      throw unauthorized(
        "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
      );
    if (typeof exp !== 'number' || exp < seconds)
      throw unauthorized(
        "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
      );
    if (exp > seconds + 660 || exp - iat > 720)
      throw unauthorized("'Expiration time' claim ('exp') is too far in the future");
    return app;
  } catch (error) {
    if (error instanceof SyntaxError) throw unauthorized(undecodable);
    throw error;
  }
}

/** Who a request comes from. Throws 401 or 403 as GitHub answers. */
export function identify(world: World, tokens: Tokens, authorization: string | undefined): Actor {
  if (authorization === undefined) return { kind: 'nobody' };
  const secret = authorization.replace(/^(bearer|token) +/i, '');
  if (secret.split('.').length === 3) return { kind: 'app', app: verifyJwt(world, secret) };
  const token = tokens.issued.get(secret);
  if (token === undefined || token.expiresAt <= world.now()) throw unauthorized();
  const { installation, permissions, repositories } = token;
  if (!world.installations.includes(installation)) throw unauthorized();
  if (installation.suspendedAt !== null) throw forbidden('This installation has been suspended');
  return { kind: 'installation', installation, permissions, repositories };
}

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
