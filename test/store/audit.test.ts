import { sql } from 'kysely';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { AuditEntry } from '../../src/core/audit.ts';
import { createAudit } from '../../src/store/audit.ts';
import type { Audit } from '../../src/store/audit.ts';
import type { Database } from '../../src/store/database.ts';
import { engines } from './databases.ts';

const entry = (id: number, minute: number): AuditEntry => ({
  at: `2026-03-02T10:${String(minute).padStart(2, '0')}:00.000Z`,
  repository: { id, owner: 'o', name: `r${id}` },
  number: 7,
  kind: 'write',
  action: { type: 'create_comment' },
  created: minute,
});

const shown = z.looseObject({ kind: z.string(), created: z.number().optional(), removed: z.number().optional() });

async function entriesOf(audit: Audit, range: Parameters<Audit['read']>[0] = {}) {
  const entries: z.output<typeof shown>[] = [];
  for await (const row of audit.read(range)) entries.push(shown.parse(JSON.parse(row.entry)));
  return entries;
}

const states = async (audit: Audit) =>
  Object.fromEntries(
    [...(await audit.verify())].map(([id, state]) => [id, state.type === 'whole' ? state.rows : state.problem]),
  );

for (const engine of engines) {
  describe.skipIf(!engine.isAvailable)(`the record on ${engine.name}`, () => {
    let database: Database;
    let audit: Audit;
    beforeEach(async () => {
      database = await engine.fresh();
      audit = createAudit(database);
    });
    afterAll(engine.discard);

    /** What somebody with the owner's rights could do behind our back. */
    const tamper = async (statement: string) => {
      const { kysely } = database;
      await sql`alter table audit disable trigger user`.execute(kysely);
      await sql.raw(statement).execute(kysely);
      await sql`alter table audit enable trigger user`.execute(kysely);
    };

    test('is read as it was written, by repository and time', async () => {
      for (const minute of [1, 2, 3]) await audit.append(entry(1, minute));
      await audit.append(entry(2, 4));
      const of = async (range: Parameters<Audit['read']>[0]) =>
        (await entriesOf(audit, range)).map(({ created }) => created);
      expect(await of({})).toEqual([1, 2, 3, 4]);
      expect(await of({ repositoryId: 1, since: new Date('2026-03-02T10:02:00Z') })).toEqual([2, 3]);
      expect(await of({ before: new Date('2026-03-02T10:02:00Z') })).toEqual([1]);
      expect(await states(audit)).toEqual({ 1: 3, 2: 1 });
    });

    test('two that write at once make one chain', async () => {
      await Promise.all(Array.from({ length: 12 }, (_, minute) => audit.append(entry(1, minute))));
      expect(await states(audit)).toEqual({ 1: 12 });
    });

    test('cannot be changed or emptied', async () => {
      await audit.append(entry(1, 1));
      for (const statement of [`update audit set entry = '{}'`, 'delete from audit', 'truncate audit'])
        await expect(sql.raw(statement).execute(database.kysely)).rejects.toThrow('rows of audit are never changed');
      expect(await states(audit)).toEqual({ 1: 1 });
    });

    test.each([
      [
        'changed',
        `update audit set entry = replace(entry, 'create', 'delete') where id = 2`,
        'it is not as it was written',
      ],
      ['taken out', 'delete from audit where id = 2', 'a row before it is missing'],
      [
        'cut off at the beginning',
        'delete from audit where id = 1',
        'its beginning is missing, and no entry says that it was pruned',
      ],
    ])('shows what was %s by somebody who could', async (_, statement, problem) => {
      await sql`alter table audit alter column id restart with 1`.execute(database.kysely);
      for (const minute of [1, 2, 3]) await audit.append(entry(1, minute));
      await tamper(statement);
      expect(await states(audit)).toEqual({ 1: problem });
    });

    test('is pruned by its owner, and says so', async () => {
      for (const minute of [1, 2, 3]) await audit.append(entry(1, minute));
      await audit.append(entry(2, 1));
      const now = new Date('2026-03-03T10:00:00Z');
      expect(await audit.prune(new Date('2026-03-02T10:03:00Z'), now)).toBe(3);
      expect(await states(audit)).toEqual({ 1: 2, 2: 1 });
      const entries = await entriesOf(audit);
      expect(entries.map(({ kind, removed }) => [kind, removed])).toEqual([
        ['write', undefined],
        ['pruned', 2],
        ['pruned', 1],
      ]);
      expect(await audit.prune(new Date('2026-03-02T10:03:00Z'), now)).toBe(0);
      await expect(sql`delete from audit`.execute(database.kysely)).rejects.toThrow('never changed');
    });
  });
}

const postgres = engines.find(({ name }) => name.startsWith('PostgreSQL'));
describe.skipIf(postgres?.isAvailable !== true)('on PostgreSQL, the role that Assay runs as', () => {
  afterAll(async () => postgres?.discard());

  test('that does not own the table can add to the record, and cannot touch it otherwise', async () => {
    const database = await postgres?.fresh();
    if (database === undefined) return;
    await createAudit(database).append(entry(1, 1));
    await database.kysely.connection().execute(async connection => {
      await sql`create role assay_audit_test`.execute(connection);
      try {
        await sql`grant select, insert on audit to assay_audit_test`.execute(connection);
        await sql`set role assay_audit_test`.execute(connection);
        for (const statement of [
          'delete from audit',
          `update audit set hash = ''`,
          'truncate audit',
          'alter table audit disable trigger user',
        ])
          await expect(sql.raw(statement).execute(connection)).rejects.toThrow(/permission denied|must be owner/);
        await sql`insert into audit (repository_id, at, entry, previous, hash) values (1, now(), '{}', '', '')`.execute(
          connection,
        );
      } finally {
        await sql`reset role`.execute(connection);
        await sql`drop owned by assay_audit_test`.execute(connection);
        await sql`drop role assay_audit_test`.execute(connection);
      }
    });
  });
});
