/** GitHub's limits on how much and how fast, primary and secondary. */
import { type Actor, ApiError } from './rest/request.ts';

export type RateLimitOptions = {
  /** Requests an hour and installation. Default 5,000. */
  primary?: number;
  /** Also hold the secondary limits: 80 new contents and 900 points a minute, 500 new contents an hour, 100 requests at once. Default no. */
  secondary?: boolean;
  /** Seconds in `retry-after` when a secondary limit is hit; `null` leaves the header out. Default 60. */
  retryAfter?: number | null;
};

export type RateLimit = ReturnType<typeof createRateLimit>;

const HOUR = 3600_000;

const MINUTE = 60_000;

const message = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';

export function createRateLimit(now: () => number, options: RateLimitOptions) {
  const limit = options.primary ?? 5000;
  const windows = new Map<number, { used: number; resetsAt: number }>();
  let recent: { at: number; points: number; isContent: boolean }[] = [];
  let contentsOfHour: number[] = [];

  function windowOf(actor: Actor) {
    const key = actor.kind === 'installation' ? actor.installation.id : 0;
    const known = windows.get(key);
    if (known !== undefined && known.resetsAt > now()) return known;
    const fresh = { used: 0, resetsAt: now() + HOUR };
    windows.set(key, fresh);
    return fresh;
  }

  /** What `/rate_limit` tells. */
  function state(actor: Actor) {
    const { used, resetsAt } = windowOf(actor);
    return { limit, used, remaining: Math.max(limit - used, 0), reset: Math.ceil(resetsAt / 1000), resource: 'core' };
  }

  function headers(actor: Actor): Record<string, string> {
    const { used, remaining, reset } = state(actor);
    return {
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-used': String(used),
      'x-ratelimit-remaining': String(remaining),
      'x-ratelimit-reset': String(reset),
      'x-ratelimit-resource': 'core',
    };
  }

  /** Counts a request, or refuses it with 403. `running` is how many are under way. */
  function take(actor: Actor, request: { isWrite: boolean; isContent: boolean; running: number }): void {
    const window = windowOf(actor);
    if (window.used >= limit)
      throw new ApiError(403, 'API rate limit exceeded for installation.', { headers: headers(actor) });
    window.used += 1;
    if (options.secondary !== true) return;
    recent = recent.filter(({ at }) => at > now() - MINUTE);
    const points = recent.reduce((sum, each) => sum + each.points, request.isWrite ? 5 : 1);
    const contents = recent.filter(({ isContent }) => isContent).length + (request.isContent ? 1 : 0);
    contentsOfHour = contentsOfHour.filter(at => at > now() - HOUR);
    const isTooMuch = points > 900 || contents > 80 || request.running > 100;
    if (isTooMuch || (request.isContent && contentsOfHour.length >= 500)) {
      const { retryAfter = 60 } = options;
      throw new ApiError(403, message, { headers: retryAfter === null ? {} : { 'retry-after': String(retryAfter) } });
    }
    if (request.isContent) contentsOfHour.push(now());
    recent.push({ at: now(), points: request.isWrite ? 5 : 1, isContent: request.isContent });
  }

  /** A 304 costs nothing. */
  function refund(actor: Actor): void {
    windowOf(actor).used -= 1;
  }

  return { state, headers, take, refund, isSecondary: options.secondary === true };
}
