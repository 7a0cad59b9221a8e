import type { Caps, ModelReply, ModelRequest, Spender, Usage } from '../core/judge/model.ts';
import { requestHash } from '../core/judge/request-hash.ts';
import { thousands } from '../core/limits.ts';
import type { Ask, Replies, StoredReply } from '../ports.ts';
import { makeBreaker } from './breaker.ts';
import type { ConnectedModel } from './connect-model.ts';
import { LONGEST_PAUSE_MS } from './read-failure.ts';
import type { ModelAttempt } from './read-failure.ts';
import { requestBound } from './token-bound.ts';
import { makeTurns } from './turns.ts';

/** Time, in milliseconds. */
export type Clock = {
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<unknown>;
};

/** The first try, and one more where that may help. */
const MAX_ATTEMPTS = 2;

/** Calls to one server at the same time, over all pull requests. */
const MAX_PARALLEL = 8;

/**
 * A request whose reply was malformed so often is left alone for so long: otherwise anybody who has the pull request looked at
 * again, by a comment, spends what it may use.
 */
const MAX_MALFORMED = 2;
const MALFORMED_MS = 6 * 3_600_000;

/** Entries that are kept, the newest; of some hundred bytes each. */
const MAX_REMEMBERED = 10_000;

/**
 * Asks the model at most once for equal requests, and never for more than pull request, author and repository may spend. Each
 * call, the second try included, is charged at its upper bound before it begins and settled at what it used, so that calls in
 * parallel cannot exceed a cap together and a killed process cannot hide what it spent. A few calls run at a time, and none while
 * the server has asked for a pause. A malformed reply is asked for once more, and after that left alone for some hours. Throws on
 * trouble of the store.
 */
export function rememberReplies(
  model: ConnectedModel,
  replies: Replies,
  { now, wait }: Clock,
  { parallel = MAX_PARALLEL }: { readonly parallel?: number } = {},
): Ask {
  const breaker = makeBreaker(now);
  const turns = makeTurns(parallel, now);
  const inFlight = new Map<string, Promise<ModelReply>>();
  const malformed = rememberMalformed(now);

  const callModel = async (hash: string, request: ModelRequest, spender: Spender): Promise<ModelAttempt> => {
    const left = turns.remaining();
    if (left > LONGEST_PAUSE_MS) return askedToWait;
    if (left > 0) await wait(left);
    const call = { model: model.name, usage: requestBound(request) };
    const reserved = await replies.reserve(hash, spender, call, new Date(now()));
    if (reserved.type === 'over') return overBudget(reserved.cap, spender);
    const began = now();
    const reply = await model.complete(request);
    if (reply.pauseMs !== undefined) turns.pause(reply.pauseMs);
    const { outcome, usage } = reply;
    const ended = { outcome, model: model.name, usage, milliseconds: now() - began };
    await replies.settle(reserved.id, spender, ended, toStored(reply, model.name));
    if (outcome === 'malformed') malformed.record(hash, reply);
    breaker.record(keyOf(spender), outcome !== 'transport' && outcome !== 'timeout');
    return reply;
  };

  const askModel = async (hash: string, request: ModelRequest, spender: Spender): Promise<ModelReply> => {
    let failure: ModelReply | undefined;
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      if (breaker.isOpen(keyOf(spender))) return failure ?? leftAlone;
      const reply = await turns.take(() => callModel(hash, request, spender));
      if (reply.outcome === 'budget') return failure ?? reply;
      if (reply.retryAfterMs === undefined) return reply;
      failure = reply;
      if (attempt < MAX_ATTEMPTS) await wait(reply.retryAfterMs);
    }
    return failure ?? leftAlone;
  };

  return async function ask(request, spender) {
    const hash = requestHash(model.identity, request);
    // The same example twice in one contribution: the second waits for the first, and asks itself only if that failed.
    await inFlight.get(hash)?.catch(() => undefined);
    const stored = await replies.find(hash, spender);
    if (stored !== undefined) {
      const { isEarlier, ...reply } = stored;
      return { ...reply, isStored: isEarlier };
    }
    const hopeless = malformed.find(hash);
    if (hopeless !== undefined) return hopeless;
    const running = inFlight.get(hash);
    if (running !== undefined) return ask(request, spender);
    const asked = askModel(hash, request, spender).finally(() => inFlight.delete(hash));
    inFlight.set(hash, asked);
    return asked;
  };
}

/** A server that stumbles over one pull request goes on with the others. */
const keyOf = ({ pullRequest }: Spender): string => `${pullRequest.repository.id}#${pullRequest.number}`;

/** In this process only: after a restart a request may be tried again. */
function rememberMalformed(now: Clock['now']) {
  const seen = new Map<string, { readonly times: number; readonly since: number; readonly reply: ModelReply }>();
  const recent = (hash: string) => {
    const entry = seen.get(hash);
    return entry !== undefined && now() - entry.since < MALFORMED_MS ? entry : undefined;
  };
  return {
    find(hash: string): ModelReply | undefined {
      const entry = recent(hash);
      return entry !== undefined && entry.times >= MAX_MALFORMED ? entry.reply : undefined;
    },
    record(hash: string, reply: ModelReply): void {
      const { times, since } = recent(hash) ?? { times: 0, since: now() };
      // Taken out first, so that the order of the map is that of the last change.
      seen.delete(hash);
      seen.set(hash, { times: times + 1, since, reply });
      const [oldest] = seen.size > MAX_REMEMBERED ? seen.keys() : [];
      if (oldest !== undefined) seen.delete(oldest);
    },
  };
}

const NOTHING: Usage = { promptTokens: 0, completionTokens: 0 };

const leftAlone: ModelReply = {
  outcome: 'transport',
  reason: "The model's server failed several times in a row and is left alone for a minute.",
  usage: NOTHING,
};

const askedToWait: ModelReply = {
  outcome: 'transport',
  reason: "The model's server asked to be left alone for longer than a review waits.",
  usage: NOTHING,
};

const WHOSE = {
  pullRequest: 'this pull request may use for the judge',
  authorPerDay: 'the pull requests of one author may use for the judge in a day',
  repositoryPerDay: 'this repository may use for the judge in a day',
} as const satisfies Record<keyof Caps, string>;

const overBudget = (cap: keyof Caps, { caps }: Spender): ModelReply => ({
  outcome: 'budget',
  reason: `The ${thousands(caps[cap])} tokens that ${WHOSE[cap]} are spent${cap === 'pullRequest' ? '' : '; the next day begins at 00:00 UTC'}.`,
  usage: NOTHING,
});

/** What the provider decided stays decided. Broken answers and outages are tried again in the next review. */
function toStored(reply: ModelReply, model: string): StoredReply | undefined {
  const { outcome, usage } = reply;
  if (outcome === 'ok') return { outcome, text: reply.text, model, usage };
  const isDecided = outcome === 'refused' || outcome === 'truncated' || outcome === 'filtered';
  return isDecided ? { outcome, reason: reply.reason, usage } : undefined;
}
