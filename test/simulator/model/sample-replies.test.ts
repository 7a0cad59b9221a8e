import { afterEach, expect, test } from 'vitest';
import { judge } from '../../../src/core/judge/judge.ts';
import { rememberReplies } from '../../../src/llm/remember.ts';
import { createRepliesInMemory } from '../../../src/store/replies-in-memory.ts';
import { KEY, SPENDER, exampleOf, leafOf } from '../../core/judge/example-leaf.ts';
import { connect } from '../../llm/request.ts';
import { demoSamples, sampleReplies } from './sample-replies.ts';
import { startModel } from './start-model.ts';
import type { RunningModel } from './start-model.ts';

let server: RunningModel | undefined;
afterEach(() => server?.stop());

async function judgeWithSamples(examples: readonly { question: string; answer: string }[]) {
  server = await startModel(sampleReplies(demoSamples));
  const clock = { now: () => 0, wait: () => Promise.resolve() };
  const ask = rememberReplies(connect(server.url), createRepliesInMemory(), clock);
  const leaf = leafOf(examples.map((example, index) => exampleOf(example, index)));
  return judge([leaf], { ask, key: KEY, spender: SPENDER });
}

test('every sample objects with words of its example to a question that is asked', async () => {
  const { concerns, state } = await judgeWithSamples(demoSamples);
  expect(state).toMatchObject({ type: 'judged', examples: demoSamples.length, unclear: 0 });
  const objections = demoSamples.flatMap(sample => Object.entries(sample.objections));
  expect(objections.length).toBeGreaterThan(0);
  expect(concerns.map(({ rule, evidence }) => [rule, evidence?.[0]?.quote])).toEqual(
    objections.map(([id, quote]) => [`judge/${id}`, quote]),
  );
});

test('about an example that nobody has read, they cannot tell', async () => {
  const { concerns, state } = await judgeWithSamples([{ question: 'Who are you?', answer: 'A stranger.' }]);
  expect(concerns).toEqual([]);
  expect(state).toMatchObject({ type: 'judged', unclear: 1 });
});
