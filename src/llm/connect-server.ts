import OpenAI from 'openai';
import { boundedFetch } from './bounded-fetch.ts';

/** An OpenAI-compatible server, and how patient to be with it. */
export type ModelServer = {
  /** Such as `https://api.openai.com/v1`. One with `?api-version=…` is an Azure deployment's. */
  readonly baseURL: string;
  /** Empty for servers that ask for none. */
  readonly apiKey: string;
  /** For one call, headers and body. */
  readonly timeoutMs: number;
  readonly maxRetries: number;
};

/** A client that reaches this server and no other, with this key and nothing else of the environment. Does not connect yet. */
export function connectServer({ baseURL, apiKey, timeoutMs, maxRetries }: ModelServer): OpenAI {
  const { address, query, isAzure } = readAddress(baseURL);
  const key = apiKey === '' ? 'none' : apiKey;
  return new OpenAI({
    baseURL: address,
    apiKey: key,
    defaultQuery: query,
    // Azure wants its key in a header of its own, and is not to find it in the other.
    ...(isAzure && { defaultHeaders: { 'api-key': key, authorization: null } }),
    // Read from the environment otherwise, and sent to whatever host is configured.
    adminAPIKey: null,
    organization: null,
    project: null,
    timeout: timeoutMs,
    maxRetries,
    logLevel: 'off',
    fetch: boundedFetch(address),
  });
}

/** The address without its query, which every call carries. */
function readAddress(baseURL: string): {
  readonly address: string;
  readonly query: Record<string, string>;
  readonly isAzure: boolean;
} {
  const url = new URL(baseURL);
  const query = Object.fromEntries(url.searchParams);
  url.search = '';
  return { address: url.href.replace(/\/$/, ''), query, isAzure: 'api-version' in query };
}
