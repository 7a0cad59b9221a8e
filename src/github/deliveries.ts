import type { Octokit } from '@octokit/rest';
import { z } from 'zod';

/** A webhook that never arrived. */
export type FailedDelivery = {
  /** Of the last attempt. Text, because GitHub's ids outgrow JavaScript's integers. */
  readonly id: string;
  /** The same for every attempt. */
  readonly guid: string;
  /** With its action, such as `pull_request.opened`. */
  readonly event: string;
  /** ISO 8601. */
  readonly deliveredAt: string;
  /** What our side, or a proxy before it, answered the last time; 0 for nothing. */
  readonly statusCode: number;
  /** So often it failed. */
  readonly attempts: number;
};

const delivery = z.object({
  id: z.union([z.number(), z.bigint()]).transform(String),
  guid: z.string(),
  delivered_at: z.string(),
  status_code: z.number(),
  event: z.string(),
  action: z.string().nullable(),
});

/**
 * Webhooks since then of which no attempt arrived, the oldest first. GitHub keeps them for three days and sends none again by
 * itself. Needs a client with the rights of the App.
 */
export async function listFailedDeliveries(octokit: Octokit, since: Date): Promise<readonly FailedDelivery[]> {
  const arrived = new Set<string>();
  const failed = new Map<string, FailedDelivery>();
  // The newest come first: a redelivery that arrived is seen before the attempt that failed.
  const pages = octokit.paginate.iterator(octokit.rest.apps.listWebhookDeliveries, { per_page: 100 });
  for await (const { data } of pages) {
    const page = data.map(entry => delivery.parse(entry));
    const recent = page.filter(({ delivered_at }) => Date.parse(delivered_at) >= since.getTime());
    for (const { id, guid, event, action, delivered_at, status_code } of recent) {
      if (status_code >= 200 && status_code < 400) arrived.add(guid);
      else {
        const newer = failed.get(guid);
        const name = action === null ? event : `${event}.${action}`;
        const first = { id, guid, event: name, deliveredAt: delivered_at, statusCode: status_code, attempts: 0 };
        failed.set(guid, { ...(newer ?? first), attempts: (newer?.attempts ?? 0) + 1 });
      }
    }
    if (recent.length < page.length) break;
  }
  return [...failed.values()].filter(({ guid }) => !arrived.has(guid)).toReversed();
}

/** Asks GitHub to send a webhook again, with the same GUID. Needs a client with the rights of the App. */
export async function redeliver(octokit: Octokit, { id }: Pick<FailedDelivery, 'id'>): Promise<void> {
  // In the path as text: a number would lose the digits beyond 2^53.
  await octokit.request(`POST /app/hook/deliveries/${encodeURIComponent(id)}/attempts`);
}
