/** GraphQL, executed against GitHub's own schema. A field that is valid but not simulated fails loudly. */
import { readFileSync } from 'node:fs';
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  buildSchema,
  execute,
  parse,
  validate,
} from 'graphql';
import { type Actor, type Answer, textOf, unauthorized } from '../rest/request.ts';
import { type Json, type JsonObject, type Repository, type World, installationOf } from '../state.ts';
import { mutations, nodeOf } from './mutations.ts';
import { repositoryNode } from './repository-nodes.ts';

let schema: GraphQLSchema | undefined;

/** A third of a second of work, so only when the first query comes, once a process. */
function loadSchema(): GraphQLSchema {
  if (schema !== undefined) return schema;
  const file = new URL('schema.graphql', import.meta.resolve('@octokit/graphql-schema'));
  // Without its descriptions it is read in half the time.
  const definitions = readFileSync(file, 'utf8').replaceAll(/"""[\s\S]*?"""/g, '');
  schema = buildSchema(definitions, { assumeValid: true, assumeValidSDL: true, noLocation: true });
  return schema;
}

/** Documents that were parsed and found valid before. */
const known = new Map<string, DocumentNode>();

/** An error as GitHub words it: with its `type` beside the message. */
export const graphqlError = (type: string, message: string) => new GraphQLError(message, { extensions: { type } });

export function createGraphql(world: World) {
  const violate = (where: string, problem: string): void => {
    world.violations.push({ kind: 'graphql', where, problem });
  };

  /** Plain objects hold the answers; what an object does not hold, we do not simulate. */
  const resolveField: GraphQLFieldResolver<unknown, unknown> = (source, args, context, info) => {
    const held = (source as Record<string, unknown>)[info.fieldName];
    if (held === undefined && !(info.fieldName in (source as object))) {
      violate(`${info.parentType.name}.${info.fieldName}`, 'not served by the simulator');
      throw new GraphQLError(`The simulator does not serve ${info.parentType.name}.${info.fieldName}`);
    }
    return typeof held === 'function' ? (held as (args: unknown, context: unknown) => unknown)(args, context) : held;
  };

  function canSee(actor: Extract<Actor, { kind: 'installation' }>, repository: Repository): boolean {
    const covers =
      installationOf(world, repository) === actor.installation && (actor.repositories?.has(repository.id) ?? true);
    return covers || !repository.private;
  }

  function root(actor: Extract<Actor, { kind: 'installation' }>) {
    return {
      repository: ({ owner, name }: { owner: string; name: string }) => {
        const found = world.repositories.get(`${owner}/${name}`.toLowerCase());
        if (found === undefined || !canSee(actor, found))
          throw graphqlError('NOT_FOUND', `Could not resolve to a Repository with the name '${owner}/${name}'.`);
        return repositoryNode(world, found);
      },
      node: ({ id }: { id: string }) => visible(id),
      nodes: ({ ids }: { ids: readonly string[] }) => ids.map(visible),
      viewer: { __typename: 'Bot', login: world.app.bot.login, databaseId: world.app.bot.id },
      rateLimit: { limit: 5000, cost: 1, remaining: 4999, used: 1, nodeCount: 1, resetAt: world.timestamp() },
      ...mutations(world, repository => {
        const covers = installationOf(world, repository) === actor.installation;
        if (!covers || (actor.permissions['pull_requests'] !== 'write' && actor.permissions['issues'] !== 'write'))
          throw graphqlError('FORBIDDEN', 'Resource not accessible by integration');
      }),
    };
  }

  /** The node, or in its place an error: among many ids one that is gone spoils only its own. */
  const visible = (id: string): unknown =>
    nodeOf(world, id) ?? graphqlError('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'`);

  return async function answer(body: JsonObject, actor: Actor): Promise<Answer> {
    if (actor.kind !== 'installation') throw unauthorized('This endpoint requires you to be authenticated.');
    const query = textOf(body['query']);
    const loaded = loadSchema();
    let document = known.get(query);
    if (document === undefined) {
      try {
        document = parse(query);
        const problems = validate(loaded, document);
        if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join('; '));
        known.set(query, document);
      } catch (error) {
        violate('POST /graphql', String(error));
        return { status: 200, body: { errors: [{ message: String(error) }] } };
      }
    }
    const result = await execute({
      schema: loaded,
      document,
      rootValue: root(actor),
      variableValues: (body['variables'] ?? {}) as Record<string, unknown>,
      ...(typeof body['operationName'] === 'string' ? { operationName: body['operationName'] } : {}),
      fieldResolver: resolveField,
      typeResolver: value => String((value as { __typename?: string }).__typename),
    });
    if (result.errors === undefined) return { status: 200, body: result as unknown as JsonObject };
    const errors = result.errors.map(({ message, path, locations, extensions }) => {
      // Anything but an answer of GitHub's own is a fault of the query or of ours.
      if (extensions['type'] === undefined) violate(path?.join('.') ?? 'POST /graphql', message);
      return { ...(extensions['type'] === undefined ? {} : { type: extensions['type'] }), message, path, locations };
    });
    return { status: 200, body: { data: result.data ?? null, errors } as unknown as Json };
  };
}
