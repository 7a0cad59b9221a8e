import type { Logger } from 'pino';
import { Probot } from 'probot';
import { z } from 'zod';
import { assayApp } from '../app.ts';
import type { AppCredentials, Environment } from '../config/environment.ts';
import { laneOf } from '../core/job.ts';
import type { AppDescription } from '../github/installations.ts';
import type { Observer } from '../observe/observer.ts';
import { reachOnly } from '../outbound.ts';
import type { VerifiedDelivery } from '../server/webhooks.ts';
import type { Inbox } from '../store/inbox.ts';
import { MAX_LOGGED } from './log.ts';

/** What a process needs to take deliveries. */
export type DeliveryParts = {
  readonly environment: Pick<Environment, 'github'>;
  readonly credentials: AppCredentials;
  readonly identity: Pick<AppDescription, 'slug'>;
  readonly inbox: Pick<Inbox, 'receive'>;
  readonly observer: Pick<Observer, 'delivery'>;
  readonly log: Logger;
  readonly now: () => Date;
};

/** Gives the way of a signed delivery through Probot into the inbox. It resolves when the delivery is stored. */
export async function receiveDeliveries({
  environment,
  credentials,
  identity,
  inbox,
  observer,
  log,
  now,
}: DeliveryParts): Promise<(delivery: VerifiedDelivery) => Promise<void>> {
  const probot = new Probot({
    appId: credentials.appId,
    privateKey: credentials.privateKey,
    secret: credentials.webhookSecrets[0],
    baseUrl: environment.github.apiUrl,
    request: { fetch: reachOnly(environment.github.apiUrl) },
    // It would log whole payloads, with all that contributors wrote; our server says what failed.
    log: log.child({ name: 'probot' }, { level: 'fatal' }),
  });
  await probot.load(
    assayApp({
      receive: async delivery => {
        const outcome = await inbox.receive(delivery);
        const { guid, event, jobs } = delivery;
        log.info({ delivery: guid, event, outcome, lanes: jobs.slice(0, MAX_LOGGED).map(laneOf) }, 'delivered');
      },
      app: { appId: credentials.appId, appSlug: identity.slug },
      now,
    }),
  );
  return delivery => observer.delivery(delivery.name, () => probot.receive(webhookEvent.parse(delivery)));
}

/** Verified and named by the server; what it holds is parsed where it is used. */
const webhookEvent = z.custom<Parameters<Probot['receive']>[0]>();
