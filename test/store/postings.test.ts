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

    const segments = async () => {
      const { rows } = await sql<{ texts: number; is_live: boolean }>`
        select texts, is_live from segment order by texts`.execute(database.kysely);
      return rows;
    };
    const add = (from: number, to: number) =>
      examples.add(
        repository,
        Array.from({ length: to - from }, (_, at) => blobOf(from + at)),
      );
    const expectFound = async (indexes: readonly number[], count: number) => {
      for (const index of indexes) expect(await firstFor(index, count)).toBe(`knowledge/${index}/qna.yaml`);
    };

    test('examples that come one by one are put together, and all of them are found', async () => {
      const count = 60;
      for (let index = 0; index < count; index++) await add(index, index + 1);
      const made = await segments();
      expect(made.length).toBeLessThan(15);
      expect(made.every(({ is_live }) => is_live)).toBe(true);
      expect(made.reduce((sum, { texts }) => sum + texts, 0)).toBe(count);
      await expectFound([0, 17, 59], count);
    });

    test('a large segment that is made of others has all that was in them, and nothing of them is left', async () => {
      const count = 3_200;
      for (let start = 0; start < count; start += 400) await add(start, start + 400);
      expect(await segments()).toEqual([{ texts: count, is_live: true }]);
      const { rows } = await sql`select from shelf where segment_id not in (select id from segment)`.execute(
        database.kysely,
      );
      expect(rows).toEqual([]);
      await expectFound([0, 400, 1_280, 3_199], count);
    });

    test('an index that settles has few segments, of which each is far larger than what is smaller', async () => {
      const count = 60;
      for (let index = 0; index < count; index++) await add(index, index + 1);
      await examples.settle(repository);
      const settled = (await segments()).map(({ texts }) => texts);
      for (const [at, texts] of settled.entries())
        expect(texts).toBeGreaterThanOrEqual(4 * settled.slice(0, at).reduce((sum, smaller) => sum + smaller, 0));
      await expectFound([0, 31, 59], count);
    });

    test('large segments are merged in slices, and small ones with them', async () => {
      await add(0, 1);
      await add(1, 2_600);
      await add(2_600, 4_400);
      await add(4_400, 4_401);
      await examples.settle(repository);
      expect(await segments()).toEqual([{ texts: 4_401, is_live: true }]);
      await expectFound([0, 1, 2_599, 2_600, 4_399, 4_400], 4_401);
    });

    test('what a merge leaves behind that was interrupted is not looked at, and goes with the next one', async () => {
      await add(0, 1);
      await sql`insert into segment (repository_id, first_text, texts, band_bits, word_bits, is_live, made_at)
        select repository_id, first_text, texts, band_bits, word_bits, false, now() - interval '2 hours' from segment`.execute(
        database.kysely,
      );
      await sql`insert into shelf (segment_id, number, entries)
        select segment.id, shelf.number, shelf.entries from shelf, segment where not segment.is_live`.execute(
        database.kysely,
      );
      await expectFound([0], 1);
      for (let index = 1; index < 8; index++) await add(index, index + 1);
      expect(await segments()).toEqual([{ texts: 8, is_live: true }]);
      await expectFound([0, 7], 8);
    });

    test('of two who merge the same segments at a time, one throws its work away', async () => {
      for (let index = 0; index < 7; index++) await add(index, index + 1);
      // Two processes: each has what `createExamples` keeps in memory to itself.
      const other = createExamples(database);
      await Promise.all([add(7, 8), other.add(repository, [blobOf(8)]), other.add(repository, [blobOf(9)])]);
      const made = await segments();
      expect(made.filter(({ is_live }) => is_live).reduce((sum, { texts }) => sum + texts, 0)).toBe(10);
      await expectFound([0, 3, 7, 8, 9], 10);
    });

    test('a text that the version before has stored is found once its blob is read again', async () => {
      await add(0, 1);
      await sql`update example_text set is_filed = false`.execute(database.kysely);
      await sql`delete from shelf`.execute(database.kysely);
      await sql`delete from blob`.execute(database.kysely);
      await add(0, 1);
      await expectFound([0], 1);
      const { rows } = await sql`select id, is_filed from example_text`.execute(database.kysely);
      expect(rows).toMatchObject([{ is_filed: true }]);
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
