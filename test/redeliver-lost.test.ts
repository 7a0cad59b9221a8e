import { expect, test } from 'vitest';
import { redeliverLost } from '../src/redeliver-lost.ts';

const NOW = new Date('2026-03-04T10:00:00Z');

test('what never reached us is asked for again; what is stored, or was refused again and again, is not', async () => {
  const asked: string[] = [];
  let since = '';
  const delivery = (guid: string, attempts = 1) => ({ guid, attempts });
  const count = await redeliverLost(
    {
      list: async from => {
        since = from.toISOString();
        return [
          delivery('lost'),
          delivery('stored'),
          delivery('refused', 4),
          delivery('forgotten'),
          delivery('twice', 2),
        ];
      },
      known: async guids => new Set(guids.filter(guid => guid === 'stored')),
      askFor: async ({ guid }) => {
        if (guid === 'forgotten') throw new Error('GitHub does not have it any more.');
        asked.push(guid);
      },
    },
    NOW,
  );
  expect(asked).toEqual(['lost', 'twice']);
  expect(count).toBe(2);
  expect(since).toBe('2026-03-01T10:00:00.000Z');
});
