import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { chainHash, entryText } from '../core/audit.ts';
import type { AuditEntry } from '../core/audit.ts';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';

/** A row as it stands: the entry's text with its place in the chain. */
export type AuditRow = {
  readonly id: number;
  readonly repositoryId: number;
  readonly entry: string;
  readonly previous: string;
  readonly hash: string;
};

/** Which rows. Times are moments from which on, and before which. */
export type AuditRange = { readonly repositoryId?: number; readonly since?: Date; readonly before?: Date };

/** What is wrong with the record of a repository, or that all of it is there. */
export type AuditState =
  | { readonly type: 'whole'; readonly rows: number }
  | { readonly type: 'broken'; readonly id: number; readonly problem: string };

/** The record of what was done: appended to, read, and pruned by its owner. */
export type Audit = {
  /** Adds an entry to the chain of its repository. Two processes that add at once wait for each other. */
  append(entry: AuditEntry): Promise<void>;
  /** Rows in the order in which they were added, a few hundred at a time. */
  read(range?: AuditRange): AsyncGenerator<AuditRow>;
  /** By repository: whether every row is as it was written and none is missing between two. */
  verify(): Promise<ReadonlyMap<number, AuditState>>;
  /**
   * Removes rows from before, and notes in each chain that and how many. Only the owner of the table can. Tells how many went.
   */
  prune(before: Date, now: Date): Promise<number>;
};

const ROWS_AT_A_TIME = 500;

export function createAudit({ kysely }: Database): Audit {
  return {
    append: entry => kysely.transaction().execute(trx => appendTo(trx, entry)),

    async *read({ repositoryId, since, before } = {}) {
      for (let from = 0; ;) {
        let query = kysely.selectFrom('audit').selectAll().where('id', '>', from).orderBy('id').limit(ROWS_AT_A_TIME);
        if (repositoryId !== undefined) query = query.where('repository_id', '=', repositoryId);
        if (since !== undefined) query = query.where('at', '>=', since);
        if (before !== undefined) query = query.where('at', '<', before);
        const rows = await query.execute();
        for (const { id, repository_id, entry, previous, hash } of rows)
          yield { id, repositoryId: repository_id, entry, previous, hash };
        const last = rows.at(-1);
        if (last === undefined || rows.length < ROWS_AT_A_TIME) return;
        from = last.id;
      }
    },

    async verify() {
      const chains = new Map<number, Chain>();
      for await (const row of this.read()) {
        const chain = chains.get(row.repositoryId) ?? {
          rows: 0,
          begins: row.previous,
          last: row.previous,
          pruned: new Set(),
        };
        chains.set(row.repositoryId, chain);
        extend(chain, row);
      }
      return new Map([...chains].map(([id, chain]) => [id, stateOf(chain)]));
    },

    prune: (before, now) => kysely.transaction().execute(trx => pruneIn(trx, before, now)),
  };
}

async function appendTo(trx: Kysely<Schema>, entry: AuditEntry): Promise<void> {
  const { id } = entry.repository;
  await sql`select pg_advisory_xact_lock(${AUDIT_LOCK}::int, hashint8(${id}::bigint))`.execute(trx);
  const last = await trx
    .selectFrom('audit')
    .select('hash')
    .where('repository_id', '=', id)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  const text = entryText(entry);
  const previous = last?.hash ?? '';
  await trx
    .insertInto('audit')
    .values({ repository_id: id, at: new Date(entry.at), entry: text, previous, hash: chainHash(previous, text) })
    .execute();
}

/** Any number that nothing else locks with. */
const AUDIT_LOCK = 0x617564;

type Chain = {
  rows: number;
  /** What the first row says stood before it. */
  readonly begins: string;
  last: string;
  problem?: { readonly id: number; readonly problem: string };
  readonly pruned: Set<string>;
};

const prunedEntry = z.object({ kind: z.literal('pruned'), lastHash: z.string() });

function extend(chain: Chain, { id, entry, previous, hash }: AuditRow): void {
  chain.rows++;
  if (chain.problem === undefined && previous !== chain.last)
    chain.problem = { id, problem: 'a row before it is missing' };
  if (chain.problem === undefined && chainHash(previous, entry) !== hash)
    chain.problem = { id, problem: 'it is not as it was written' };
  chain.last = hash;
  const parsed = prunedEntry.safeParse(JSON.parse(entry));
  if (parsed.success) chain.pruned.add(parsed.data.lastHash);
}

function stateOf({ rows, begins, problem, pruned }: Chain): AuditState {
  if (problem !== undefined) return { type: 'broken', ...problem };
  return begins === '' || pruned.has(begins)
    ? { type: 'whole', rows }
    : { type: 'broken', id: 0, problem: 'its beginning is missing, and no entry says that it was pruned' };
}

async function pruneIn(trx: Kysely<Schema>, before: Date, now: Date): Promise<number> {
  const { rows } = await sql<{ repository_id: number; removed: number; last_id: number }>`
    select repository_id, count(*)::int as removed, max(id) as last_id from audit
    where at < ${before} group by repository_id order by repository_id`.execute(trx);
  // Refused to everybody but the owner of the table.
  await sql`alter table audit disable trigger audit_is_append_only`.execute(trx);
  let total = 0;
  for (const { repository_id: id, last_id: lastId } of rows) {
    const last = await trx
      .selectFrom('audit')
      .select(['hash', 'entry'])
      .where('id', '=', lastId)
      .executeTakeFirstOrThrow();
    const { numDeletedRows } = await trx
      .deleteFrom('audit')
      .where('repository_id', '=', id)
      .where('id', '<=', lastId)
      .executeTakeFirstOrThrow();
    total += Number(numDeletedRows);
    const { repository } = z.object({ repository: repositorySchema }).parse(JSON.parse(last.entry));
    await appendPruned(trx, {
      entry: {
        at: now.toISOString(),
        repository,
        kind: 'pruned',
        before: before.toISOString(),
        removed: Number(numDeletedRows),
        lastHash: last.hash,
      },
      lastHash: last.hash,
    });
  }
  await sql`alter table audit enable trigger audit_is_append_only`.execute(trx);
  return total;
}

const repositorySchema = z.object({ id: z.number(), owner: z.string(), name: z.string() });

/** Where nothing is left, the note hangs on what was removed. */
async function appendPruned(
  trx: Kysely<Schema>,
  { entry, lastHash }: { readonly entry: AuditEntry; readonly lastHash: string },
): Promise<void> {
  const { id } = entry.repository;
  const left = await trx.selectFrom('audit').select('id').where('repository_id', '=', id).limit(1).execute();
  if (left.length > 0) return appendTo(trx, entry);
  const text = entryText(entry);
  await trx
    .insertInto('audit')
    .values({
      repository_id: id,
      at: new Date(entry.at),
      entry: text,
      previous: lastHash,
      hash: chainHash(lastHash, text),
    })
    .execute();
}
