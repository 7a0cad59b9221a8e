/**
 * Our trouble, by what it asks of us. Adapters throw these; anything else thrown counts as trouble that a later try may not have.
 * None of their messages may hold a secret or a contributor's text.
 */

/** GitHub told us to wait. Nothing is wrong; the work goes on at `retryAt`. */
export class RateLimited extends Error {
  override readonly name = 'RateLimited';
  readonly retryAt: Date;

  constructor(message: string, retryAt: Date) {
    super(message);
    this.retryAt = retryAt;
  }
}

/**
 * GitHub grants no more for now, or little is left of the hour and nobody waits for this job. It goes on at `retryAt`, and its try
 * does not count: waiting is no failure, however often.
 */
export class Postponed extends Error {
  override readonly name = 'Postponed';
  readonly retryAt: Date;

  constructor(retryAt: Date, cause?: RateLimited) {
    super(cause?.message ?? 'What GitHub allows in this hour is kept for people.', { cause });
    this.retryAt = retryAt;
  }
}

/** What the job is about is not there for us any more: uninstalled, suspended, deleted, transferred. Trying again is pointless. */
export class Gone extends Error {
  override readonly name = 'Gone';
}

/** This process ends. Nothing is wrong with the job: another process does it at once, or the next start. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor() {
    super('The process ends.');
  }
}

/** The last try ended with its process, or never ended. What it does cannot be done, and is not tried again. */
export class Abandoned extends Error {
  override readonly name = 'Abandoned';

  constructor() {
    super('The last try ended with its process, or never ended.');
  }
}

/** The sentence that people on the pull request may read. Never the error's own text: it could say anything. */
export function explainTrouble(error: unknown): string {
  if (error instanceof RateLimited) return 'GitHub asked us to slow down.';
  if (error instanceof Abandoned) return 'Our server stopped while it was at this, or did not come to an end.';
  return 'Something went wrong on our side or on GitHub’s, not with your contribution.';
}
