import { html } from 'hono/html';
import type { AppManifest } from './app-manifest.ts';

const style = 'font: 16px/1.5 system-ui, sans-serif; max-width: 40rem; margin: 4rem auto; padding: 0 1rem';

/** The form that GitHub turns into an App. Shows what will be asked for, and where the webhooks will go. */
export function setupPage({
  manifest,
  action,
  isReachable,
}: {
  readonly manifest: AppManifest;
  readonly action: string;
  readonly isReachable: boolean;
}) {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>Set up ${manifest.name}</title>
      </head>
      <body style="${style}">
        <h1>Set up ${manifest.name}</h1>
        <p>${manifest.description}</p>
        <p>
          GitHub will register an App of your own and send its webhooks to <code>${manifest.hook_attributes.url}</code>.
        </p>
        ${
          isReachable
            ? ''
            : html`<p>
                <strong>GitHub cannot reach that address.</strong> Open this page under the public address of this
                server, or set <code>ASSAY_PUBLIC_URL</code> to it; for a trial on your own machine set
                <code>WEBHOOK_PROXY_URL</code> to a channel that you forward here.
              </p>`
        }
        <p>It asks for:</p>
        <ul>
          ${Object.entries(manifest.default_permissions).map(([name, level]) => html`<li>${name}: ${level}</li>`)}
        </ul>
        <form action="${action}" method="post">
          <button name="manifest" value="${JSON.stringify(manifest)}">Register the GitHub App</button>
        </form>
        <p>
          You have an App already? Set <code>APP_ID</code>, <code>PRIVATE_KEY_PATH</code> and
          <code>WEBHOOK_SECRET</code>.
        </p>
      </body>
    </html>`;
}

/** Where a person may be sent once the App is installed. */
export const registeredPage = () =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>Assay is registered</title>
      </head>
      <body style="${style}">
        <h1>Assay is registered</h1>
        <p>Its credentials are saved. Start the server again if it has stopped.</p>
      </body>
    </html>`;
