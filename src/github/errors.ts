import { z } from 'zod';
import { redact } from '../core/redact.ts';
import { Gone, RateLimited } from '../core/trouble.ts';

/** A read that failed, or a write of which nobody knows whether it took place: network, time-out, 5xx, a lagging replica. */
export class Transient extends Error {
  override readonly name = 'Transient';
}

/** GitHub understood and said no: 401, 403 or 422. The effect surely did not take place. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

/**
 * GitHub has no such thing, or not yet: after a push its replicas may lag. Often a plain answer (no such label). Where it is not,
 * the job is tried again, and a pull request that is really gone shows at its first call.
 */
export class Missing extends Error {
  override readonly name = 'Missing';
}

/** The part of Octokit's RequestError that we read. */
const requestError = z.object({
  status: z.number(),
  message: z.string(),
  request: z.object({ method: z.string(), url: z.string() }),
  response: z.object({ headers: z.record(z.string(), z.unknown()) }).optional(),
});

/** What the throttle throws for a GraphQL answer of status 200 that says so. */
const throttleError = z.object({
  message: z.literal('GraphQL Rate Limit Exceeded'),
  response: z.object({ headers: z.record(z.string(), z.unknown()) }),
});

/** Longest that GitHub makes anyone wait is an hour; a header that says more is wrong. */
const MAX_WAIT_SECONDS = 3600;

/** Without a hint, GitHub's documentation asks for at least a minute. */
const DEFAULT_WAIT_SECONDS = 60;

/** HTTP status of an error of Octokit's, if it is one. */
export const statusOf = (error: unknown): number | undefined => requestError.safeParse(error).data?.status;

/**
 * Sorts what Octokit throws by what it asks of us: `RateLimited`, `Gone`, `Missing`, `Refused` or `Transient`. Anything else, such
 * as what we throw ourselves, passes as it is.
 * The texts name the request and GitHub's message, redacted, and nothing of the headers or the body that was sent.
 */
export function troubleOf(error: unknown, now: Date): Error {
  const limit = throttleError.safeParse(error);
  if (limit.success) return new RateLimited(limit.data.message, retryAt(limit.data.response.headers, now));
  const parsed = requestError.safeParse(error);
  if (!parsed.success) return error instanceof Error ? error : new Transient('GitHub client failed');
  const { status, message, request, response } = parsed.data;
  const headers = response?.headers ?? {};
  const text = redact(`${request.method} ${request.url}: ${status} ${message}`).slice(0, 500);

  if (status === 429 || (status === 403 && isRateLimit(message, headers)))
    return new RateLimited(text, retryAt(headers, now));
  if (status === 404 && request.url.endsWith('/access_tokens')) return new Gone(text);
  if (status === 451 || (status === 403 && /\bsuspended\b|\barchived\b|access blocked/i.test(message)))
    return new Gone(text);
  const isMissing = status === 404 || status === 410 || (status === 422 && /no commit found/i.test(message));
  if (isMissing) return new Missing(text);
  return response !== undefined && status < 500 ? new Refused(text, status) : new Transient(text);
}

const isRateLimit = (message: string, headers: Readonly<Record<string, unknown>>): boolean =>
  String(headers['x-ratelimit-remaining']) === '0' ||
  headers['retry-after'] !== undefined ||
  /\brate limit\b/i.test(message);

/** `retry-after`, else the reset of the hour's budget, else a minute: in the order of GitHub's documentation. */
export function retryAt(headers: Readonly<Record<string, unknown>>, now: Date): Date {
  const after = Number(headers['retry-after'] ?? Number.NaN);
  const reset = Number(headers['x-ratelimit-reset'] ?? Number.NaN) - now.getTime() / 1000;
  const isSpent = String(headers['x-ratelimit-remaining']) === '0';
  const seconds = after > 0 ? after : isSpent && Number.isFinite(reset) ? reset + 1 : DEFAULT_WAIT_SECONDS;
  return new Date(now.getTime() + Math.min(Math.max(seconds, 1), MAX_WAIT_SECONDS) * 1000);
}

/** The answer, or undefined when GitHub has no such thing. An uninstalled App is not an answer: that throws `Gone`. */
export async function unlessMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Missing) return undefined;
    throw error;
  }
}
