/** Sends the request; with an ETag GitHub may answer 304, which costs nothing of the hour's limit. */
export type SendIfNot = (etag: string | undefined) => Promise<Response>;

/**
 * What GitHub answered last, to be asked only whether it is still so. Nothing is ever told without asking: GitHub looks at the rights
 * and at what stands now, each time.
 */
export type KnownAnswers = {
  /** The answer to a GET. `key` names everything that it depends on, whose rights it was asked with among it. */
  ask(key: string, url: string, send: SendIfNot): Promise<Response>;
};

/** Of one process, for all installations. An answer that was used last stays longest. */
const MAX_BYTES = 32_000_000;
const MAX_ANSWER_BYTES = 1_000_000;

type Known = { readonly etag: string; readonly headers: Headers; readonly body: Uint8Array<ArrayBuffer> };

/** Empty at first. An ETag holds for one token, so an answer that is known saves a request within the hour of its token. */
export function createKnownAnswers(maxBytes = MAX_BYTES): KnownAnswers {
  const kept = new Map<string, Known>();
  let bytes = 0;

  function forget(key: string): void {
    bytes -= kept.get(key)?.body.byteLength ?? 0;
    kept.delete(key);
  }

  function keep(key: string, known: Known): void {
    forget(key);
    kept.set(key, known);
    bytes += known.body.byteLength;
    for (const oldest of kept.keys()) {
      if (bytes <= maxBytes) return;
      forget(oldest);
    }
  }

  return {
    async ask(key, url, send) {
      const known = kept.get(key);
      const response = await send(known?.etag);
      if (response.status === 304 && known !== undefined) {
        keep(key, known);
        return withBody(response, known);
      }
      if (response.status !== 200) return response;
      forget(key);
      const etag = response.headers.get('etag');
      const body = new Uint8Array(await response.clone().arrayBuffer());
      if (etag !== null && body.byteLength <= MAX_ANSWER_BYTES && isWorthKeeping(url, response.headers, body))
        keep(key, { etag, headers: response.headers, body });
      return response;
    },
  };
}

/** The answer that was kept, under the headers that came now: what is left of the limit is in them. */
function withBody(response: Response, { headers, body }: Known): Response {
  const merged = new Headers(headers);
  for (const [name, value] of response.headers) merged.set(name, value);
  const whole = new Response(body, { status: 200, headers: merged });
  Object.defineProperty(whole, 'url', { value: response.url });
  return whole;
}

/**
 * Kept is only what is whole: JSON that was cut on its way would be confirmed for ever. And not the last page of a list when it is
 * full: what comes after it changes neither its body nor its ETag, only the link to the next page, which a 304 may leave out.
 */
function isWorthKeeping(url: string, headers: Headers, body: Uint8Array): boolean {
  const items = parse(body);
  if (items === undefined) return false;
  const size = new URL(url).searchParams.get('per_page');
  const isLast = !(headers.get('link') ?? '').includes('rel="next"');
  // Lists within an object tell their total there.
  return !(size !== null && isLast && Array.isArray(items) && items.length >= Number(size));
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}
