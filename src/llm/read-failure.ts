import { APIConnectionError, APIConnectionTimeoutError, APIError, OpenAIError } from 'openai';
import type { ModelReply, ModelRequest, Usage } from '../core/judge/model.ts';
import { BodyTooLarge } from './bounded-fetch.ts';
import { requestBound } from './token-bound.ts';

/** A reply, and what to do about its failure. Milliseconds. */
export type ModelAttempt = ModelReply & {
  /** After which pause one more try may help; absent when it would not. */
  readonly retryAfterMs?: number;
  /** For how long the server asked not to be called at all. */
  readonly pauseMs?: number;
};

/** A server that asks for a longer pause is not asked again in this review. */
export const LONGEST_PAUSE_MS = 20_000;

/** No server is left alone for longer, whatever it asks for: it may have meant something else. */
const MAX_PAUSE_MS = 3_600_000;

const PAUSE_MS = 1_000;

const NOTHING: Usage = { promptTokens: 0, completionTokens: 0 };

/** The connection broke while the server may have been at work, so what it cost is unknown. */
const BROKEN_OFF: ReadonlySet<unknown> = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

/**
 * What a failed call means. Reasons are made of the status alone: a provider's message may repeat the key or the prompt.
 * Charged is what the call may have cost: nothing when the server said no, the upper bound when nobody knows. Throws what is no
 * failure of a call: that is a mistake in our program.
 */
export function readFailure(error: unknown, request: ModelRequest, now: () => number): ModelAttempt {
  if (error instanceof APIConnectionTimeoutError) {
    return {
      outcome: 'timeout',
      reason: 'The model did not answer in time.',
      usage: requestBound(request),
      retryAfterMs: PAUSE_MS,
    };
  }
  if (error instanceof APIConnectionError) {
    if (error.cause instanceof BodyTooLarge) {
      return { outcome: 'malformed', reason: 'The reply of the model is too large.', usage: requestBound(request) };
    }
    const usage = BROKEN_OFF.has(causeCode(error)) ? requestBound(request) : NOTHING;
    return {
      outcome: 'transport',
      reason: "The model's server could not be reached.",
      usage,
      retryAfterMs: PAUSE_MS,
    };
  }
  if (error instanceof APIError) return readStatus(error, now);
  if (error instanceof OpenAIError) {
    return { outcome: 'transport', reason: "The model's server could not be asked.", usage: NOTHING };
  }
  if (error instanceof SyntaxError) {
    return {
      outcome: 'malformed',
      reason: "The answer of the model's server is broken off.",
      usage: requestBound(request),
    };
  }
  throw error;
}

/** vLLM, llama.cpp and llama-cpp-python have no code for it; these are their words. */
const TOO_LONG = /maximum context length|context (?:size|window|length)|exceed_context_size/i;

/** Words of a refusal that are looked at. */
const COMPLAINT_LENGTH = 2_000;

function readStatus({ status, code, headers, message }: APIError, now: () => number): ModelAttempt {
  if (status === 400 && code === 'content_filter') {
    return {
      outcome: 'filtered',
      reason: "The provider's content filter did not let the example through.",
      usage: NOTHING,
    };
  }
  if (status === 400 && (code === 'context_length_exceeded' || TOO_LONG.test(message.slice(0, COMPLAINT_LENGTH)))) {
    return { outcome: 'truncated', reason: 'The example is longer than the model can read.', usage: NOTHING };
  }
  const failure = { outcome: 'transport', reason: statusReason(status), usage: NOTHING } as const;
  const isPassing = status === 408 || status === 409 || status === 429 || (status ?? 0) >= 500;
  if (!isPassing || code === 'insufficient_quota') return failure;
  const asked = pauseOf(headers, now);
  const retryAfterMs = asked ?? PAUSE_MS;
  return {
    ...failure,
    ...(retryAfterMs <= LONGEST_PAUSE_MS && { retryAfterMs }),
    ...(asked !== undefined && (status === 429 || status === 503) && { pauseMs: Math.min(asked, MAX_PAUSE_MS) }),
  };
}

function statusReason(status: number | undefined): string {
  if (status === 401 || status === 403) return `The model's server did not accept the key (${status}).`;
  if (status === 404) return "The model's server does not know the address or the model (404).";
  if (status === 429) return "The model's server has had too many requests (429).";
  return `The model's server answered with an error (${status ?? 'no status'}).`;
}

/** `retry-after` is seconds or a date (RFC 9110 §10.2.3); OpenAI also sends milliseconds. Undefined where it says nothing. */
function pauseOf(headers: Headers | undefined, now: () => number): number | undefined {
  const milliseconds = Number.parseFloat(headers?.get('retry-after-ms') ?? '');
  if (milliseconds >= 0) return milliseconds;
  const value = headers?.get('retry-after') ?? '';
  const seconds = /^\d+(?:\.\d+)?$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - now();
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}

/** Node's fetch hides the system's code one or two causes deep. */
function causeCode(error: unknown): unknown {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1) {
    if ('code' in cause && typeof cause.code === 'string') return cause.code;
  }
  return undefined;
}
