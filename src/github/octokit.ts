import { createAppAuth } from '@octokit/auth-app';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { Octokit } from '@octokit/rest';
import { z } from 'zod';
import { Interrupted, RateLimited } from '../core/trouble.ts';
import { reachOnly } from '../outbound.ts';
import type { CallCounts } from '../ports.ts';
import { createAllowance } from './allowance.ts';
import type { Allowance } from './allowance.ts';
import { createKnownAnswers } from './known-answers.ts';
import type { KnownAnswers } from './known-answers.ts';
import { createPace, realTime } from './pace.ts';
import type { Pace, PaceClock } from './pace.ts';
import { retryAt, statusOf, Transient, troubleOf } from './errors.ts';

/** How to reach GitHub as the App. */
export type GitHubSettings = {
  readonly appId: number;
  /** PEM. Kept in memory alone. */
  readonly privateKey: string;
  /** `https://api.github.com`, or `https://HOST/api/v3` of a GitHub Enterprise Server. */
  readonly baseUrl: string;
  readonly warn?: (message: string) => void;
  readonly now?: () => Date;
  /** GitHub asks for a second between writes and after failures. By default only a GitHub on this machine goes without. */
  readonly isPaced?: boolean;
  /** Goes around every request that goes out, tokens left out: to count and to trace. */
  readonly around?: (kind: 'read' | 'write', run: () => Promise<Response>) => Promise<Response>;
  /** Aborted when the process ends: no request begins any more, and callers get `Interrupted`. */
  readonly end?: AbortSignal;
  /** The clock by which requests are spaced. Where none is given, that of this process, and none for a GitHub on this machine. */
  readonly paceClock?: PaceClock;
  /** Longest that one request may take, its body included, in milliseconds. */
  readonly timeoutMs?: number;
};

/** An Octokit that throws our kinds of trouble and counts its calls. */
export type Client = { readonly octokit: Octokit; readonly counts: () => CallCounts };

/** The App on one GitHub. */
export type Connection = {
  /** With the rights of the App itself: its installations and its deliveries. */
  readonly asApp: Client;
  /** With the rights of one installation. Clients of one installation share its token; each counts its own calls. */
  forInstallation(installationId: number): Client;
  /** Until when little is left of what GitHub allows the installation in an hour; undefined while there is enough. */
  scarceUntil(installationId: number): Date | undefined;
};

const USER_AGENT = 'assay-taxonomy';
const TIMEOUT_MS = 30_000;
const READ_RETRIES = 2;

/** A wait that is worth holding a worker for, in seconds; longer ones go back to the queue. */
const SHORT_WAIT_SECONDS = 10;

const PacedOctokit = Octokit.plugin(throttling, retry);

/** Tokens by installation, as auth-app keeps them: `token|made|ends|…`. In memory alone. */
type TokenCache = { get(key: string): string; set(key: string, value: string): void };

/** A token that ends within a minute is no use to a review. */
const TOKEN_MARGIN_MS = 60_000;

function createTokenCache(now: () => Date): TokenCache {
  const tokens = new Map<string, string>();
  return {
    get(key) {
      const value = tokens.get(key) ?? '';
      const [, , ends = ''] = value.split('|');
      return Date.parse(ends) - now().getTime() > TOKEN_MARGIN_MS ? value : '';
    },
    set: (key, value) => void tokens.set(key, value),
  };
}

/** Opens no connection yet: the first request does. */
export function connectGitHub(settings: GitHubSettings): Connection {
  const { appId, privateKey, now = () => new Date() } = settings;
  const cache = createTokenCache(now);
  const paces = new Map<number, Pace>();
  const known = createKnownAnswers();
  const allowances = new Map<number, Allowance>();
  const allowanceOf = (installationId: number): Allowance => {
    const allowance = allowances.get(installationId) ?? createAllowance(() => now().getTime());
    allowances.set(installationId, allowance);
    return allowance;
  };
  const isPaced = settings.isPaced ?? !isLoopback(settings.baseUrl);
  /** Clients of one installation share its pace. */
  const paceOf = (installationId: number): Pace | undefined => {
    if (!isPaced && settings.paceClock === undefined) return undefined;
    const pace = paces.get(installationId) ?? createPace(settings.paceClock ?? realTime);
    paces.set(installationId, pace);
    return pace;
  };
  return {
    asApp: makeClient(settings, { appId, privateKey }),
    forInstallation: installationId => {
      const shared = { known, allowance: allowanceOf(installationId), pace: paceOf(installationId) };
      return makeClient(settings, { appId, privateKey, installationId, cache }, shared);
    },
    scarceUntil: installationId => allowances.get(installationId)?.scarceUntil(),
  };
}

type Credentials = {
  readonly appId: number;
  readonly privateKey: string;
  readonly installationId?: number;
  readonly cache?: TokenCache;
};

/** What clients of one installation have in common. */
type Shared = {
  readonly known?: KnownAnswers;
  readonly allowance?: Allowance;
  readonly pace?: Pace | undefined;
};

function makeClient(settings: GitHubSettings, auth: Credentials, { known, allowance, pace }: Shared = {}): Client {
  const { baseUrl, now = () => new Date(), warn = () => undefined, timeoutMs = TIMEOUT_MS } = settings;
  const { around = (_kind, run) => run(), end } = settings;
  const isPaced = settings.isPaced ?? !isLoopback(baseUrl);
  const counts = { reads: 0, unchanged: 0, writes: 0 };
  const reach = reachOnly(baseUrl);
  const octokit = new PacedOctokit({
    authStrategy: createAppAuth,
    auth,
    baseUrl,
    userAgent: USER_AGENT,
    // Errors reach the caller; Octokit's own lines about them would only repeat every expected 404.
    log: { debug: () => undefined, info: () => undefined, warn, error: () => undefined },
    throttle: {
      enabled: isPaced,
      // GitHub counts by installation, so each has its own pace.
      id: String(auth.installationId ?? 'app'),
      onRateLimit: isShort,
      onSecondaryRateLimit: isShort,
    },
    // 429 says itself when to come again. Writes are never repeated blindly: see the hook below.
    retry: {
      retries: READ_RETRIES,
      retryAfterBaseValue: isPaced ? 1000 : 10,
      doNotRetry: [400, 401, 403, 404, 410, 422, 429, 451],
    },
    request: {
      fetch: (url: string, init: RequestInit) => {
        const kind = isTokenRequest(url) ? undefined : isRead(init.method, url, init.body) ? 'reads' : 'writes';
        if (kind === undefined) return fetchWhole(reach, url, init, timeoutMs);
        const send = async (etag?: string): Promise<Response> => {
          // One that has waited for its turn.
          if (end?.aborted === true && kind === 'writes') throw new Interrupted();
          counts[kind]++;
          const request = etag === undefined ? init : { ...init, headers: withEtag(init.headers, etag) };
          const response = await around(kind === 'reads' ? 'read' : 'write', () =>
            fetchWhole(reach, url, request, timeoutMs),
          );
          allowance?.note(response.headers);
          if (response.status === 304) counts.unchanged++;
          return response;
        };
        const paced: typeof send = etag =>
          pace === undefined ? send(etag) : pace.turn(kind === 'reads' ? 'read' : writeOf(init, url), () => send(etag));
        if (known === undefined || init.method !== 'GET' || isAboutRights(url)) return paced();
        const accept = new Headers(init.headers).get('accept') ?? '';
        return known.ask(`${auth.installationId} ${accept} ${url}`, url, paced);
      },
    },
  });
  addHooks(octokit, auth.installationId, now, end);
  return { octokit, counts: () => ({ ...counts }) };
}

const isShort = (seconds: number, _options: object, _octokit: object, retryCount: number): boolean =>
  seconds <= SHORT_WAIT_SECONDS && retryCount < 1;

/** Makes its errors ours. Added last, so these see what the retries and the throttle could not mend. */
function addHooks(
  octokit: Octokit,
  installationId: number | undefined,
  now: () => Date,
  end: AbortSignal | undefined,
): void {
  octokit.hook.before('request', options => {
    const { method, url, query } = options;
    if (!isTokenRequest(url) && !isRead(method, url, query)) options.request.retries = 0;
  });
  octokit.hook.after('request', ({ status, data, headers }, { method, url }) => {
    if (isGraphqlLimit(data)) throw new RateLimited(`${method} ${url}: GraphQL rate limit`, retryAt(headers, now()));
    // We ask for JSON alone. A page of some proxy, or JSON that ends too early, arrives as text.
    if ((status === 200 || status === 201) && typeof data === 'string')
      throw new Transient(`${method} ${url}: ${status} with a body that is not JSON`);
  });
  octokit.hook.wrap('request', async (request, options) => {
    if (end?.aborted === true) throw new Interrupted();
    try {
      return await request(options);
    } catch (error) {
      const own = ownTrouble(error);
      if (own !== undefined) throw own;
      const isStale = statusOf(error) === 401 && installationId !== undefined && !isTokenRequest(options.url);
      if (!isStale) throw troubleOf(error, now());
      // A token that was revoked (uninstalled, suspended, key changed) looks valid for an hour. A new one tells which it was.
      await octokit.auth({ type: 'installation', installationId, refresh: true });
      try {
        return await request(options);
      } catch (again) {
        throw troubleOf(again, now());
      }
    }
  });
}

/** What was thrown in the place of a request comes wrapped in an error of Octokit's. */
const ownTrouble = (error: unknown): Error | undefined =>
  error instanceof Error && (error.cause instanceof RateLimited || error.cause instanceof Interrupted)
    ? error.cause
    : undefined;

/** Fetches the body too within the limit of time, so that one that breaks off is trouble and not a short answer. */
async function fetchWhole(
  reach: ReturnType<typeof reachOnly>,
  url: string,
  init: RequestInit,
  timeoutMs: number,
): Promise<Response> {
  const response = await reach(url, { ...init, signal: AbortSignal.timeout(timeoutMs) });
  const body = await response.arrayBuffer();
  const { status, statusText, headers } = response;
  const whole = new Response(body.byteLength === 0 ? null : body, { status, statusText, headers });
  Object.defineProperty(whole, 'url', { value: response.url });
  return whole;
}

const limitedAnswer = z.object({ errors: z.array(z.object({ type: z.string().optional() })) });

/** GraphQL says so with status 200. The throttle knows that, but not of the address on GitHub Enterprise Server. */
const isGraphqlLimit = (data: unknown): boolean =>
  limitedAnswer.safeParse(data).data?.errors.some(({ type }) => type === 'RATE_LIMITED') === true;

const isTokenRequest = (url: string): boolean => url.endsWith('/access_tokens');

function withEtag(headers: RequestInit['headers'], etag: string): Headers {
  const all = new Headers(headers);
  all.set('if-none-match', etag);
  return all;
}

/** Who may do what is asked for in full each time: a decision hangs on it, and it is asked for seldom. */
const isAboutRights = (url: string): boolean => /\/(?:collaborators|memberships|members)\b/.test(new URL(url).pathname);

/** What GitHub may count as new content: comments, reviews, reactions and checks that are created. Mutations of GraphQL here hide or react. */
const writeOf = ({ method }: RequestInit, url: string): 'write' | 'content' =>
  method === 'POST' && /\/(?:comments|reviews|replies|check-runs)(?:\?|$)/.test(url) ? 'content' : 'write';

/** GET, HEAD and GraphQL queries. `body` is the query, alone or in its JSON envelope. */
const isRead = (method: unknown, url: string, body: unknown): boolean =>
  method === 'GET' ||
  method === 'HEAD' ||
  (url.endsWith('/graphql') && typeof body === 'string' && !/^(?:\{"query":")?\s*mutation\b/.test(body));

const isLoopback = (baseUrl: string): boolean =>
  /^(?:127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(new URL(baseUrl).hostname);
