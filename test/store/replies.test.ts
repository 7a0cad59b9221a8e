import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { Spender } from '../../src/core/judge/model.ts';
import type { EndedCall, Replies, StoredReply } from '../../src/ports.ts';
import { createRepliesInMemory } from '../../src/store/replies-in-memory.ts';
import { createReplies } from '../../src/store/replies.ts';
import { engines } from './databases.ts';
import { spenderFor } from './spender.ts';

const repository = { id: 7, owner: 'o', name: 'n' };
const spender = (number: number, caps: Parameters<typeof spenderFor>[2] = {}) => spenderFor(repository, number, caps);
const ended = (promptTokens: number, completionTokens: number, cachedTokens = 0): EndedCall => ({
  outcome: 'ok',
  model: 'm',
  usage: { promptTokens, completionTokens, ...(cachedTokens > 0 && { cachedTokens }) },
  milliseconds: 12.5,
});
const reply: StoredReply = {
  outcome: 'ok',
  text: 'a\u0000b\ud800',
  model: 'm',
  usage: { promptTokens: 1, completionTokens: 2 },
};
const morning = new Date('2026-03-01T08:00:00Z');
const nextDay = new Date('2026-03-02T00:00:00Z');

const kinds = [
  { name: 'memory', isAvailable: true, fresh: async () => createRepliesInMemory(), discard: async () => undefined },
  ...engines.map(engine => ({ ...engine, fresh: async () => createReplies(await engine.fresh()) })),
];

for (const kind of kinds) {
  describe.skipIf(!kind.isAvailable)(`replies in ${kind.name}`, () => {
    let replies: Replies;
    beforeEach(async () => {
      replies = await kind.fresh();
    });
    afterAll(kind.discard);

    const reserve = (whose: Spender, tokens: number, hash = 'h', now = morning) =>
      replies.reserve(hash, whose, { model: 'm', usage: { promptTokens: tokens, completionTokens: 0 } }, now);
    const charge = async (whose: Spender, tokens: number, hash = 'h'): Promise<string> => {
      const reserved = await reserve(whose, tokens, hash);
      if (reserved.type === 'over') throw new Error(`Over ${reserved.cap}.`);
      return reserved.id;
    };
    const tokensOf = async (number: number) => (await replies.spent({ repository, number })).tokens;

    test('a reply is found again as it was, whatever the model wrote', async () => {
      await replies.settle(await charge(spender(1), 100), spender(1), ended(1, 2), reply);
      expect(await replies.find('h', spender(1))).toEqual({ ...reply, isEarlier: false });
      expect(await replies.find('other', spender(1))).toBeUndefined();
    });

    test('a reply is an earlier one for every head but the one that paid for it', async () => {
      await replies.settle(await charge(spender(1), 100), spender(1), ended(1, 2), reply);
      expect(await replies.find('h', spender(1, { headSha: 'next' }))).toMatchObject({ isEarlier: true });
      expect(await replies.find('h', spender(2))).toMatchObject({ isEarlier: true });
      expect(await replies.find('h', spender(1))).toMatchObject({ isEarlier: false });
    });

    test('of two replies to one question the first stays', async () => {
      for (const text of ['first', 'second']) {
        await replies.settle(await charge(spender(1), 100), spender(1), ended(1, 2), { ...reply, text });
      }
      expect(await replies.find('h', spender(1))).toMatchObject({ text: 'first' });
    });

    test('a charge counts as reserved until it is settled, then as used', async () => {
      const id = await charge(spender(1), 400);
      expect(await tokensOf(1)).toBe(400);
      await replies.settle(id, spender(1), ended(30, 20));
      await replies.settle(id, spender(1), ended(30, 20));
      expect(await tokensOf(1)).toBe(50);
      expect(await tokensOf(2)).toBe(0);
    });

    test('calls at the same time cannot overdraw the budget', async () => {
      const capped = spender(1, { pullRequest: 1_000 });
      const all = await Promise.all(Array.from({ length: 20 }, (_, n) => reserve(capped, 300, `h${n}`)));
      expect(all.filter(({ type }) => type === 'charged')).toHaveLength(3);
      expect(await tokensOf(1)).toBe(900);
      expect(await reserve(capped, 100)).toMatchObject({ type: 'charged' });
      expect(await reserve(spender(2, { pullRequest: 99 }), 100)).toEqual({ type: 'over', cap: 'pullRequest' });
      expect(await tokensOf(2)).toBe(0);
    });

    test.each([
      ['author', 'authorPerDay', { authorId: 3 }, { type: 'charged' }],
      ['repository', 'repositoryPerDay', { authorId: 4 }, { type: 'over' }],
    ] as const)('the budget of an %s is for all of its pull requests on one day', async (_, cap, same, ofAnother) => {
      const whose = (number: number, changes: { authorId: number } = { authorId: 3 }) =>
        spender(number, { [cap]: 1_000, ...changes });
      const all = await Promise.all(Array.from({ length: 8 }, (_, n) => reserve(whose(n), 300, `h${n}`)));
      expect(all.filter(({ type }) => type === 'charged')).toHaveLength(3);
      expect(all.find(({ type }) => type === 'over')).toEqual({ type: 'over', cap });
      expect(await reserve(whose(9, same), 300)).toEqual({ type: 'over', cap });
      // What was refused left no trace in any budget.
      expect(await tokensOf(9)).toBe(0);
      expect(await reserve(spender(9, { pullRequest: 300 }), 300)).toMatchObject({ type: 'charged' });
      expect(await reserve(whose(10, { authorId: 4 }), 300)).toMatchObject(ofAnother);
      expect(await reserve(whose(9), 300, 'h', nextDay)).toMatchObject({ type: 'charged' });
      expect(await reserve(spenderFor({ ...repository, id: 8 }, 1, { [cap]: 300 }), 300)).toMatchObject({
        type: 'charged',
      });
    });

    test('what a call did not use goes back to the day on which it was reserved', async () => {
      const whose = spender(1, { authorPerDay: 1_000, repositoryPerDay: 1_000 });
      const id = await charge(whose, 1_000);
      expect(await reserve(whose, 1)).toMatchObject({ type: 'over' });
      await replies.settle(id, whose, ended(60, 40));
      expect(await reserve(whose, 901)).toMatchObject({ type: 'over' });
      expect(await reserve(whose, 900)).toMatchObject({ type: 'charged' });
    });

    test('money is counted to the billionth, by the prices of the policy', async () => {
      const prices = { m: { input: 0.4, cachedInput: 0.1, output: 1.6 } };
      const whose = spender(1, { prices });
      // Reserved at the full price, as if nothing were in the provider's cache.
      const id = await charge(whose, 1_000);
      expect(await replies.spent(whose.pullRequest)).toEqual({ tokens: 1_000, dollars: 0.0004 });
      await replies.settle(id, whose, ended(900, 50, 800));
      expect(await replies.spent(whose.pullRequest)).toEqual({ tokens: 950, dollars: 0.0002 });
      await charge(spender(1), 10);
      expect(await replies.spent(whose.pullRequest)).toEqual({ tokens: 960 });
      expect(await replies.spent({ repository, number: 2 })).toEqual({ tokens: 0, dollars: 0 });
    });
  });
}

for (const engine of engines) {
  describe.skipIf(!engine.isAvailable)(`the ledger in ${engine.name}`, () => {
    afterAll(engine.discard);

    test('has a row for every call: whose, which model, tokens, money and time', async () => {
      const database = await engine.fresh();
      const replies = createReplies(database);
      const whose = spender(1, { prices: { m: { input: 1, output: 2 } } });
      const reserved = await replies.reserve('h', whose, { model: 'm', usage: ended(90, 10).usage }, morning);
      const select = () => database.kysely.selectFrom('charge').selectAll().executeTakeFirstOrThrow();
      expect(await select()).toMatchObject({ tokens: 100, nanodollars: 110_000, settled_at: null, outcome: null });
      await replies.settle(reserved.type === 'charged' ? reserved.id : '', whose, ended(50, 5, 40));
      expect(await select()).toMatchObject({
        repository_id: 7,
        number: 1,
        head_sha: 'head',
        author_id: 3,
        day: '2026-03-01',
        model: 'm',
        outcome: 'ok',
        tokens: 55,
        prompt_tokens: 50,
        completion_tokens: 5,
        cached_tokens: 40,
        nanodollars: 60_000,
        milliseconds: 13,
        settled_at: expect.any(Date),
      });
    });
  });
}
