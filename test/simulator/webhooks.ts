/** Webhooks: signed, sent, logged as GitHub logs them; and lost, late or twice when a test wants it so. */
import { createHmac, randomUUID } from 'node:crypto';
import { webhooks as described } from './openapi/operations.ts';
import { type WebhookName, webhookProblem } from './openapi.ts';
import { accountJson, organizationJson } from './rest/account-json.ts';
import { repositoryJson } from './rest/repository-json.ts';
import {
  type Account,
  type Installation,
  type JsonObject,
  type Repository,
  type World,
  installationOf,
  nodeId,
} from './state.ts';

export type Delivery = {
  id: number;
  guid: string;
  event: string;
  action: string | null;
  payload: JsonObject;
  /** The very bytes that were signed. */
  body: string;
  headers: Record<string, string>;
  redelivery: boolean;
  deliveredAt: string;
  /** Seconds. */
  duration: number;
  /** 0 if nothing answered. */
  statusCode: number;
  status: string;
  response: string;
  installationId: number | null;
  repositoryId: number | null;
};

/** `hold` keeps deliveries back until `release`; `duplicate` sends each twice with one GUID; `lose` sends none. */
export type DeliveryMode = 'deliver' | 'hold' | 'duplicate' | 'lose';

export type Webhooks = ReturnType<typeof createWebhooks>;

export type Outgoing = {
  event: string;
  action: string | null;
  payload: JsonObject;
  sender: Account;
  repository?: Repository;
  installation?: Installation;
};

/** Events that every App gets, whatever it subscribed to. */
const always = new Set(['installation', 'installation_repositories', 'ping']);

const TIMEOUT_MS = 10_000;

const statusText: Record<number, string> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  0: 'failed to connect to host',
};

export function createWebhooks(
  world: World,
  options: { url: string | undefined; mode: DeliveryMode; timeout: number | undefined },
) {
  const deliveries: Delivery[] = [];
  const sent: { event: string; action: string | null; payload: JsonObject }[] = [];
  const held: Delivery[] = [];
  const running = new Set<Promise<unknown>>();
  let toDrop = 0;
  let toFail: number[] = [];

  async function post(delivery: Delivery): Promise<void> {
    const started = performance.now();
    const failure = toFail.shift();
    if (failure !== undefined) delivery.statusCode = failure;
    else
      try {
        const response = await fetch(hooks.url ?? '', {
          method: 'POST',
          headers: delivery.headers,
          body: delivery.body,
          signal: AbortSignal.timeout(options.timeout ?? TIMEOUT_MS),
        });
        delivery.statusCode = response.status;
        delivery.response = (await response.text()).slice(0, 10_000);
      } catch (error) {
        delivery.statusCode = 0;
        if (error instanceof Error && error.name === 'TimeoutError') delivery.status = 'timed out';
      }
    if (delivery.status === '') delivery.status = statusText[delivery.statusCode] ?? 'Invalid HTTP Response';
    delivery.duration = Math.round((performance.now() - started) / 10) / 100;
  }

  async function deliver(delivery: Delivery): Promise<void> {
    if (hooks.url === undefined) return;
    deliveries.push(delivery);
    const posting = post(delivery);
    running.add(posting);
    await posting.finally(() => running.delete(posting));
  }

  const signatures = (body: string): Record<string, string> => ({
    'x-hub-signature': `sha1=${createHmac('sha1', world.app.webhookSecret).update(body).digest('hex')}`,
    'x-hub-signature-256': `sha256=${createHmac('sha256', world.app.webhookSecret).update(body).digest('hex')}`,
  });

  /** A delivery of the same event again: a new line in the log with the same GUID. */
  const again = (delivery: Delivery): Delivery => ({
    ...delivery,
    id: world.nextId(),
    redelivery: true,
    deliveredAt: world.timestamp(),
    statusCode: 0,
    status: '',
    response: '',
  });

  function envelope({ event, action, payload, sender, repository, installation }: Outgoing): Delivery {
    const full: JsonObject = {
      ...(action === null ? {} : { action }),
      ...payload,
      ...(repository === undefined
        ? {}
        : { repository: { ...repositoryJson(world, repository), ...(payload['repository'] as JsonObject) } }),
      ...(repository?.owner.type === 'Organization' ? { organization: organizationJson(world, repository.owner) } : {}),
      sender: accountJson(world, sender),
      ...('installation' in payload || installation === undefined
        ? {}
        : { installation: { id: installation.id, node_id: nodeId('INS', installation.id) } }),
    };
    const name = [event, ...(action === null ? [] : [action])].join('-').replaceAll('_', '-') as WebhookName;
    const problem = described.includes(name)
      ? webhookProblem(name, JSON.parse(JSON.stringify(full)) as JsonObject)
      : undefined;
    if (problem !== undefined) world.violations.push({ kind: 'webhook', where: name, problem });
    const body = JSON.stringify(full);
    const guid = randomUUID();
    return {
      id: world.nextId(),
      guid,
      event,
      action,
      payload: JSON.parse(body) as JsonObject,
      body,
      headers: {
        accept: '*/*',
        'content-type': 'application/json',
        'user-agent': 'GitHub-Hookshot/simulated',
        'x-github-delivery': guid,
        'x-github-event': event,
        'x-github-hook-id': String(world.app.id + 1000),
        'x-github-hook-installation-target-id': String(world.app.id),
        'x-github-hook-installation-target-type': 'integration',
        ...signatures(body),
      },
      redelivery: false,
      deliveredAt: world.timestamp(),
      duration: 0,
      statusCode: 0,
      status: '',
      response: '',
      installationId: installation?.id ?? null,
      repositoryId: repository?.id ?? null,
    };
  }

  /** Sends an event to the App if it is installed there, subscribed to it and not suspended; resolves once answered. */
  async function send(outgoing: Outgoing): Promise<void> {
    const { event, action, repository } = outgoing;
    const installation =
      outgoing.installation ?? (repository === undefined ? undefined : installationOf(world, repository));
    if (!always.has(event)) {
      if (installation === undefined || installation.suspendedAt !== null) return;
      if (!installation.events.includes(event)) return;
    }
    const delivery = envelope({ ...outgoing, ...(installation === undefined ? {} : { installation }) });
    sent.push({ event, action, payload: delivery.payload });
    if (hooks.mode === 'lose') return;
    if (toDrop > 0) {
      toDrop -= 1;
      return;
    }
    if (hooks.mode === 'hold') held.push(delivery);
    else if (hooks.mode === 'duplicate') await Promise.all([deliver(delivery), deliver(again(delivery))]);
    else await deliver(delivery);
  }

  const hooks = {
    /** Where the App listens; without it nothing is delivered. May change, as when the App starts again elsewhere. */
    url: options.url,
    mode: options.mode,
    /** The log, oldest first. */
    deliveries,
    /** Every event that was due to the App, also those lost or held back. */
    sent,
    send,
    /** The next deliveries vanish, without a line in the log. Returns how to end it before its time. */
    dropNext(count = 1): () => void {
      toDrop += count;
      return () => {
        toDrop = 0;
      };
    },
    /** The next deliveries do not reach the App and are logged with that status (0: no connection). As above. */
    failNext(count = 1, statusCode = 502): () => void {
      toFail = [...toFail, ...Array.from({ length: count }, () => statusCode)];
      return () => {
        toFail = [];
      };
    },
    /** Sends what was held back: in order, the other way round, or those at these positions, some of them perhaps twice. */
    async release(order: 'in order' | 'reversed' | ((count: number) => readonly number[]) = 'in order'): Promise<void> {
      const due = held.splice(0);
      const positions = typeof order === 'function' ? order(due.length) : due.keys().toArray();
      const sorted = order === 'reversed' ? positions.toReversed() : positions;
      const sent = new Set<number>();
      for (const position of sorted) {
        const delivery = due[position];
        if (delivery !== undefined) await deliver(sent.has(position) ? again(delivery) : delivery);
        sent.add(position);
      }
    },
    /** Sends a logged delivery again under its GUID, as the button in the settings and the API do. */
    async redeliver(id: number): Promise<void> {
      const delivery = deliveries.find(each => each.id === id);
      if (delivery === undefined) throw new Error(`no delivery ${id}`);
      await deliver(again(delivery));
    },
    /** Sends a logged delivery as one of so long before: all its dates are earlier, and nobody has seen its GUID. */
    async replay(id: number, milliseconds: number): Promise<void> {
      const delivery = deliveries.find(each => each.id === id);
      if (delivery === undefined) throw new Error(`no delivery ${id}`);
      const body = delivery.body.replaceAll(/"(\d{4}-\d\d-\d\dT[\d:.]+Z)"/g, (_, at: string) =>
        JSON.stringify(new Date(Date.parse(at) - milliseconds).toISOString().replace('.000Z', 'Z')),
      );
      const guid = randomUUID();
      const headers = { ...delivery.headers, 'x-github-delivery': guid, ...signatures(body) };
      await deliver({ ...again(delivery), guid, body, payload: JSON.parse(body) as JsonObject, headers });
    },
    /** Resolves when no delivery is under way. */
    async settled(): Promise<void> {
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
  return hooks;
}
