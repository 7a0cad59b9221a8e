import { APIConnectionError, APIError, OpenAIError } from 'openai';
import { z } from 'zod';
import type { Vector } from '../core/duplicates/meaning.ts';
import { connectServer } from './connect-server.ts';

/** Where a model of embeddings answers. */
export type EmbeddingSettings = {
  /** Of an OpenAI-compatible server. One with `?api-version=…` is an Azure deployment's. */
  readonly baseURL: string;
  readonly apiKey: string;
  readonly model: string;
  /** For one call, headers and body; half a minute unless told. */
  readonly timeoutMs?: number;
};

/** What came of a call, and what it cost: undefined where the server did not say. */
export type EmbeddingReply =
  | { readonly type: 'vectors'; readonly vectors: readonly Vector[]; readonly tokens?: number }
  | { readonly type: 'failed'; readonly reason: string };

/** Longest vectors that are taken; the largest models in use have 8,192 numbers. */
const MAX_LENGTH = 8_192;

const replySchema = z.object({
  data: z.array(z.object({ index: z.int().min(0), embedding: z.array(z.number()).min(1).max(MAX_LENGTH) })),
  usage: z
    .object({ prompt_tokens: z.int().min(0) })
    .optional()
    .catch(undefined),
});

/** A model of embeddings: one call, and one more where the server was only busy. Never throws for trouble with it. */
export function connectEmbeddings({ baseURL, apiKey, model, timeoutMs = 30_000 }: EmbeddingSettings) {
  const client = connectServer({ baseURL, apiKey, timeoutMs, maxRetries: 1 });
  return {
    model,
    space: `${model} at ${baseURL}`,
    async embed(texts: readonly string[]): Promise<EmbeddingReply> {
      try {
        // Written out, because servers differ in whether they know base64.
        const body: unknown = await client.embeddings.create({ model, input: [...texts], encoding_format: 'float' });
        return readEmbeddings(body, texts.length);
      } catch (error) {
        return { type: 'failed', reason: reasonOf(error) };
      }
    },
  };
}

function readEmbeddings(body: unknown, count: number): EmbeddingReply {
  const parsed = replySchema.safeParse(body);
  if (!parsed.success) return unreadable;
  const { data, usage } = parsed.data;
  const byIndex = new Map(data.map(({ index, embedding }) => [index, Float32Array.from(embedding)]));
  const vectors = Array.from({ length: count }, (_, index) => byIndex.get(index) ?? new Float32Array());
  const [first] = vectors;
  // A value beyond a float's range would be nearest to everything.
  const isWhole =
    data.length === count &&
    vectors.every(vector => vector.length > 0 && vector.length === first?.length && vector.every(Number.isFinite));
  return isWhole ? { type: 'vectors', vectors, ...(usage && { tokens: usage.prompt_tokens }) } : unreadable;
}

const unreadable = { type: 'failed', reason: 'The server of the embeddings sent no usable reply.' } as const;

/** Made of the status alone: a server's message may repeat the key or the texts. Throws what is a mistake of ours. */
function reasonOf(error: unknown): string {
  if (error instanceof APIConnectionError) return 'The server of the embeddings could not be reached.';
  if (error instanceof APIError)
    return `The server of the embeddings answered with an error (${error.status ?? 'no status'}).`;
  if (error instanceof OpenAIError || error instanceof SyntaxError) return unreadable.reason;
  throw error;
}
