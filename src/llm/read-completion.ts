import { z } from 'zod';
import type { ModelReply, ModelRequest, Usage } from '../core/judge/model.ts';
import { requestBound, tokenBound } from './token-bound.ts';

const count = z.int().min(0);

/** As much of a chat completion as is used. Servers add to it and leave out; nothing else may be relied on. */
const completionSchema = z.object({
  choices: z.array(
    z.object({
      finish_reason: z.string().nullish(),
      message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
    }),
  ),
  usage: z
    .object({
      prompt_tokens: count,
      completion_tokens: count,
      prompt_tokens_details: z.object({ cached_tokens: count.nullish() }).nullish().catch(undefined),
    })
    .nullish()
    .catch(undefined),
});

/**
 * Reads the body of a successful answer. Everything but whole text from the model is an outcome other than `ok`. Reasons are
 * ours: nothing of the body is in them.
 */
export function readCompletion(body: unknown, request: ModelRequest, model: string): ModelReply {
  const parsed = completionSchema.safeParse(body);
  const bound = requestBound(request);
  if (!parsed.success) {
    // A web page comes from something in between and costs nothing; broken JSON may well have been paid for.
    const usage = typeof body === 'string' ? { promptTokens: 0, completionTokens: 0 } : bound;
    return { outcome: 'malformed', reason: "The model's server sent something that is not a chat completion.", usage };
  }
  const { choices, usage: counted } = parsed.data;
  const [choice] = choices;
  const content = choice?.message.content ?? '';
  const cachedTokens = counted?.prompt_tokens_details?.cached_tokens ?? 0;
  const usage: Usage =
    counted === undefined || counted === null
      ? { promptTokens: bound.promptTokens, completionTokens: tokenBound(content) }
      : {
          promptTokens: counted.prompt_tokens,
          completionTokens: counted.completion_tokens,
          ...(cachedTokens > 0 && { cachedTokens }),
        };

  if (choice === undefined) return { outcome: 'malformed', reason: "The model's server sent no reply.", usage };
  const { finish_reason: finish, message } = choice;
  if (finish === 'content_filter') {
    return { outcome: 'filtered', reason: "The provider's content filter kept the reply back.", usage };
  }
  if (typeof message.refusal === 'string' && message.refusal !== '') {
    return { outcome: 'refused', reason: 'The model refused to answer.', usage };
  }
  if (finish === 'length') return { outcome: 'truncated', reason: "The model's reply was cut off.", usage };
  if (content.trim() === '') return { outcome: 'malformed', reason: 'The model sent an empty reply.', usage };
  return { outcome: 'ok', text: content, model, usage, isStored: false };
}
