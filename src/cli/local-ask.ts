import { setTimeout as wait } from 'node:timers/promises';
import type { Environment } from '../config/environment.ts';
import { connectModel } from '../llm/connect-model.ts';
import { rememberReplies } from '../llm/remember.ts';
import type { Ask } from '../ports.ts';
import { createRepliesInMemory } from '../store/replies-in-memory.ts';

/** The configured model, with replies remembered for this one run. */
export function localAsk({ baseUrl, apiKey, name }: NonNullable<Environment['model']>): Ask {
  const model = connectModel({ baseURL: baseUrl, apiKey, model: name, now: Date.now });
  return rememberReplies(model, createRepliesInMemory(), { now: Date.now, wait });
}

type Variables = Readonly<Record<string, string | undefined>>;

/** The variables that name a model, without those of the App: they may be wrong or missing here. */
export const modelVariables = (env: Variables): Variables => {
  const { OPENAI_API_KEY, OPENAI_BASE_URL, ASSAY_MODEL } = env;
  const { ASSAY_STUDENT_BASE_URL, ASSAY_STUDENT_MODEL, ASSAY_STUDENT_API_KEY } = env;
  return {
    OPENAI_API_KEY,
    OPENAI_BASE_URL,
    ASSAY_MODEL,
    ASSAY_STUDENT_BASE_URL,
    ASSAY_STUDENT_MODEL,
    ASSAY_STUDENT_API_KEY,
  };
};
