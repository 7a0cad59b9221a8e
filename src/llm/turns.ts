/** Lets calls to one server happen a few at a time, and not while it has asked for a pause. */
export type Turns = {
  /** Runs the call when there is room. Calls take turns in the order in which they came. */
  take<Result>(call: () => Promise<Result>): Promise<Result>;
  /** The server asks not to be called for so many milliseconds. */
  pause(milliseconds: number): void;
  /** Milliseconds until it may be called again; 0 if it may be now. */
  remaining(): number;
};

/** At most `limit` calls at the same time. `now` in milliseconds. */
export function makeTurns(limit: number, now: () => number): Turns {
  const waiting: (() => void)[] = [];
  let running = 0;
  let pausedUntil = 0;

  return {
    async take(call) {
      if (running >= limit) await new Promise<void>(resolve => waiting.push(resolve));
      else running += 1;
      try {
        return await call();
      } finally {
        // The turn goes over to who waits longest, so that nobody new slips in between.
        const next = waiting.shift();
        if (next === undefined) running -= 1;
        else next();
      }
    },
    pause(milliseconds) {
      pausedUntil = Math.max(pausedUntil, now() + milliseconds);
    },
    remaining: () => Math.max(0, pausedUntil - now()),
  };
}
