/** The way of one request: find the operation, identify, limit, check, answer, check again. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { type HttpBindings, serve } from '@hono/node-server';
import { Hono } from 'hono';
import { type Tokens, identify } from './app-auth.ts';
import { type Faults, connectionLost } from './faults.ts';
import { type OperationName, requestProblem, responseProblem, typedQuery } from './openapi.ts';
import type { RateLimit } from './rate-limit.ts';
import { type Actor, type Answer, ApiError, type Route, textOf } from './rest/request.ts';
import type { Json, JsonObject, World } from './state.ts';

/** One request as it went. `index` counts from 1. */
export type Exchange = {
  index: number;
  method: string;
  path: string;
  /** The operation in GitHub's description, or `POST /graphql`. */
  operation: string;
  /** What was sent, parsed. */
  body: Json;
  status: number;
  /** Whether it can change what people see. Getting a token cannot. */
  isWrite: boolean;
};

/** Called with each request; `'drop'` cuts the connection there and then. */
export type ExchangeListener = (exchange: Exchange) => void | 'drop' | Promise<void | 'drop'>;

export type ServerParts = {
  world: World;
  tokens: Tokens;
  faults: Faults;
  rateLimit: RateLimit;
  routes: Record<OperationName | 'GET /repositories/{repository_id}', Route>;
  graphql: (body: JsonObject, actor: Actor) => Promise<Answer>;
  pages: (path: string) => string | undefined;
  exchanges: Exchange[];
  listeners: { before: Set<ExchangeListener>; after: Set<ExchangeListener> };
};

/** Parameters that may hold slashes. */
const greedy = new Set(['path', 'ref', 'branch', 'basehead', 'tree_sha']);

type Pattern = { operation: string; method: string; regex: RegExp; names: readonly string[] };

function patternOf(operation: string): Pattern {
  const [method = '', template = ''] = operation.split(' ');
  const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const source = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => (greedy.has(name) ? '(.+?)' : '([^/]+)'));
  return {
    operation,
    method,
    regex: new RegExp(`^${source.replace('/contents/(.+?)', '/contents(?:/(.*))?')}$`),
    names,
  };
}

/** Longer templates first: `commits/{ref}/check-runs` before `commits/{ref}`. */
const bySpecificity = (a: Pattern, b: Pattern): number => b.operation.length - a.operation.length;

const contentWrites = /\/(comments|reviews|replies|labels|check-runs|reactions|events)$/;

export async function startServer(parts: ServerParts, port: number) {
  const { world, tokens, faults, rateLimit, routes, graphql, exchanges, listeners } = parts;
  const patterns = Object.keys(routes).map(patternOf).sort(bySpecificity);
  const hono = new Hono<{ Bindings: HttpBindings }>();
  let running = 0;

  function match(
    method: string,
    path: string,
  ): { operation: OperationName; params: Record<string, string> } | undefined {
    for (const pattern of patterns) {
      const found = pattern.method === method ? pattern.regex.exec(path) : null;
      if (found === null) continue;
      const params = pattern.names.map((name, index): [string, string] => [
        name,
        decodeURIComponent(found[index + 1] ?? ''),
      ]);
      return { operation: pattern.operation as OperationName, params: Object.fromEntries(params) };
    }
    return undefined;
  }

  const violate = (kind: 'request' | 'response', where: string, problem: string): void => {
    world.violations.push({ kind, where, problem });
  };

  async function answerTo(request: Request, url: URL, path: string, exchange: Exchange, actor: Actor): Promise<Answer> {
    if (exchange.operation === 'POST /graphql') return graphql(exchange.body as JsonObject, actor);
    const matched = match(exchange.method, path);
    if (matched === undefined) {
      violate('request', `${exchange.method} ${path}`, 'not served by the simulator');
      return { status: 501, body: { message: `The simulator does not serve ${exchange.method} ${path}` } };
    }
    const { operation, params } = matched;
    const query = typedQuery(operation, url.searchParams);
    const described =
      (operation as string) === 'GET /repositories/{repository_id}' ? 'GET /repos/{owner}/{repo}' : operation;
    const problem = requestProblem(described, query, exchange.body ?? {});
    if (problem !== undefined) {
      violate('request', operation, problem);
      throw new ApiError(422, `Invalid request.\n\n${problem}`);
    }
    const answer = routes[operation]({
      world,
      params,
      query,
      body: (exchange.body ?? {}) as JsonObject,
      url,
      accept: request.headers.get('accept') ?? '',
      actor,
    });
    if (answer.raw !== undefined) return answer;
    const body = answer.body === undefined ? undefined : (JSON.parse(JSON.stringify(answer.body)) as Json);
    const flaw = responseProblem(described, answer.status, body);
    if (flaw === undefined) return answer;
    violate('response', operation, flaw);
    return { status: 500, body: { message: `The simulator broke GitHub's description of ${operation}: ${flaw}` } };
  }

  /** Everything between arrival and answer that can go wrong in GitHub's ways. */
  async function attempt(request: Request, url: URL, path: string, exchange: Exchange): Promise<Answer> {
    let actor: Actor = { kind: 'nobody' };
    try {
      const fault = faults.strike({ method: exchange.method, path, operation: exchange.operation });
      if (fault?.delay !== undefined) await setTimeout(fault.delay);
      if (fault !== undefined && fault.afterEffect !== true) faults.fail(fault);
      actor = identify(world, tokens, request.headers.get('authorization') ?? undefined);
      const isContent = exchange.isWrite && contentWrites.test(path);
      if (exchange.operation !== 'GET /rate_limit')
        rateLimit.take(actor, { isWrite: exchange.isWrite, isContent, running });
      const answer = await answerTo(request, url, path, exchange, actor);
      if (fault?.afterEffect === true) faults.fail(fault);
      const final = conditional(request, answer, actor);
      return { ...final, headers: { ...rateLimit.headers(actor), ...final.headers } };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return { status: error.status, body: error.body, headers: { ...rateLimit.headers(actor), ...error.headers } };
    }
  }

  /**
   * Adds an ETag to what was read; a client that has the same already gets 304, which costs it nothing. The ETag is of the body and
   * the token, not of the links to other pages, which a 304 leaves out.
   */
  function conditional(request: Request, answer: Answer, actor: Actor): Answer {
    if (request.method !== 'GET' || answer.status !== 200) return answer;
    const text = answer.raw ?? JSON.stringify(answer.body);
    const token = request.headers.get('authorization') ?? '';
    const etag = `W/"${createHash('sha256').update(text).update(token).digest('hex')}"`;
    const headers = { ...answer.headers, etag };
    if (request.headers.get('if-none-match') !== etag) return { ...answer, headers };
    rateLimit.refund(actor);
    return { status: 304, headers: { etag } };
  }

  function respond({ status, body, headers = {}, raw }: Answer): Response {
    if (status === 204 || status === 304) return new Response(null, { status, headers });
    const type = raw === undefined ? 'application/json; charset=utf-8' : 'application/vnd.github.raw; charset=utf-8';
    const text = raw ?? Buffer.from(JSON.stringify(body ?? null));
    return new Response(new Uint8Array(text), { status, headers: { ...headers, 'content-type': type } });
  }

  hono.all('*', async context => {
    const { incoming } = context.env;
    const url = new URL(context.req.url);
    if (!/^\/api\/(v3|graphql)/.test(url.pathname)) {
      const text = parts.pages(decodeURIComponent(url.pathname));
      return text === undefined ? context.text('Not Found\n', 404) : context.text(text);
    }
    const path = url.pathname.replace(/^\/api(\/v3)?/, '') || '/';
    const method = context.req.method;
    const sent = Buffer.from(await context.req.arrayBuffer()).toString('utf8');
    const isGraphql = path === '/graphql';
    let body: Json = null;
    try {
      body = sent === '' ? null : (JSON.parse(sent) as Json);
    } catch {
      return context.json({ message: 'Problems parsing JSON' }, 400);
    }
    const exchange: Exchange = {
      index: exchanges.length + 1,
      method,
      path: `${path}${url.search}`,
      operation: isGraphql ? 'POST /graphql' : (match(method, path)?.operation ?? `${method} ${path}`),
      body,
      status: 0,
      isWrite: isGraphql
        ? /^\s*mutation/.test(textOf((body as JsonObject)['query']))
        : method !== 'GET' && method !== 'HEAD' && !path.endsWith('/access_tokens'),
    };
    exchanges.push(exchange);
    running += 1;
    try {
      for (const listener of listeners.before) if ((await listener(exchange)) === 'drop') throw connectionLost;
      const answer = await attempt(context.req.raw, url, path, exchange);
      exchange.status = answer.status;
      const response = respond(answer);
      for (const listener of listeners.after) if ((await listener(exchange)) === 'drop') throw connectionLost;
      return response;
    } catch (error) {
      if (error !== connectionLost) {
        violate(
          'response',
          exchange.operation,
          error instanceof Error ? (error.stack ?? error.message) : String(error),
        );
        return context.json({ message: `The simulator failed: ${String(error)}` }, 500);
      }
      incoming.socket.destroy();
      return context.body(null, 500);
    } finally {
      running -= 1;
    }
  });

  const server = serve({ fetch: hono.fetch, port, hostname: '127.0.0.1' });
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    close: async (): Promise<void> => {
      if ('closeAllConnections' in server) server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}
