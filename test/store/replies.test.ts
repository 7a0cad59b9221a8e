import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { Replies, StoredReply } from '../../src/ports.ts';
import { createRepliesInMemory } from '../../src/store/replies-in-memory.ts';
import { createReplies } from '../../src/store/replies.ts';
import { engines } from './databases.ts';

const repository = { id: 7, owner: 'o', name: 'n' };
const spender = (number: number, maxTokens = 1000) => ({ pullRequest: { repository, number }, maxTokens });
const call = (promptTokens: number, completionTokens: number) =>
  ({ outcome: 'ok', model: 'm', usage: { promptTokens, completionTokens } }) as const;
const reply: StoredReply = {
  outcome: 'ok',
  text: 'a\u0000b\ud800',
  model: 'm',
  usage: { promptTokens: 1, completionTokens: 2 },
};

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

    test('a reply is found again as it was, whatever the model wrote', async () => {
      const charge = await replies.reserve('h', spender(1), 100);
      await replies.settle(charge ?? '', call(1, 2), reply);
      expect(await replies.find('h')).toEqual(reply);
      expect(await replies.find('other')).toBeUndefined();
    });

    test('of two replies to one question the first stays', async () => {
      for (const text of ['first', 'second']) {
        const charge = await replies.reserve('h', spender(1), 100);
        await replies.settle(charge ?? '', call(1, 2), { ...reply, text });
      }
      expect(await replies.find('h')).toMatchObject({ text: 'first' });
    });

    test('a charge counts as reserved until it is settled, then as used', async () => {
      const charge = await replies.reserve('h', spender(1), 400);
      expect(await replies.spent({ repository, number: 1 })).toBe(400);
      await replies.settle(charge ?? '', call(30, 20));
      await replies.settle(charge ?? '', call(30, 20));
      expect(await replies.spent({ repository, number: 1 })).toBe(50);
      expect(await replies.spent({ repository, number: 2 })).toBe(0);
    });

    test('calls at the same time cannot overdraw the budget', async () => {
      const charges = await Promise.all(
        Array.from({ length: 20 }, (_, n) => replies.reserve(`h${n}`, spender(1), 300)),
      );
      expect(charges.filter(charge => charge !== undefined)).toHaveLength(3);
      expect(await replies.spent({ repository, number: 1 })).toBe(900);
      expect(await replies.reserve('h', spender(1), 100)).toBeDefined();
      expect(await replies.reserve('h', spender(2, 99), 100)).toBeUndefined();
      expect(await replies.spent({ repository, number: 2 })).toBe(0);
    });
  });
}
