import { APIError } from 'openai';
import type { ModelRequest } from '../core/judge/model.ts';
import { connectServer } from './connect-server.ts';
import { firstDialect, nextDialect, toBody } from './dialect.ts';
import type { Dialect } from './dialect.ts';
import { readCompletion } from './read-completion.ts';
import { readFailure } from './read-failure.ts';
import type { ModelAttempt } from './read-failure.ts';

/** Where a model answers. */
export type ModelSettings = {
  /** Of an OpenAI-compatible server, such as `https://api.openai.com/v1`. One with `?api-version=…` is an Azure deployment's. */
  readonly baseURL: string;
  /** Empty for servers that ask for none. */
  readonly apiKey: string;
  readonly model: string;
  /** For one call, headers and body; a minute unless told. */
  readonly timeoutMs?: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
};

/** A model that can be asked. */
export type ConnectedModel = {
  /** As configured. */
  readonly name: string;
  /** Names model and address: replies of one are not those of another. */
  readonly identity: string;
  /** One call, no retry. Never throws for trouble with the model. */
  complete(request: ModelRequest): Promise<ModelAttempt>;
};

/** Words of a refusal that are looked at to find out which parameter the server does not take. */
const COMPLAINT_LENGTH = 2_000;

/**
 * Speaks Chat Completions, which every OpenAI-compatible server knows, and learns with the first call what the server does not
 * take (see `Dialect`). Does not connect yet.
 */
export function connectModel({ baseURL, apiKey, model, timeoutMs = 60_000, now }: ModelSettings): ConnectedModel {
  const client = connectServer({ baseURL, apiKey, timeoutMs, maxRetries: 0 });
  let learnt = firstDialect;
  /** The first call finds out what the server takes; those that come meanwhile wait instead of being refused one by one. */
  let probe: Promise<unknown> | undefined;

  const call = async (request: ModelRequest, dialect: Dialect): Promise<ModelAttempt> => {
    try {
      const body: unknown = await client.chat.completions.create(toBody(model, request, dialect));
      learnt = dialect;
      return readCompletion(body, request, model);
    } catch (error) {
      const next = nextDialect(dialect, complaintOf(error));
      return next === undefined ? readFailure(error, request, now) : call(request, next);
    }
  };

  return {
    name: model,
    identity: `${model} at ${baseURL}`,
    async complete(request) {
      if (probe !== undefined) {
        await probe;
        return call(request, learnt);
      }
      const first = call(request, learnt);
      probe = first.catch(() => undefined);
      return first;
    },
  };
}

/** What the server says against the request itself; empty for every other failure. */
function complaintOf(error: unknown): string {
  if (!(error instanceof APIError) || ![400, 422, 500, 501].includes(error.status ?? 0)) return '';
  return error.message.slice(0, COMPLAINT_LENGTH);
}
