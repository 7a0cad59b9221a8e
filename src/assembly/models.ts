import { setTimeout as wait } from 'node:timers/promises';
import type { Environment } from '../config/environment.ts';
import type { ModelRequest } from '../core/judge/model.ts';
import { Interrupted } from '../core/trouble.ts';
import { chargeEmbeddings } from '../llm/charge-embeddings.ts';
import { connectEmbeddings } from '../llm/connect-embeddings.ts';
import { connectModel } from '../llm/connect-model.ts';
import { rememberReplies } from '../llm/remember.ts';
import type { Observer } from '../observe/observer.ts';
import type { Ask, Embedding, Replies } from '../ports.ts';

/** The way to a model, its replies remembered. */
export function askThrough(
  { baseUrl, apiKey, name }: NonNullable<Environment['model']>,
  replies: Replies,
  now: () => number,
  observer: Observer,
  end: AbortSignal,
): Ask {
  const model = connectModel({ baseURL: baseUrl, apiKey, model: name, now });
  const observed = {
    ...model,
    complete: (request: ModelRequest) => observer.modelCall(name, () => untilEnd(model.complete(request), end)),
  };
  return rememberReplies(observed, replies, { now, wait });
}

/** The way to a model of embeddings, its calls charged. */
export function embedThrough(
  { baseUrl, apiKey, name }: NonNullable<Environment['embeddings']>,
  replies: Pick<Replies, 'reserve' | 'settle'>,
  now: () => number,
  end: AbortSignal,
): Embedding {
  const model = connectEmbeddings({ baseURL: baseUrl, apiKey, model: name });
  return chargeEmbeddings({ ...model, embed: texts => untilEnd(model.embed(texts), end) }, replies, now);
}

/** A reply, unless the process ends before it comes: a model may take a minute. Its charge stays, since nobody knows what it costs. */
function untilEnd<Reply>(reply: Promise<Reply>, end: AbortSignal): Promise<Reply> {
  const { promise: ended, reject } = Promise.withResolvers<never>();
  const interrupt = (): void => reject(new Interrupted());
  if (end.aborted) interrupt();
  end.addEventListener('abort', interrupt, { once: true });
  return Promise.race([reply, ended]).finally(() => end.removeEventListener('abort', interrupt));
}
