import { sql } from 'kysely';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { hashText } from '../../src/core/finding.ts';
import type { Examples } from '../../src/ports.ts';
import { createExamples } from '../../src/store/examples.ts';
import type { Database } from '../../src/store/database.ts';
import { engines } from './databases.ts';

const repository = { id: 7, owner: 'o', name: 'n' };
const things = ['lantern', 'harbour', 'orchard', 'glacier', 'violin', 'kettle', 'meadow', 'saddle'];

/** One of many examples, each about something else, in a blob of its own. */
const textOf = (index: number) => ({
  question: `Why does ${things[index % 8]} number ${index * 7919} of the ${things[Math.floor(index / 8) % 8]} need paint?`,
  answer: `Because of ${things[index % 8]} rust, says report ${index * 104_729}.`,
});
const blobOf = (index: number) => {
  const key = hashText(String(index));
  return { blobSha: `blob${index}`, examples: [{ key, wholeKey: key, line: 1, text: textOf(index) }] };
};

for (const engine of engines) {
  describe.skipIf(!engine.isAvailable)(`posting lists on ${engine.name}`, () => {
    let database: Database;
    let examples: Examples;
    beforeEach(async () => {
      database = await engine.fresh();
      examples = createExamples(database);
    });
    afterAll(engine.discard);

    const files = (count: number) =>
      new Map(Array.from({ length: count }, (_, index) => [`knowledge/${index}/qna.yaml`, `blob${index}`]));
    const firstFor = async (index: number, count: number) => {
      const [near = []] = await examples.nearestOf(
        { repository, number: 0 },
        [textOf(index)],
        { sha: String(count), files: files(count) },
        new Set(),
      );
      return near[0]?.path;
    };

    test('examples that come one by one are put together, and all of them are found', async () => {
      const count = 60;
      for (let index = 0; index < count; index++) await examples.add(repository, [blobOf(index)]);
      const { rows } = await sql<{ parts: number }>`
        select max(parts) as parts from (select count(*) as parts from posting group by shelf) as shelf`.execute(
        database.kysely,
      );
      expect(rows[0]?.parts).toBeLessThanOrEqual(5);
      for (const index of [0, 17, 59]) expect(await firstFor(index, count)).toBe(`knowledge/${index}/qna.yaml`);
    });

    test('examples that come by hundreds are put together too, and leave little space that nobody uses', async () => {
      const count = 1_280;
      for (let start = 0; start < count; start += 320)
        await examples.add(
          repository,
          Array.from({ length: 320 }, (_, at) => blobOf(start + at)),
        );
      const { rows } = await sql<{ parts: number; used: number }>`
        select (select max(parts) from (select count(*) as parts from posting group by shelf) as shelf)::int as parts,
          (select sum(pg_column_size(posting.*)) from posting)::float / pg_relation_size('posting') as used`.execute(
        database.kysely,
      );
      expect(rows[0]?.parts).toBeLessThanOrEqual(5);
      expect(rows[0]?.used).toBeGreaterThan(0.8);
      for (const index of [0, 640, 1_279]) expect(await firstFor(index, count)).toBe(`knowledge/${index}/qna.yaml`);
    });

    test('what was filed while the index was small is found when it is large', async () => {
      await examples.add(repository, [blobOf(0), blobOf(1)]);
      await sql`update near_index set texts = 50000`.execute(database.kysely);
      await examples.add(repository, [blobOf(2), blobOf(3)]);
      for (const index of [0, 1, 2, 3]) expect(await firstFor(index, 4)).toBe(`knowledge/${index}/qna.yaml`);
    });

    test('a blob that two reviews add at a time is there once', async () => {
      await Promise.all([examples.add(repository, [blobOf(0)]), examples.add(repository, [blobOf(0), blobOf(1)])]);
      const { rows } = await sql<{ texts: number; places: number }>`
        select (select count(*) from example_text) as texts, (select count(*) from example) as places`.execute(
        database.kysely,
      );
      expect(rows).toEqual([{ texts: 2, places: 2 }]);
      expect(await firstFor(1, 2)).toBe('knowledge/1/qna.yaml');
    });
  });
}
