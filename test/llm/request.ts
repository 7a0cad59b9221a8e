import type { ModelRequest } from '../../src/core/judge/model.ts';
import { fieldsOf } from '../../src/core/judge/fields.ts';
import { writeChecklist } from '../../src/core/judge/prompt.ts';
import { standardRubric } from '../../src/core/judge/rubric.ts';
import { connectModel } from '../../src/llm/connect-model.ts';
import type { ConnectedModel, ModelSettings } from '../../src/llm/connect-model.ts';
import { KEY, exampleOf, leafOf } from '../core/judge/example-leaf.ts';

/** A key that must turn up in no reason, no error and no log. */
export const API_KEY = 'sk-secret-0123456789';

export const connect = (url: string, settings: Partial<ModelSettings> = {}): ConnectedModel =>
  connectModel({ baseURL: url, apiKey: API_KEY, model: 'scripted', timeoutMs: 5_000, now: () => 0, ...settings });

/** A request as the judge makes it, about an example with this answer. */
export function requestAbout(answer: string): ModelRequest {
  const example = exampleOf({ answer });
  const { version, criteria } = standardRubric;
  const kind = 'freeform-skill';
  const fields = fieldsOf(leafOf([example]), example);
  return writeChecklist({ kind, version, criteria: criteria[kind], fields }, 0, KEY).request;
}
