import type { ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions';
import type { ModelRequest } from '../core/judge/model.ts';

/** How a server likes to be asked. Servers that call themselves compatible differ in these three. */
export type Dialect = {
  readonly format: 'json_schema' | 'json_object' | 'prompt-only';
  /** OpenAI's newer models refuse `max_tokens`; most other servers know nothing else. */
  readonly limit: 'max_tokens' | 'max_completion_tokens';
  /** Models that think before they reply refuse a temperature. */
  readonly hasTemperature: boolean;
};

/** As people use a model; InstructLab's own data generation samples at this temperature, too. */
const SAMPLE_TEMPERATURE = 0.7;

/** What is tried first. */
export const firstDialect: Dialect = { format: 'json_schema', limit: 'max_tokens', hasTemperature: true };

/** What to try next after a refusal with these words; undefined when they are about something else. One step down, never up. */
export function nextDialect(dialect: Dialect, complaint: string): Dialect | undefined {
  if (/response_format|json_schema|json_object|structured|grammar/i.test(complaint)) {
    if (dialect.format === 'json_schema') return { ...dialect, format: 'json_object' };
    if (dialect.format === 'json_object') return { ...dialect, format: 'prompt-only' };
  }
  if (complaint.includes('temperature') && dialect.hasTemperature) return { ...dialect, hasTemperature: false };
  if (complaint.includes('max_completion_tokens') && dialect.limit === 'max_tokens') {
    return { ...dialect, limit: 'max_completion_tokens' };
  }
  return undefined;
}

/** The request's body in a dialect. No tools, no `n`, no log probabilities: not every server has them. */
export function toBody(
  model: string,
  { system, user, schema, maxCompletionTokens, sample }: ModelRequest,
  { format, limit, hasTemperature }: Dialect,
): ChatCompletionCreateParamsNonStreaming {
  return {
    model,
    messages: [
      ...(system === '' ? [] : [{ role: 'system' as const, content: system }]),
      { role: 'user', content: user },
    ],
    ...(hasTemperature && { temperature: sample === undefined ? 0 : SAMPLE_TEMPERATURE }),
    [limit]: maxCompletionTokens,
    ...(schema !== undefined &&
      format === 'json_schema' && {
        response_format: {
          type: 'json_schema',
          json_schema: { name: schema.name, strict: true, schema: { ...schema.schema } },
        },
      }),
    ...(schema !== undefined && format === 'json_object' && { response_format: { type: 'json_object' } }),
  };
}
