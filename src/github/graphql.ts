import type { Octokit } from '@octokit/rest';
import { z } from 'zod';
import { redact } from '../core/redact.ts';
import { Missing, Refused, Transient } from './errors.ts';

/** What GraphQL answers with status 200 when something in it went wrong. */
const graphqlError = z.object({
  name: z.literal('GraphqlResponseError'),
  errors: z.array(z.object({ type: z.string().optional(), message: z.string() })),
  data: z.unknown(),
});

/**
 * Sends one GraphQL document and parses the answer. What GitHub cannot find is null where the schema allows it, else `Missing`;
 * any other error throws, because data beside an error may lack more than it names.
 */
export async function askGraphql<T>(
  octokit: Octokit,
  document: string,
  variables: Readonly<Record<string, unknown>>,
  schema: z.ZodType<T>,
): Promise<T> {
  const data = await octokit.graphql<unknown>(document, variables).catch((error: unknown) => {
    const { data: failure } = graphqlError.safeParse(error);
    if (failure === undefined) throw error;
    const text = redact(`GraphQL: ${failure.errors.map(({ message }) => message).join('; ')}`).slice(0, 500);
    if (failure.errors.some(({ type }) => type === 'FORBIDDEN')) throw new Refused(text, 403);
    if (!failure.errors.every(({ type }) => type === 'NOT_FOUND')) throw new Transient(text);
    if (!schema.safeParse(failure.data).success) throw new Missing(text);
    return failure.data;
  });
  const parsed = schema.safeParse(data);
  if (!parsed.success) throw new Transient(`GraphQL answer has another shape: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
