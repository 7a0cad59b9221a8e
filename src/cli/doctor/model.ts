import type { Environment } from '../../config/environment.ts';
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
