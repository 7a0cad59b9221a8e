import type { ModelRequest } from '../../src/core/judge/model.ts';
import { fieldsOf } from '../../src/core/judge/fields.ts';
import { writeChecklist } from '../../src/core/judge/prompt.ts';
import type { Case } from '../../src/core/judge/case.ts';
import { writeSolve } from '../../src/core/judge/solve.ts';
import { standardRubric } from '../../src/core/judge/rubric.ts';
import { connectModel } from '../../src/llm/connect-model.ts';
import type { ConnectedModel, ModelSettings } from '../../src/llm/connect-model.ts';
import { KEY, exampleOf, leafOf } from '../core/judge/example-leaf.ts';

/** A key that must turn up in no reason, no error and no log. */
export const API_KEY = 'sk-secret-0123456789';

export const connect = (url: string, settings: Partial<ModelSettings> = {}): ConnectedModel =>
  connectModel({ baseURL: url, apiKey: API_KEY, model: 'scripted', timeoutMs: 5_000, now: () => 0, ...settings });

/** A request as the judge makes it, about an example with this answer. */
export const requestAbout = (answer: string): ModelRequest => checklistAbout(answer).request;

/** The checklist of the judge about an example with this answer, with what it takes to read the reply. */
export function checklistAbout(answer: string): Pick<ReturnType<typeof writeChecklist>, 'request' | 'form'> {
  return writeChecklist(caseAbout(answer), 0, KEY);
}

/** The blind solve of the same example. */
export const solveAbout = (answer: string): ModelRequest => writeSolve(caseAbout(answer), KEY);

function caseAbout(answer: string): Case {
  const example = exampleOf({ answer });
  const { version, criteria } = standardRubric;
  const kind = 'freeform-skill';
  return { kind, version, criteria: criteria[kind], fields: fieldsOf(leafOf([example]), example) };
}
