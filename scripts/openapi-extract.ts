/**
 * Remakes `test/simulator/openapi/extract.json`: the operations and webhooks that the simulated GitHub serves, cut out of
 * GitHub's own OpenAPI description and made plain JSON Schema (no prose, no examples, `nullable` as a type).
 *
 * The description is 384 MB on disk, so it is never a dependency. To run:
 *
 *     FOLDER=$(mktemp -d)
 *     npm install --prefix "$FOLDER" --ignore-scripts @octokit/openapi@23.0.2
 *     node scripts/openapi-extract.ts "$FOLDER/node_modules/@octokit/openapi"
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { operations, webhooks } from '../test/simulator/openapi/operations.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const at = (value: Json | undefined, ...keys: string[]): Json | undefined =>
  keys.reduce<Json | undefined>((inner, key) => (isObject(inner) ? inner[key] : undefined), value);

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/** Keys that say nothing about whether a value is right. */
const prose = new Set(['description', 'example', 'examples', 'title', 'externalDocs', 'deprecated', 'default', 'xml']);

/** A schema without prose, with OpenAPI 3.0's `nullable` said in JSON Schema's words. */
function plain(schema: Json, isPropertyMap = false): Json {
  if (Array.isArray(schema)) return schema.map(item => plain(item));
  if (!isObject(schema)) return schema;
  const kept = Object.entries(schema).filter(
    ([key]) =>
      isPropertyMap || (!prose.has(key) && !key.startsWith('x-') && key !== 'nullable' && key !== 'discriminator'),
  );
  const result = Object.fromEntries(
    kept.map(([key, value]) => {
      // Its lists of an App's events are out of date: without `merge_group`.
      if (isPropertyMap && key === 'events') return [key, { type: 'array', items: { type: 'string' } }];
      return [key, key === 'enum' ? value : plain(value, key === 'properties' && !isPropertyMap)];
    }),
  );
  if (isPropertyMap || schema['nullable'] !== true) return result;
  if (Array.isArray(result['enum'])) result['enum'] = [...result['enum'], null];
  if (typeof result['type'] === 'string') return { ...result, type: [result['type'], 'null'] };
  return { anyOf: [{ type: 'null' }, result] };
}

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Name the folder of @octokit/openapi: see the top of this file.');
const readJson = (...path: string[]): Json => JSON.parse(readFileSync(join(folder, ...path), 'utf8'));
const version = textOf(at(readJson('package.json'), 'version'));
const api = readJson('generated', 'api.github.com.json');

/** Follows references to parameters, responses and examples, which the extract writes in place; schemas stay references. */
function resolve(value: Json | undefined): Json | undefined {
  const reference = at(value, '$ref');
  if (typeof reference !== 'string' || reference.startsWith('#/components/schemas/')) return value;
  return resolve(at(api, ...reference.slice(2).split('/')));
}

/** Where the description contradicts itself: the account of a listed installation would have to be user and enterprise at once. */
const corrections: Record<string, JsonObject> = {
  'GET /app/installations 200': { type: 'array', items: { $ref: '#/components/schemas/installation' } },
};

function operation(name: string): JsonObject {
  const [method = '', path = ''] = name.split(' ');
  const found = at(api, 'paths', path, method.toLowerCase());
  if (!isObject(found)) throw new Error(`GitHub's description has no ${name}`);
  const parameters = (Array.isArray(found['parameters']) ? found['parameters'] : []).map(resolve).filter(isObject);
  const body = at(resolve(found['requestBody']), 'content', 'application/json', 'schema');
  const responses = Object.entries(isObject(found['responses']) ? found['responses'] : {}).map(
    ([status, response]): [string, Json] => [
      status,
      corrections[`${name} ${status}`] ?? plain(at(resolve(response), 'content', 'application/json', 'schema') ?? null),
    ],
  );
  return {
    id: found['operationId'] ?? name,
    query: Object.fromEntries(
      parameters
        .filter(parameter => parameter['in'] === 'query')
        .map(parameter => [textOf(parameter['name']), plain(parameter['schema'] ?? {})]),
    ),
    ...(body === undefined ? {} : { body: plain(body) }),
    responses: Object.fromEntries<Json>(responses),
  };
}

function webhook(name: string): Json {
  const schema = at(api, 'x-webhooks', name, 'post', 'requestBody', 'content', 'application/json', 'schema');
  if (schema === undefined) throw new Error(`GitHub's description has no webhook ${name}`);
  return plain(schema);
}

const extract = {
  source: `@octokit/openapi@${version}, generated/api.github.com.json`,
  operations: Object.fromEntries(operations.map(name => [name, operation(name)])),
  webhooks: Object.fromEntries(webhooks.map(name => [name, webhook(name)])),
};

/** Lets a property be `null` where the description forgot it. */
function allowNull(properties: Json | undefined, ...names: string[]): void {
  if (!isObject(properties)) return;
  for (const name of names) properties[name] = { anyOf: [{ type: 'null' }, properties[name] ?? {}] };
}

function correct(name: string, schema: Json): void {
  // Once a fork is deleted, the head has no repository.
  if (name === 'pull-request' || name === 'pull-request-simple')
    allowNull(at(schema, 'properties', 'head', 'properties'), 'repo');
  // A label may go without a description: the description says so of `label` and of `pull-request`.
  if (name === 'pull-request-simple')
    allowNull(at(schema, 'properties', 'labels', 'items', 'properties'), 'description');
  // An outdated comment has no place in the diff (so say `review-comment` and the webhook), one on a file never had.
  if (name === 'pull-request-review-comment' || name === 'review-comment')
    allowNull(at(schema, 'properties'), 'position', 'line', 'original_line');
}

/** Every schema that is reachable from the extract, by name. */
const schemas: JsonObject = {};
function collect(value: Json): void {
  if (Array.isArray(value)) return value.forEach(collect);
  if (!isObject(value)) return;
  const reference = value['$ref'];
  if (typeof reference === 'string') {
    const name = reference.split('/').at(-1) ?? '';
    if (!(name in schemas)) {
      const schema = plain(at(api, 'components', 'schemas', name) ?? null);
      correct(name, schema);
      schemas[name] = schema;
      collect(schema);
    }
  }
  Object.values(value).forEach(collect);
}
collect(extract);

const target = new URL('../test/simulator/openapi/extract.json', import.meta.url);
writeFileSync(target, `${JSON.stringify({ ...extract, schemas })}\n`);
console.log(`${operations.length} operations, ${webhooks.length} webhooks, ${Object.keys(schemas).length} schemas`);
