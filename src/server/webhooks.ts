import type { Context } from 'hono';
import { isEventName } from '../core/job-of-event.ts';
import { readBody } from './read-body.ts';
import { isSignature, isSigned } from './signature.ts';

/** A delivery that GitHub has signed. */
export type VerifiedDelivery = {
  /** `X-GitHub-Delivery`: not part of what is signed. */
  readonly id: string;
  /** `X-GitHub-Event`: not part of what is signed. */
  readonly name: string;
  readonly payload: unknown;
};

export type WebhookSettings = {
  readonly secrets: readonly string[];
  /** Resolves when the delivery is safe in the inbox. */
  readonly receive: (delivery: VerifiedDelivery) => Promise<void>;
  readonly warn: (message: string, fields: Readonly<Record<string, unknown>>) => void;
  /** How long the inbox may take, in milliseconds. */
  readonly answerWithin?: number;
  /** How many bytes the bodies that are being received may hold together; 100 MB unless told. */
  readonly maxBytesTogether?: number;
};

/** GitHub sends no larger payload. */
const MAX_BYTES = 25 * 1024 * 1024;

/** Four of the largest at once. GitHub keeps what is refused as failed, and it is asked for again. */
const MAX_BYTES_TOGETHER = 4 * MAX_BYTES;

/** GitHub waits 10 s. An answer in time that says "failed" is on record there and can be redelivered; silence is too, but late. */
const ANSWER_WITHIN = 8000;

/**
 * Takes one delivery, and only then answers. The order is the defence: nothing is read that is too large or bears no signature,
 * nothing is parsed whose signature does not fit. 5xx means that GitHub shall keep it as failed.
 */
export function answerWebhook({
  secrets,
  receive,
  warn,
  answerWithin = ANSWER_WITHIN,
  maxBytesTogether = MAX_BYTES_TOGETHER,
}: WebhookSettings) {
  const together = { maxBytes: maxBytesTogether, heldBytes: 0 };
  return async ({ req, text }: Context): Promise<Response> => {
    if (!/^application\/json(?:\s*;|$)/i.test(req.header('content-type') ?? '')) {
      return text('Set the content type of the webhook to application/json.\n', 415);
    }
    const signature = req.header('x-hub-signature-256');
    if (!isSignature(signature)) return text('Not signed.\n', 401, { connection: 'close' });
    const body = await readBody(req.raw, MAX_BYTES, together);
    if (body === 'too-large') return text('Too large.\n', 413, { connection: 'close' });
    if (body === 'too-much-at-once') return text('Too much at once: send it again.\n', 503, { connection: 'close' });
    if (body === 'broken-off') return text('The body broke off.\n', 400);
    if (!isSigned(body, signature, secrets)) {
      warn('a webhook was not signed with our secret', { guid: req.header('x-github-delivery') });
      return text('The signature does not fit.\n', 401);
    }

    const name = req.header('x-github-event') ?? '';
    const id = req.header('x-github-delivery') ?? '';
    if (!/^\w{1,100}$/.test(name) || !/^[\w-]{1,100}$/.test(id)) return text('Not a delivery of GitHub.\n', 400);
    if (!isEventName(name)) return text('Ignored.\n', 202);
    const payload = parseJson(body);
    if (payload === undefined) return text('Not JSON.\n', 400);

    try {
      const inTime = await withinTime(receive({ id, name, payload }), answerWithin);
      if (inTime) return text('Accepted.\n', 200);
      warn('a webhook was not stored in time', { guid: id, event: name });
    } catch (error) {
      warn('a webhook could not be stored', { guid: id, event: name, error });
      return text('Not stored: send it again.\n', 500);
    }
    return text('Not stored in time: send it again.\n', 503);
  };
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Whether it ended in time. If it ends later, the delivery is stored after all, and its repetition changes nothing. */
async function withinTime(work: Promise<void>, milliseconds: number): Promise<boolean> {
  const { promise: timeout, resolve } = Promise.withResolvers<false>();
  const timer = setTimeout(() => resolve(false), milliseconds);
  // Its failure after the timeout has nobody left to hear it.
  work.catch(() => undefined);
  try {
    return await Promise.race([work.then(() => true), timeout]);
  } finally {
    clearTimeout(timer);
  }
}
