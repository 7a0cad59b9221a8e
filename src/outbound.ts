/** Redirects of one request that are gone after; a renamed repository is one. */
const MAX_REDIRECTS = 3;

/** A request was about to go to a place that nobody configured. It names the place and nothing that was to be sent. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

/**
 * The only way out of the process by HTTP: a `fetch` that reaches one origin (scheme, host and port of a configured address) and no other.
 * What a name or a redirect leads to cannot be chosen by who writes to us: anything else is refused with `Unreachable` before a connection is
 * opened, private addresses among it, unless one is what was configured. Redirects are gone after on the same origin alone, and never
 * make a reading request of a writing one; `redirect: 'manual'` and `'error'` mean what they mean for `fetch`.
 */
export function reachOnly(address: string): (input: string | URL, init?: RequestInit) => Promise<Response> {
  const { origin } = new URL(address);
  return async (input, init = {}) => {
    let url = within(origin, input);
    if (init.redirect === 'manual' || init.redirect === 'error') return fetch(url, init);
    for (let redirects = 0; ; redirects++) {
      // oxlint-disable-next-line no-await-in-loop -- Where to go next is in the answer.
      const response = await fetch(url, { ...init, redirect: 'manual' });
      const location = response.headers.get('location');
      if (location === null || !isRedirect(response.status)) return response;
      // 307 and 308 keep the method. The others would turn a write into a read, whose answer looks like success.
      if (!isReading(init.method) && response.status < 307) throw new Unreachable(`${url.origin} redirects a write`);
      if (redirects === MAX_REDIRECTS) throw new Unreachable(`${url.origin} redirects without end`);
      url = within(origin, new URL(location, url));
      // oxlint-disable-next-line no-await-in-loop -- Frees the connection for the next request.
      await response.body?.cancel();
    }
  };
}

function within(origin: string, input: string | URL): URL {
  const url = new URL(input);
  if (url.origin === origin) return url;
  throw new Unreachable(`${url.protocol}//${url.host} is not ${origin}, the only place that may be reached here`);
}

const isRedirect = (status: number): boolean => [301, 302, 303, 307, 308].includes(status);
const isReading = (method = 'GET'): boolean => method === 'GET' || method === 'HEAD';
