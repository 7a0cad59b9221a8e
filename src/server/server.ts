import { createHash, timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import type { Context } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { Environment } from '../config/environment.ts';
import { listen } from './listen.ts';
import type { Listening } from './listen.ts';
import { answerWebhook } from './webhooks.ts';
import type { WebhookSettings } from './webhooks.ts';

export type ServerSettings = Omit<WebhookSettings, 'receive'> & {
  /** Absent where this process takes no deliveries: then their path is not there. */
  readonly receive?: WebhookSettings['receive'];
  readonly address: Environment['server'];
  /** Whether work can be taken: the database answers, and the process is not about to end. */
  readonly isReady: () => Promise<boolean>;
  /** `/metrics`, for who has the token; absent where it has a port of its own, or nobody asked for it. */
  readonly metrics?: MetricsPage & { readonly token: string };
  /** Told of each connection that is closed unread because too many are open: nobody knows what it was to bring. */
  readonly refused?: () => void;
};

/** What `/metrics` shows. */
export type MetricsPage = { readonly read: () => Promise<{ readonly contentType: string; readonly text: string }> };

/**
 * The web server: webhooks, `/healthz` (the process lives), `/readyz` (it can take work) and `/metrics`. Everything else is 404; another method
 * on a known path is 405.
 */
export async function startServer({
  address,
  isReady,
  metrics,
  receive,
  refused,
  ...settings
}: ServerSettings): Promise<Listening> {
  const app = new Hono();
  app.use(secureHeaders());
  app.get('/healthz', ({ text }) => text('ok\n'));
  app.get('/readyz', async ({ text }) =>
    (await isReady().catch(() => false)) ? text('ready\n') : text('not ready\n', 503),
  );
  if (metrics !== undefined) app.get('/metrics', answerMetrics(metrics, metrics.token));
  if (receive !== undefined) {
    app.post(address.webhookPath, answerWebhook({ ...settings, receive }));
    app.all(address.webhookPath, ({ text }) => text('POST alone.\n', 405, { allow: 'POST' }));
  }
  app.onError((error, { text }) => {
    settings.warn('a request failed', { error });
    return text('Something went wrong.\n', 500);
  });
  return listen(app, address, refused);
}

/** The metrics alone, on a port of their own, for whoever can reach it. */
export async function startMetricsServer(
  address: { readonly host: string; readonly port: number },
  page: MetricsPage,
): Promise<Listening> {
  const app = new Hono();
  app.use(secureHeaders());
  app.get('/metrics', answerMetrics(page));
  app.onError((_, { text }) => text('Something went wrong.\n', 500));
  return listen(app, address);
}

/** Without a token everybody may read. Which is right, a stranger cannot find out by how long the answer takes. */
const answerMetrics =
  ({ read }: MetricsPage, token?: string) =>
  async ({ req, text }: Context): Promise<Response> => {
    if (token !== undefined && !isSame(req.header('authorization') ?? '', `Bearer ${token}`))
      return text('Not for you.\n', 401, { 'www-authenticate': 'Bearer' });
    const page = await read();
    return text(page.text, 200, { 'content-type': page.contentType });
  };

/** Hashed first: what is compared has the same length whatever was sent. */
const isSame = (given: string, expected: string): boolean => timingSafeEqual(digest(given), digest(expected));
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
