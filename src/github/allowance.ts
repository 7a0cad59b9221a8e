/** What GitHub said last of the hourly limits of one installation. */
export type Allowance = {
  /** Told by the headers of each answer. */
  note(headers: Headers): void;
  /** When the limit that is nearly used up begins anew; undefined while there is enough of each. */
  scarceUntil(): Date | undefined;
};

/** What is left to people: work that nobody waits for ends where less than this share of the hour is left. */
const RESERVE = 0.15;

type Left = { readonly isScarce: boolean; readonly resetAt: number };

/** Empty at first: nothing is scarce. `now` is in milliseconds. */
export function createAllowance(now: () => number): Allowance {
  // REST and GraphQL have a limit each, and GitHub may add others.
  const byResource = new Map<string, Left>();
  return {
    note(headers) {
      const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map(name =>
        Number(headers.get(`x-ratelimit-${name}`) ?? Number.NaN),
      );
      if (limit === undefined || remaining === undefined || reset === undefined) return;
      if (!Number.isFinite(limit + remaining + reset)) return;
      const isScarce = remaining < limit * RESERVE;
      byResource.set(headers.get('x-ratelimit-resource') ?? '', { isScarce, resetAt: reset * 1000 });
    },
    scarceUntil() {
      const resets = [...byResource.values()].flatMap(({ isScarce, resetAt }) =>
        isScarce && resetAt > now() ? [resetAt] : [],
      );
      return resets.length === 0 ? undefined : new Date(Math.max(...resets));
    },
  };
}
