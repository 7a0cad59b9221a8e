import type { Environment } from '../../config/environment.ts';
import { connectEmbeddings } from '../../llm/connect-embeddings.ts';
import { connectModel } from '../../llm/connect-model.ts';
import type { Checkup } from './checkup.ts';

/** A question that costs next to nothing. */
const PROBE = {
  system: 'Reply with JSON.',
  user: 'Reply with {"ok": true}.',
  schema: {
    name: 'probe',
    schema: { type: 'object', properties: { ok: { type: 'boolean' } }, required: ['ok'], additionalProperties: false },
  },
  maxCompletionTokens: 200,
};

/** Asks the model one small question. */
export async function checkModel(settings: Environment['model']): Promise<Checkup> {
  const name = 'model';
  if (settings === undefined)
    return {
      name,
      state: 'skipped',
      says: 'None is configured: the rules run, the judge does not. OPENAI_API_KEY or OPENAI_BASE_URL would name one.',
    };
  const { baseUrl, apiKey, name: model } = settings;
  const place = `${model} at ${new URL(baseUrl).host}`;
  const connected = connectModel({ baseURL: baseUrl, apiKey, model, timeoutMs: 20_000, now: Date.now });
  const attempt = await connected.complete(PROBE);
  if (attempt.outcome === 'ok') return { name, state: 'fine', says: `${place} answers.` };
  const remedy = 'Check OPENAI_API_KEY, OPENAI_BASE_URL and ASSAY_MODEL.';
  return { name, state: 'wrong', says: `${place} does not answer: ${attempt.reason}`, remedy };
}

/** Asks the model of embeddings for one vector. Most installations have none, and hear nothing of it. */
export async function* checkEmbeddings(settings: Environment['embeddings']): AsyncGenerator<Checkup, void, undefined> {
  if (settings === undefined) return;
  const { baseUrl, apiKey, name: model } = settings;
  const name = 'embeddings';
  const place = `${model} at ${new URL(baseUrl).host}`;
  const reply = await connectEmbeddings({ baseURL: baseUrl, apiKey, model, timeoutMs: 20_000 }).embed(['probe']);
  yield reply.type === 'vectors'
    ? { name, state: 'fine', says: `${place} answers with ${reply.vectors[0]?.length ?? 0} numbers a text.` }
    : {
        name,
        state: 'wrong',
        says: `${place} is of no use: ${reply.reason}`,
        remedy: 'Check ASSAY_EMBEDDINGS_BASE_URL, ASSAY_EMBEDDINGS_MODEL and ASSAY_EMBEDDINGS_API_KEY.',
      };
}
