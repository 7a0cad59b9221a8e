/** Keeps a server that is down from being asked for every example, each time until the time limit. */
export type Breaker = {
  isOpen(key: string): boolean;
  /** Tells how a call ended: whether the server answered at all. */
  record(key: string, hasAnswered: boolean): void;
};

const FAILURES = 3;
const PAUSE_MS = 60_000;

/** More pull requests than are ever reviewed within a minute; the oldest are forgotten. */
const MAX_KEYS = 1_000;

/**
 * Opens for a key after three failures in a row, for a minute; after that, one more failure opens it again. One key a pull
 * request: a contributor whose text makes a server stumble must not cut off the others. `now` in milliseconds.
 */
export function makeBreaker(now: () => number): Breaker {
  const troubles = new Map<string, { readonly failures: number; readonly openUntil: number }>();
  return {
    isOpen: key => now() < (troubles.get(key)?.openUntil ?? 0),
    record: (key, hasAnswered) => {
      const failures = (troubles.get(key)?.failures ?? 0) + 1;
      troubles.delete(key);
      if (hasAnswered) return;
      troubles.set(key, { failures, openUntil: failures >= FAILURES ? now() + PAUSE_MS : 0 });
      const [oldest] = troubles.keys();
      if (oldest !== undefined && troubles.size > MAX_KEYS) troubles.delete(oldest);
    },
  };
}
