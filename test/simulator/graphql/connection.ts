/** What all of GraphQL's objects are made with: nodes, actors, pages of a list. */
import { GraphQLError } from 'graphql';
import { type Account, type World, nodeId } from '../state.ts';

export type Node = Record<string, unknown>;

export type Slice = { first?: number | null; last?: number | null; after?: string | null; before?: string | null };

/** A page of a list with cursors. GitHub wants `first` or `last`, at most 100. */
export function connection(name: string, { first, last, after, before }: Slice, all: readonly Node[]): Node {
  const count = first ?? last;
  if (count === undefined || count === null)
    throw new GraphQLError(
      `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`,
      {
        extensions: { type: 'MISSING_PAGINATION_BOUNDARIES' },
      },
    );
  if (count > 100)
    throw new GraphQLError(
      `Requesting ${count} records on the \`${name}\` connection exceeds the \`first\` limit of 100 records.`,
      {
        extensions: { type: 'EXCESSIVE_PAGINATION' },
      },
    );
  const position = (cursor: string | null | undefined, fallback: number): number =>
    cursor === undefined || cursor === null ? fallback : Number(Buffer.from(cursor, 'base64').toString('utf8'));
  const cursorOf = (index: number): string => Buffer.from(String(index)).toString('base64');
  let [start, end] = [position(after, -1) + 1, position(before, all.length)];
  if (first !== undefined && first !== null) end = Math.min(end, start + first);
  else start = Math.max(start, end - count);
  const nodes = all.slice(start, end);
  return {
    totalCount: all.length,
    nodes,
    edges: nodes.map((node, index) => ({ node, cursor: cursorOf(start + index) })),
    pageInfo: {
      hasNextPage: end < all.length,
      hasPreviousPage: start > 0,
      startCursor: nodes.length === 0 ? null : cursorOf(start),
      endCursor: nodes.length === 0 ? null : cursorOf(end - 1),
    },
  };
}

/** In GraphQL a bot's login lacks the `[bot]` that REST shows. */
export const actorNode = (world: World, { id, login, type }: Account): Node => ({
  __typename: type,
  id: nodeId(type === 'Bot' ? 'BOT' : 'U', id),
  databaseId: id,
  login: login.replace('[bot]', ''),
  url: `${world.url}/${login}`,
  avatarUrl: `${world.url}/avatars/u/${id}`,
  resourcePath: `/${login}`,
});
