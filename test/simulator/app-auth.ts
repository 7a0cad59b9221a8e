/** How an App proves who it is: JSON web tokens, and the installation tokens that it gets for them. */
import { verify } from 'node:crypto';
import { type Actor, forbidden, unauthorized } from './rest/request.ts';
import type { Access, App, Installation, JsonObject, World } from './state.ts';

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
function verifyJwt({ app }: World, jwt: string): App {
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
    // Octokit signs with the machine's clock, whatever the clock of the simulator shows.
    const seconds = Date.now() / 1000;
    if (iss !== app.id && iss !== String(app.id) && iss !== app.clientId)
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
