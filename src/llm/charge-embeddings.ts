import { hashText } from '../core/finding.ts';
import { thousands } from '../core/limits.ts';
import type { Embedding, Replies } from '../ports.ts';
import type { connectEmbeddings } from './connect-embeddings.ts';
import { tokenBound } from './token-bound.ts';

/**
 * A model of embeddings whose calls for a pull request are charged to its budgets, before the call at the upper bound and after it
 * at what it used. Texts of the taxonomy have no author to be charged to. Throws on trouble of the store.
 */
export function chargeEmbeddings(
  { model, space, embed }: ReturnType<typeof connectEmbeddings>,
  replies: Pick<Replies, 'reserve' | 'settle'>,
  now: () => number,
): Embedding {
  return {
    model,
    space,
    async embed(texts, spender) {
      if (spender === undefined) return embed(texts);
      const bound = { promptTokens: tokenBound(texts.join('\n')), completionTokens: 0 };
      const hash = hashText(JSON.stringify([space, texts]));
      const reserved = await replies.reserve(hash, spender, { model, usage: bound }, new Date(now()));
      if (reserved.type === 'over') {
        const reason = `The ${thousands(spender.caps[reserved.cap])} tokens that may be used here are spent.`;
        return { type: 'failed', reason };
      }
      const began = now();
      const reply = await embed(texts);
      const isMade = reply.type === 'vectors';
      const promptTokens = isMade ? (reply.tokens ?? bound.promptTokens) : 0;
      await replies.settle(reserved.id, spender, {
        outcome: isMade ? 'ok' : 'transport',
        model,
        usage: { promptTokens, completionTokens: 0 },
        milliseconds: now() - began,
      });
      return reply;
    },
  };
}
