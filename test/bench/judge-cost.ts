import { judge } from '../../src/core/judge/judge.ts';
import type { Spender } from '../../src/core/judge/model.ts';
import { connectModel } from '../../src/llm/connect-model.ts';
import { rememberReplies } from '../../src/llm/remember.ts';
import { createRepliesInMemory } from '../../src/store/replies-in-memory.ts';
import { KEY, SPENDER, exampleOf, leafOf } from '../core/judge/example-leaf.ts';
import { honest } from '../simulator/model/scripts.ts';
import { startModel } from '../simulator/model/start-model.ts';
import type { Figure } from './figures.ts';

/**
 * Calls and tokens of the judge for one file, with a scripted model that finds nothing: fresh, after a push that changes one
 * example, and after one that changes none. Tokens as the scripted server counts them, four characters each.
 */
export async function measureJudgeCost(): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const examples of [5, 40]) {
    const server = await startModel(honest);
    const replies = createRepliesInMemory();
    const model = connectModel({ baseURL: server.url, apiKey: '', model: 'scripted', now: Date.now });
    const ask = rememberReplies(model, replies, { now: Date.now, wait: () => Promise.resolve() });
    const look = async (headSha: string, changed: boolean): Promise<string> => {
      const spender: Spender = { ...SPENDER, headSha, caps: { ...SPENDER.caps, pullRequest: 1e9 } };
      const before = { calls: server.requests.length, ...(await replies.spent(spender.pullRequest)) };
      const { state } = await judge([fileOf(examples, changed)], { ask, key: KEY, spender });
      const calls = server.requests.length - before.calls;
      const tokens = (await replies.spent(spender.pullRequest)).tokens - before.tokens;
      if (state.type !== 'judged') throw new Error(`The judge ended as ${state.type}.`);
      return `${calls} calls, ${tokens} tokens, ${state.asked} of ${state.examples} examples asked about`;
    };
    figures.push(
      { what: `judge, fresh file of ${examples} examples`, value: await look('a', false) },
      { what: `the same after a push that changes one of ${examples}`, value: await look('b', true) },
      { what: 'the same after a push that changes none', value: await look('c', true), goal: '0 calls' },
    );
    await server.stop();
  }
  return figures;
}

const fileOf = (examples: number, changed: boolean) =>
  leafOf(
    Array.from({ length: examples }, (_, index) =>
      exampleOf(changed && index === 0 ? { answer: 'Apple, pear; the number comes last.' } : {}, index),
    ),
  );
