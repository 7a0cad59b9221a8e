import { Hono } from 'hono';
import type { Environment } from '../config/environment.ts';
import { listen } from './listen.ts';
import type { Listening } from './listen.ts';
import { answerWebhook } from './webhooks.ts';
import type { WebhookSettings } from './webhooks.ts';

export type ServerSettings = WebhookSettings & {
  readonly address: Environment['server'];
  /** Whether work can be taken: the database answers. */
  readonly isReady: () => Promise<boolean>;
};

/**
 * The web server: webhooks, `/healthz` (the process lives) and `/readyz` (it can take work). Everything else is 404; another method
 * on a known path is 405.
 */
export async function startServer({ address, isReady, ...settings }: ServerSettings): Promise<Listening> {
  const app = new Hono();
  app.post(address.webhookPath, answerWebhook(settings));
  app.get('/healthz', ({ text }) => text('ok\n'));
  app.get('/readyz', async ({ text }) =>
    (await isReady().catch(() => false)) ? text('ready\n') : text('not ready\n', 503),
  );
  app.all(address.webhookPath, ({ text }) => text('POST alone.\n', 405, { allow: 'POST' }));
  app.onError((error, { text }) => {
    settings.warn('a request failed', { error });
    return text('Something went wrong.\n', 500);
  });
  return listen(app, address);
}
