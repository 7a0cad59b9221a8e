import { reachOnly } from '../outbound.ts';

/** A reply to a checklist has a few kilobytes; whoever sends more is not answering it. */
const MAX_BODY_BYTES = 1_000_000;

/** The server sent more than any reply may have. */
export class BodyTooLarge extends Error {}

/**
 * `fetch` that reads the whole body, at most 1 MB of it, before it returns: so the SDK's time limit, which ends with the
 * headers, covers the body as well. Redirects are refused: contributed text goes to the configured host and to no other.
 */
export function boundedFetch(
  address: string,
): (input: string | URL | Request, init?: RequestInit) => Promise<Response> {
  const reach = reachOnly(address);
  return async (input, init) =>
    readWhole(await reach(input instanceof Request ? input.url : input, { ...init, redirect: 'error' }));
}

async function readWhole(response: Response): Promise<Response> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    // Leaving the loop cancels the stream and closes the connection.
    if (size > MAX_BODY_BYTES) throw new BodyTooLarge('The reply of the model is too large.');
    chunks.push(chunk);
  }
  const hasBody = response.status !== 204 && response.status !== 205 && response.status !== 304;
  return new Response(hasBody ? new Blob(chunks) : null, { status: response.status, headers: response.headers });
}
