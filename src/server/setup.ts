import { randomBytes, timingSafeEqual } from 'node:crypto';
import { Octokit } from '@octokit/rest';
import { Hono } from 'hono';
import type { Context } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { z } from 'zod';
import type { Environment } from '../config/environment.ts';
import { reachOnly } from '../outbound.ts';
import { readAppManifest } from './app-manifest.ts';
import { updateEnvFile } from './env-file.ts';
import { listen } from './listen.ts';
import type { Listening } from './listen.ts';
import { registeredPage, setupPage } from './setup-page.ts';

export type SetupSettings = {
  readonly environment: Pick<Environment, 'github' | 'server' | 'setup'>;
  /** Where the credentials are kept, `.env` in the working folder unless another is named. */
  readonly envFile?: string;
  readonly log: { readonly info: (message: string) => void };
};

/** The set-up page, and the moment at which the App is registered and its credentials are saved. */
export type Setup = Listening & {
  /** Where to open it; with a key that only who started the server knows. */
  readonly pageUrl: string;
  readonly registered: Promise<void>;
};

const conversion = z.object({
  id: z.number(),
  client_id: z.string(),
  client_secret: z.string(),
  webhook_secret: z.string(),
  pem: z.string(),
  html_url: z.url(),
});

/**
 * Serves Probot's manifest flow at Probot's own paths: a form that GitHub turns into an App, and the address to which GitHub sends the
 * browser back with a code for its credentials. Unlike Probot's page it fetches no code, opens no channel, names the webhook path that
 * will really listen, and takes no code that its own form did not ask for. Its one outward call is that conversion, to the
 * configured GitHub.
 */
export async function startSetup({ environment, envFile = '.env', log }: SetupSettings): Promise<Setup> {
  const { github, server, setup } = environment;
  const key = randomBytes(16).toString('hex');
  const { promise: registered, resolve } = Promise.withResolvers<void>();
  const app = new Hono();
  app.use(
    secureHeaders({
      referrerPolicy: 'no-referrer',
      contentSecurityPolicy: { defaultSrc: ["'none'"], styleSrc: ["'unsafe-inline'"] },
    }),
  );

  app.get('/', ({ redirect }) => redirect('/probot'));

  app.get('/probot', ({ req, html, text }) => {
    const origin = setup.publicUrl?.replace(/(?<!\/)\/+$/, '') ?? originOf(req);
    // No exception for this machine: a proxy, or a name that was made to point here, looks just like it.
    if (!isOwner(req.query('key'), key)) {
      return text('Open the address that the server printed when it started: it holds a key.\n', 403);
    }
    const webhookUrl = setup.webhookProxyUrl ?? `${origin}${server.webhookPath}`;
    const owner = setup.organisation === undefined ? '' : `/organizations/${setup.organisation}`;
    return html(
      setupPage({
        manifest: readAppManifest(webhookUrl, `${origin}/probot/setup`),
        action: `${github.webUrl}${owner}/settings/apps/new?state=${key}`,
        isReachable: !isLoopbackHost(new URL(webhookUrl).hostname),
      }),
    );
  });

  app.get('/probot/setup', async ({ req, redirect, text }) => {
    if (!isOwner(req.query('state'), key))
      return text('Start again at the set-up page: this answer is not to its form.\n', 400);
    const code = req.query('code') ?? '';
    if (!/^[\w-]{1,200}$/.test(code)) return text('The code is missing.\n', 400);
    const octokit = new Octokit({
      baseUrl: github.apiUrl,
      userAgent: 'assay-taxonomy',
      log: silent,
      request: { fetch: reachOnly(github.apiUrl) },
    });
    const { data } = await octokit.request('POST /app-manifests/{code}/conversions', { code });
    const { id, client_id, client_secret, webhook_secret, pem, html_url } = conversion.parse(data);
    updateEnvFile(envFile, {
      APP_ID: String(id),
      PRIVATE_KEY: pem,
      WEBHOOK_SECRET: webhook_secret,
      GITHUB_CLIENT_ID: client_id,
      GITHUB_CLIENT_SECRET: client_secret,
    });
    log.info(`The App is registered and its credentials are in ${envFile}: start the server again.`);
    resolve();
    return redirect(`${html_url}/installations/new`);
  });

  app.get('/probot/success', ({ html }) => html(registeredPage()));
  app.get('/healthz', ({ text }) => text('ok\n'));
  app.onError((_, { text }) => text('GitHub did not give the credentials: start again at the set-up page.\n', 502));

  const listening = await listen(app, server);
  const pageUrl = `${listening.url}/probot?key=${key}`;
  log.info(`Open ${pageUrl} to register the GitHub App.`);
  return { ...listening, pageUrl, registered };
}

/** Octokit's own lines would hold the code. */
const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** The address that the browser used, through a proxy if there is one. Only shown back to that browser, which has the key. */
function originOf(req: Context['req']): string {
  const protocol = req.header('x-forwarded-proto')?.split(',')[0] === 'https' ? 'https' : 'http';
  const host = req.header('x-forwarded-host') ?? req.header('host') ?? '';
  return `${protocol}://${/^[\w.:[\]-]+$/.test(host) ? host : 'invalid'}`;
}

function isOwner(given: string | undefined, key: string): boolean {
  const [one, other] = [Buffer.from(given ?? ''), Buffer.from(key)];
  return one.length === other.length && timingSafeEqual(one, other);
}

const isLoopbackHost = (host: string): boolean => ['localhost', '127.0.0.1', '::1', '[::1]'].includes(host);
