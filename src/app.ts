import { Probot } from 'probot';
import { hashText } from './core/finding.ts';
import { isEventName, jobsFor } from './core/job-of-event.ts';
import type { Job } from './core/job.ts';

/** A delivery as it goes into the inbox. */
export type ReceivedDelivery = {
  readonly guid: string;
  readonly event: string;
  /** Of the payload: equal bytes give equal hashes. */
  readonly bodyHash: string;
  readonly receivedAt: Date;
  readonly jobs: readonly Job[];
};

export type AppSettings = {
  /** Stores the delivery; when it resolves, the work is safe. */
  readonly receive: (delivery: ReceivedDelivery) => Promise<unknown>;
  readonly appId: number;
  readonly now: () => Date;
};

/** The Probot app: a delivery goes into the inbox with the jobs that it asks for. It decides nothing and does no work. */
export function assayApp({ receive, appId, now }: AppSettings): (app: Probot) => void {
  return app =>
    app.onAny(async ({ id, name, payload }) => {
      if (!isEventName(name)) return;
      const jobs = jobsFor(name, payload, appId);
      if (jobs.length === 0) return;
      await receive({ guid: id, event: name, bodyHash: hashText(JSON.stringify(payload)), receivedAt: now(), jobs });
    });
}

/** What Probot is told about the App and its GitHub. */
export type ProbotSettings = {
  readonly appId: number;
  readonly privateKey: string;
  /** Signatures are verified before a delivery comes here; Probot only wants one to be there. */
  readonly webhookSecrets: readonly string[];
  readonly apiUrl: string;
};

/** A delivery whose signature was verified. */
type Verified = { readonly id: string; readonly name: string; readonly payload: unknown };

/** Starts Probot with the app in it. Gives the function that takes a verified delivery and ends when it is stored, or fails. */
export async function startApp(
  settings: Omit<AppSettings, 'appId'>,
  { appId, privateKey, webhookSecrets, apiUrl }: ProbotSettings,
): Promise<(delivery: Verified) => Promise<void>> {
  const [secret = ''] = webhookSecrets;
  // With an error Probot would log the whole payload. The error itself comes back from `receive`.
  const probot = new Probot({ appId, privateKey, secret, baseUrl: apiUrl, logLevel: 'fatal' });
  await probot.ready();
  await probot.load(assayApp({ ...settings, appId }));
  return async delivery => {
    if (!isProbotEvent(delivery)) throw new Error(`An event that Probot does not know: ${delivery.name}`);
    await probot.webhooks.receive(delivery);
  };
}

type ProbotEvent = Parameters<Probot['webhooks']['receive']>[0];

const isProbotEvent = (delivery: Verified): delivery is Verified & ProbotEvent =>
  isEventName(delivery.name) && typeof delivery.payload === 'object' && delivery.payload !== null;
