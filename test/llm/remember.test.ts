import { afterEach, describe, expect, test } from 'vitest';
import { judge } from '../../src/core/judge/judge.ts';
import type { ModelRequest, Spender } from '../../src/core/judge/model.ts';
import { rememberReplies } from '../../src/llm/remember.ts';
import { createRepliesInMemory } from '../../src/store/replies-in-memory.ts';
import { requestBound, totalTokens } from '../../src/llm/token-bound.ts';
import type { Replies } from '../../src/ports.ts';
import { KEY, SPENDER, leafWith } from '../core/judge/example-leaf.ts';
import { faults, once, rateLimited } from '../simulator/model/faults.ts';
import { honest, checklist, malicious, objectsTo } from '../simulator/model/scripts.ts';
import { startModel } from '../simulator/model/start-model.ts';
import type { RunningModel, Script } from '../simulator/model/start-model.ts';
import { connect, requestAbout } from './request.ts';

const running: RunningModel[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map(model => model.stop()));
});

/** A model server, the replies kept of it, and the pauses that were made. */
async function world(script: Script, given: { replies?: Replies; timeoutMs?: number } = {}) {
  const server = await startModel(script);
  running.push(server);
  const replies = given.replies ?? createRepliesInMemory();
  const pauses: number[] = [];
  let time = 0;
  const clock = {
    now: () => time,
    wait: (milliseconds: number) => {
      pauses.push(milliseconds);
      time += milliseconds;
      return Promise.resolve();
    },
  };
  const ask = rememberReplies(connect(server.url, { timeoutMs: given.timeoutMs ?? 5_000 }), replies, clock);
  return {
    ask,
    replies,
    pauses,
    requests: server.requests,
    passTime: (milliseconds: number) => {
      time += milliseconds;
    },
  };
}

const request = requestAbout('Apple, pear.');
const costs = (asked: ModelRequest): number => totalTokens(requestBound(asked));
const capped = (pullRequest: number): Spender => ({ ...SPENDER, caps: { ...SPENDER.caps, pullRequest } });
const tokensOf = async (replies: Replies): Promise<number> => (await replies.spent(SPENDER.pullRequest)).tokens;

describe('a stored reply', () => {
  test('is never asked for again, and a second review says the same', async () => {
    const { ask, requests, replies } = await world(objectsTo(['answer-correct']));
    const options = { ask, key: KEY, spender: SPENDER };
    const first = await judge([leafWith(5)], options);
    const spent = await tokensOf(replies);
    const second = await judge([leafWith(5)], options);
    // A solution and three votes each, and one look at the file.
    expect(requests).toHaveLength(5 * 4 + 1);
    expect(first.concerns).toHaveLength(5);
    // Nothing that is shown depends on which of two looks paid for it.
    expect(second).toEqual(first);
    expect(await tokensOf(replies)).toBe(spent);
  });

  test('serves the examples that a push left as they were', async () => {
    const { ask, requests } = await world(honest);
    await judge([leafWith(5)], { ask, key: KEY, spender: SPENDER });
    expect(requests).toHaveLength(5 * 2 + 1);
    const pushed = { ask, key: KEY, spender: { ...SPENDER, headSha: 'e'.repeat(40) } };
    const { state } = await judge([leafWith(6)], pushed);
    // A sixth example is a solution, a vote, and another look at the file.
    expect(requests).toHaveLength(5 * 2 + 1 + 2 + 1);
    expect(state).toMatchObject({ examples: 6, asked: 1 });
    // At the second look, too, and after a push back.
    expect((await judge([leafWith(6)], pushed)).state).toEqual(state);
    expect((await judge([leafWith(5)], { ask, key: KEY, spender: SPENDER })).state).toMatchObject({ asked: 5 });
  });

  test('serves equal requests that are under way', async () => {
    const { ask, requests } = await world(honest);
    const replies = await Promise.all([ask(request, SPENDER), ask(request, SPENDER), ask(request, SPENDER)]);
    expect(requests).toHaveLength(1);
    expect(replies.map(({ outcome }) => outcome)).toEqual(['ok', 'ok', 'ok']);
  });

  test('may be a refusal: the provider will not think again', async () => {
    const { ask, requests } = await world(faults.refusal);
    const [first, second] = [await ask(request, SPENDER), await ask(request, SPENDER)];
    expect(requests).toHaveLength(1);
    expect(second).toEqual({ ...first, isStored: false });
  });

  test.each(['broken off body', 'empty content', 'wrong key', 'internal error'] as const)(
    'is not made of trouble: %s',
    async fault => {
      const { ask, requests } = await world(faults[fault]);
      await ask(request, SPENDER);
      const before = requests.length;
      await ask(request, SPENDER);
      expect(requests.length).toBeGreaterThan(before);
    },
  );

  test('a malformed reply is asked for twice in six hours, however often somebody has us look', async () => {
    const { ask, requests, replies, passTime } = await world(faults['broken off body']);
    const looks = Array.from({ length: 5 }, () => () => ask(request, SPENDER));
    let last;
    for (const look of looks) last = await look();
    expect(requests).toHaveLength(2);
    expect(last).toMatchObject({ outcome: 'malformed' });
    expect(await tokensOf(replies)).toBe(costs(request) * 2);
    passTime(6 * 3_600_000);
    await ask(request, SPENDER);
    expect(requests).toHaveLength(3);
  });

  test('of one model is not that of another', async () => {
    const replies = createRepliesInMemory();
    const first = await world(honest, { replies });
    const second = await world(honest, { replies });
    await first.ask(request, SPENDER);
    await second.ask(request, SPENDER);
    expect(second.requests).toHaveLength(1);
  });
});

describe('one retry', () => {
  test('after the pause that the server asks for', async () => {
    const { ask, pauses, requests } = await world(once(rateLimited(3), honest));
    expect((await ask(request, SPENDER)).outcome).toBe('ok');
    expect(pauses).toEqual([3_000]);
    expect(requests).toHaveLength(2);
  });

  test('and no more', async () => {
    const { ask, requests } = await world(faults['internal error']);
    expect((await ask(request, SPENDER)).outcome).toBe('transport');
    expect(requests).toHaveLength(2);
  });

  test('also when the first try took too long, which is charged', async () => {
    const { ask, replies } = await world(once({ type: 'silent' }, honest), { timeoutMs: 300 });
    const reply = await ask(request, SPENDER);
    expect(reply.outcome).toBe('ok');
    expect(await tokensOf(replies)).toBe(costs(request) + totalTokens(reply.usage));
  });

  test('never over the cap', async () => {
    const { ask, requests } = await world(faults.silence, { timeoutMs: 100 });
    const reply = await ask(request, capped(costs(request) * 2 - 1));
    expect(reply.outcome).toBe('timeout');
    expect(requests).toHaveLength(1);
  });

  test('a server that is down is left alone after three failures, for this pull request, for a minute', async () => {
    const { ask, requests, passTime } = await world(faults['internal error']);
    const leaf = leafWith(20);
    const { state } = await judge([leaf], { ask, key: KEY, spender: SPENDER, limit: 1 });
    expect(state).toMatchObject({ type: 'gave-up', judged: 0, examples: 20 });
    expect(requests).toHaveLength(3);
    const other = { ...SPENDER, pullRequest: { ...SPENDER.pullRequest, number: 8 } };
    await ask(request, other);
    expect(requests).toHaveLength(5);
    passTime(60_001);
    await ask(request, SPENDER);
    expect(requests).toHaveLength(6);
  });
});

describe('a server that asks for a pause', () => {
  test('is left alone by all who would ask it', async () => {
    const { ask, pauses, requests } = await world(once(rateLimited(3), honest));
    expect((await ask(request, SPENDER)).outcome).toBe('ok');
    expect((await ask(requestAbout('Pear, apple.'), SPENDER)).outcome).toBe('ok');
    // The second had nothing left to wait for.
    expect(pauses).toEqual([3_000]);
    expect(requests).toHaveLength(3);
  });

  test('for longer than a review waits is not asked again before, by any pull request', async () => {
    const { ask, pauses, requests, passTime } = await world(once(rateLimited(3_000), honest));
    expect((await ask(request, SPENDER)).outcome).toBe('transport');
    const other = { ...SPENDER, pullRequest: { ...SPENDER.pullRequest, number: 8 } };
    expect(await ask(requestAbout('Pear, apple.'), other)).toMatchObject({
      outcome: 'transport',
      reason: expect.stringContaining('asked to be left alone'),
    });
    expect(requests).toHaveLength(1);
    expect(pauses).toEqual([]);
    passTime(3_000_000);
    expect((await ask(request, SPENDER)).outcome).toBe('ok');
  });

  test('and whose way of failing is another, is asked by the others meanwhile', async () => {
    const { ask, requests } = await world(faults['internal error']);
    await ask(request, SPENDER);
    await ask(requestAbout('Pear, apple.'), { ...SPENDER, pullRequest: { ...SPENDER.pullRequest, number: 8 } });
    expect(requests).toHaveLength(4);
  });
});

test('eight calls run at a time, whatever many reviews would like', async () => {
  let running = 0;
  let most = 0;
  const full = Promise.withResolvers<void>();
  const { ask } = await world(async call => {
    // The first call finds out how the server likes to be asked, alone.
    if (call.ordinal === 1) return { type: 'message', content: checklist(call) };
    most = Math.max(most, (running += 1));
    if (running === 8) full.resolve();
    await full.promise;
    running -= 1;
    return { type: 'message', content: checklist(call) };
  });
  await Promise.all(Array.from({ length: 30 }, (_, index) => ask(requestAbout(`Pear ${index}.`), SPENDER)));
  expect(most).toBe(8);
});

describe('the budget', () => {
  test.each([
    [
      'authorPerDay',
      /^The 0 tokens that the pull requests of one author .* are spent; the next day begins at 00:00 UTC\.$/,
    ],
    ['repositoryPerDay', /^The 0 tokens that this repository .* are spent; the next day begins at 00:00 UTC\.$/],
    ['pullRequest', /^The 0 tokens that this pull request may use for the judge are spent\.$/],
  ] as const)('%s that is spent is told in its own words', async (cap, reason) => {
    const { ask, requests } = await world(honest);
    const reply = await ask(request, { ...SPENDER, caps: { ...SPENDER.caps, [cap]: 0 } });
    expect(reply).toMatchObject({ outcome: 'budget', reason: expect.stringMatching(reason) });
    expect(requests).toHaveLength(0);
  });

  test('of a day is there again on the next', async () => {
    const { ask, passTime } = await world(honest);
    const next = requestAbout('Apple, peas.');
    const authorPerDay = Math.max(costs(request), costs(next));
    const spender = { ...SPENDER, caps: { ...SPENDER.caps, authorPerDay } };
    expect((await ask(request, spender)).outcome).toBe('ok');
    expect((await ask(next, spender)).outcome).toBe('budget');
    passTime(24 * 3_600_000);
    expect((await ask(next, spender)).outcome).toBe('ok');
  });

  test('is told in money where the model has a price, tokens in the cache of the provider at theirs', async () => {
    const { ask, replies } = await world(call => ({
      type: 'message',
      content: checklist(call),
      usage: { prompt_tokens: 1_000, completion_tokens: 100, prompt_tokens_details: { cached_tokens: 900 } },
    }));
    const prices = { scripted: { input: 2, cachedInput: 0.5, output: 8 } };
    await ask(request, { ...SPENDER, prices });
    expect(await replies.spent(SPENDER.pullRequest)).toEqual({ tokens: 1_100, dollars: 0.00145 });
  });

  test('takes what is exactly as much as there is, and nothing beyond', async () => {
    const { ask, requests } = await world(honest);
    expect((await ask(request, capped(costs(request) - 1))).outcome).toBe('budget');
    expect(requests).toHaveLength(0);
    expect((await ask(request, capped(costs(request)))).outcome).toBe('ok');
  });

  test('is not exceeded by calls in parallel', async () => {
    const asked = Array.from({ length: 10 }, (_, index) => requestAbout(`Apple, pear ${index}.`));
    const single = Math.max(...asked.map(costs));
    // The provider counts as much as it may: the worst case.
    const { ask, requests, replies } = await world(call => ({
      type: 'message',
      content: checklist(call),
      usage: {
        prompt_tokens: requestBound(request).promptTokens - 100,
        completion_tokens: request.maxCompletionTokens,
      },
    }));
    const spender = capped(single * 3 + 10);
    const outcomes = await Promise.all(asked.map(each => ask(each, spender)));
    expect(outcomes.filter(({ outcome }) => outcome === 'ok').length).toBeGreaterThanOrEqual(3);
    expect(outcomes.filter(({ outcome }) => outcome === 'budget').length).toBeGreaterThan(0);
    expect(requests.length).toBe(outcomes.filter(({ outcome }) => outcome === 'ok').length);
    expect(await tokensOf(replies)).toBeLessThanOrEqual(spender.caps.pullRequest);
  });

  test('ends the judging with the reason, and keeps what was found', async () => {
    const { ask } = await world(objectsTo(['answer-correct']));
    const spender = capped(40_000);
    const { concerns, state } = await judge([leafWith(30)], { ask, key: KEY, spender, limit: 1 });
    expect(state).toMatchObject({ type: 'gave-up', reason: expect.stringContaining('40,000 tokens') });
    expect(state.type === 'gave-up' && state.judged).toBe(concerns.length);
    expect(concerns.length).toBeGreaterThan(0);
    // Asked again, it asks nothing new: the money is spent, and what was paid for is still there.
    expect(await judge([leafWith(30)], { ask, key: KEY, spender, limit: 1 })).toEqual({ concerns, state });
  });

  test('of one pull request is not that of another', async () => {
    const { ask } = await world(honest);
    const next = requestAbout('Pear, apple.');
    expect((await ask(request, capped(costs(request)))).outcome).toBe('ok');
    expect((await ask(next, capped(costs(next)))).outcome).toBe('budget');
    const other = { ...capped(costs(next)), pullRequest: { ...SPENDER.pullRequest, number: 8 } };
    expect((await ask(next, other)).outcome).toBe('ok');
  });

  test('counts calls that failed after they may have been paid for', async () => {
    const { ask, replies } = await world(faults['broken off body']);
    await ask(request, SPENDER);
    expect(await tokensOf(replies)).toBe(costs(request));
  });

  test('counts a call that nobody saw the end of', async () => {
    const replies = createRepliesInMemory();
    const usage = { promptTokens: 400, completionTokens: 100 };
    await replies.reserve('a'.repeat(64), SPENDER, { model: 'm', usage }, new Date(0));
    expect(await tokensOf(replies)).toBe(500);
  });
});

test('a malicious server ends in no finding but about words of the file, and never in an exception', async () => {
  const { ask } = await world(malicious);
  const leaf = leafWith(48);
  const { concerns } = await judge([leaf], { ask, key: KEY, spender: capped(100_000_000) });
  const texts = leaf.examples.flatMap(({ question, answer }) => [question.value, answer.value]);
  for (const { evidence } of concerns) {
    for (const { quote } of evidence ?? []) expect(texts.some(text => text.includes(quote))).toBe(true);
  }
  expect(JSON.stringify(concerns)).not.toMatch(/evil|everyone|approve/i);
});
