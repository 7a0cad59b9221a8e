import { once } from 'node:events';
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { Misconfigured } from '../config/variables.ts';

/** A server that listens. */
export type Listening = {
  /** Without a slash at the end. */
  readonly url: string;
  /** Takes no more requests, ends when the open ones have, and ends them after five seconds. */
  readonly stop: () => Promise<void>;
};

/** Time for open requests to end when the server stops, in milliseconds. */
const STOP_WITHIN = 5000;

/** Connections at a time. */
export const MAX_CONNECTIONS = 256;

/**
 * Serves the app at this address, and tells of each connection that is closed unread because too many are open. A port that is taken is
 * said so in one sentence.
 */
export async function listen(
  app: Hono,
  { host, port }: { readonly host: string; readonly port: number },
  refused: () => void = () => undefined,
): Promise<Listening> {
  // Slow senders are cut off: GitHub sends its 25 MB in far less.
  const answer = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 5000 },
    (request, response) => void answer(request, response),
  );
  // GitHub opens few; strangers shall not hold more of our memory than this many can.
  server.maxConnections = MAX_CONNECTIONS;
  server.on('drop', refused);
  server.listen({ host, port });
  try {
    await once(server, 'listening');
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    throw new Misconfigured(
      isTaken
        ? `Port ${port} is taken: set PORT to another.`
        : `The address ${host} cannot be listened on: set HOST to an address of this machine.`,
      { cause: error },
    );
  }
  const address = server.address();
  const actualPort = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${actualPort}`,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      const timer = setTimeout(() => server.closeAllConnections(), STOP_WITHIN);
      await closed;
      clearTimeout(timer);
    },
  };
}
