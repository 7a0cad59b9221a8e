/** GitHub's own description, as a judge of every request and answer. */
import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import * as formats from 'ajv-formats';
import type { operations, webhooks } from './openapi/operations.ts';
import type { Json } from './state.ts';

export type OperationName = (typeof operations)[number];

export type WebhookName = (typeof webhooks)[number];

type Schema = { [key: string]: unknown };

type Extract = {
  source: string;
  operations: Record<
    string,
    { id: string; query: Record<string, Schema>; body?: Schema; responses: Record<string, Schema | null> }
  >;
  webhooks: Record<string, Schema>;
  schemas: Record<string, Schema>;
};

let loaded: { extract: Extract; ajv: Ajv } | undefined;

/** Read once a process; a schema is compiled when it is first needed. */
function load() {
  if (loaded !== undefined) return loaded;
  const extract = JSON.parse(readFileSync(new URL('openapi/extract.json', import.meta.url), 'utf8')) as Extract;
  const ajv = new Ajv({ strict: false, logger: false, validateSchema: false, inlineRefs: false });
  formats.default.default(ajv);
  ajv.addSchema({ $id: 'github', components: { schemas: extract.schemas } });
  loaded = { extract, ajv };
  return loaded;
}

const compiled = new Map<string, ValidateFunction>();

const withRemoteRefs = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withRemoteRefs);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === '$ref' && typeof inner === 'string' ? `github${inner}` : withRemoteRefs(inner),
    ]),
  );
};

function problems(name: string, schema: Schema, value: unknown): string | undefined {
  const { ajv } = load();
  const validate = compiled.get(name) ?? ajv.compile(withRemoteRefs(schema) as Schema);
  compiled.set(name, validate);
  if (validate(value)) return undefined;
  return ajv.errorsText(validate.errors, { separator: '; ' });
}

export function requestProblem(name: OperationName, query: Record<string, unknown>, body: unknown): string | undefined {
  const operation = load().extract.operations[name];
  if (operation === undefined) return 'not in the extract: run scripts/openapi-extract.ts';
  for (const [key, value] of Object.entries(query)) {
    const schema = operation.query[key];
    if (schema === undefined) return `unknown query parameter ${key}`;
    const problem = problems(`${name} ?${key}`, schema, value);
    if (problem !== undefined) return `query parameter ${key}: ${problem}`;
  }
  if (operation.body === undefined) return undefined;
  return problems(`${name} body`, operation.body, body);
}

/** Errors may have any status; the description lists only some of them. */
export function responseProblem(name: OperationName, status: number, body: Json | undefined): string | undefined {
  const operation = load().extract.operations[name];
  const schema = operation?.responses[String(status)];
  if (schema === undefined) return status >= 400 ? undefined : `status ${status} is not described`;
  if (schema === null) return body === undefined ? undefined : `status ${status} has no body`;
  return problems(`${name} ${status}`, schema, body);
}

export function webhookProblem(name: WebhookName, payload: Json): string | undefined {
  const schema = load().extract.webhooks[name];
  return schema === undefined ? `no webhook ${name} in the extract` : problems(`webhook ${name}`, schema, payload);
}

/** A query string's values as the description types them: numbers and booleans are written as text in a URL. */
export function typedQuery(name: OperationName, search: URLSearchParams): Record<string, string | number | boolean> {
  const described = load().extract.operations[name]?.query ?? {};
  return Object.fromEntries(
    [...search].map(([key, value]) => {
      const type = described[key]?.['type'];
      if (type === 'integer' && /^\d+$/.test(value)) return [key, Number(value)];
      if (type === 'boolean' && (value === 'true' || value === 'false')) return [key, value === 'true'];
      return [key, value];
    }),
  );
}
