import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { backUpFolder, restoreFolder } from '../../src/store/backup.ts';
import { createAudit } from '../../src/store/audit.ts';
import { openDatabase } from '../../src/store/database.ts';
import type { Database } from '../../src/store/database.ts';
import { createExamples } from '../../src/store/examples.ts';
import { moveAll } from '../../src/store/move.ts';
import { startQueue } from '../../src/store/queue.ts';
import { createDataFolder, engines } from './databases.ts';

let folder: string;
let dataDir: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'assay-backup-'));
  dataDir = join(folder, 'data');
  await createDataFolder(dataDir);
  const database = await openDatabase({ dataDir });
  await fill(database);
  await database.close();
});

const repository = { id: 7, owner: 'lantern', name: 'taxonomy' };

/** Something in tables of all kinds: bytes, times, numbers that the database gives, a chain, a job. */
async function fill(database: Database): Promise<void> {
  const text = { question: 'Why do “boats” float?', answer: 'They push water aside.\n\\x00', context: 'Boats.' };
  const [key, wholeKey] = ['ab'.repeat(20), 'cd'.repeat(20)];
  await createExamples(database).add(repository, [{ blobSha: 'blob', examples: [{ key, wholeKey, line: 3, text }] }]);
  for (const minute of [1, 2])
    await createAudit(database).append({
      at: `2026-03-02T10:0${minute}:00.123Z`,
      repository,
      kind: 'write',
      action: { type: 'create_comment' },
    });
  const queue = await startQueue(database);
  await queue.enqueue({ type: 'review', installationId: 1, repository, number: 7 });
  await queue.stop({ graceful: false });
}

/** What stands there, as one value. */
async function contentOf({ kysely }: Database): Promise<unknown> {
  const { rows: texts } = await sql`
    select id, repository_id, encode(key, 'hex') as key, question, context, answer from example_text`.execute(kysely);
  const { rows: audit } = await sql`select id, at, entry, previous, hash from audit order by id`.execute(kysely);
  const { rows: postings } = await sql`
    select shelf, encode(entries, 'hex') as entries from posting order by shelf, part`.execute(kysely);
  return { texts, audit, postings };
}

const openAgain = async <Result>(place: string, look: (database: Database) => Promise<Result>): Promise<Result> => {
  const database = await openDatabase({ dataDir: place });
  try {
    return await look(database);
  } finally {
    await database.close();
  }
};

describe('the embedded database', () => {
  test('comes back whole from one file, which only its owner can read', async () => {
    const file = join(folder, 'assay.backup');
    const bytes = await backUpFolder(dataDir, file);
    expect(statSync(file)).toMatchObject({ size: bytes });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const again = join(folder, 'again');
    await restoreFolder(file, again);
    expect(await openAgain(again, contentOf)).toEqual(await openAgain(dataDir, contentOf));
  });

  test('is not made of a file that was cut off or changed on the way', async () => {
    const file = join(folder, 'sound.backup');
    await backUpFolder(dataDir, file);
    const sound = readFileSync(file);
    const changed = Buffer.from(sound);
    changed[sound.length >> 1] = (changed[sound.length >> 1] ?? 0) ^ 1;
    for (const damaged of [sound.subarray(0, sound.length >> 1), changed]) {
      writeFileSync(join(folder, 'damaged'), damaged);
      await expect(restoreFolder(join(folder, 'damaged'), join(folder, 'from damage'))).rejects.toThrow('is no backup');
      expect(existsSync(join(folder, 'from damage'))).toBe(false);
    }
  });

  test('is not backed up while a server has it, nor over another file, nor restored over something', async () => {
    const server = await openDatabase({ dataDir });
    await expect(backUpFolder(dataDir, join(folder, 'busy.backup'))).rejects.toThrow('Another process');
    await server.close();
    expect(existsSync(join(folder, 'busy.backup'))).toBe(false);
    writeFileSync(join(folder, 'there'), 'x');
    await expect(backUpFolder(dataDir, join(folder, 'there'))).rejects.toThrow('is there already');
    await expect(backUpFolder(join(folder, 'none'), join(folder, 'x'))).rejects.toThrow('There is no database');
    await expect(restoreFolder(join(folder, 'there'), dataDir)).rejects.toThrow('is not empty');
    await expect(restoreFolder(join(folder, 'there'), join(folder, 'new'))).rejects.toThrow('is no backup');
    await expect(restoreFolder(join(folder, 'nowhere'), join(folder, 'new'))).rejects.toThrow(
      'nowhere" cannot be read.',
    );
    expect(existsSync(join(folder, 'new'))).toBe(false);
  });
});

const postgres = engines.find(({ name }) => name.startsWith('PostgreSQL'));
describe.skipIf(postgres?.isAvailable !== true)('a move to PostgreSQL', () => {
  test('carries every row and the jobs, goes on with the numbers, and is refused where there is something', async () => {
    const to = await postgres?.fresh();
    if (to === undefined || postgres === undefined) return;
    const queue = await startQueue(to);
    const from = await openDatabase({ dataDir });
    try {
      const moved = await moveAll(from, to, queue);
      expect(Object.fromEntries(moved.map(({ table, rows }) => [table, rows]))).toMatchObject({
        example_text: 1,
        blob: 1,
        audit: 2,
        jobs: 1,
      });
      expect(await contentOf(to)).toEqual(await contentOf(from));
      expect(await queue.depth()).toMatchObject({ waiting: 1 });
      await createAudit(to).append({
        at: '2026-03-02T11:00:00Z',
        repository,
        kind: 'write',
        action: { type: 'create_comment' },
      });
      expect([...(await createAudit(to).verify()).values()]).toEqual([{ type: 'whole', rows: 3 }]);
      await expect(moveAll(from, to, queue)).rejects.toThrow('is not empty: it has rows in');
    } finally {
      await from.close();
      await queue.stop({ graceful: false });
      await postgres.discard();
    }
  });
});
