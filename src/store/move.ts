import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Database } from './database.ts';
import { jobSchema } from './job-schema.ts';
import type { Queue } from './queue.ts';
import { JOBS } from './queue-rows.ts';
import type { Schema } from './schema.ts';

/** How many rows of a table were moved. */
export type MovedTable = { readonly table: string; readonly rows: number };

/** Rows that are carried at a time. */
const ROWS_AT_A_TIME = 500;

/**
 * Copies everything from one database into another that holds nothing yet: all tables, and the jobs that wait or were under way.
 * Both must be of this version of Assay, and nothing may use either. Counts the rows afterwards. Throws when the other one is not
 * empty or something is missing in the end; what was copied by then stays there, so begin again with an empty one.
 */
export async function moveAll(from: Database, to: Database, queue: Queue): Promise<readonly MovedTable[]> {
  const tables = await tablesOf(from.kysely);
  for (const table of tables)
    if ((await countRows(to.kysely, table)) > 0)
      throw new Error(`The other database is not empty: it has rows in ${table}.`);
  const moved: MovedTable[] = [];
  for (const table of tables) {
    const rows = await copyTable(from.kysely, to.kysely, table);
    if (rows !== (await countRows(to.kysely, table))) throw new Error(`Of ${table} not every row arrived.`);
    moved.push({ table, rows });
  }
  await continueSequences(to.kysely);
  const jobs = await moveJobs(from.kysely, queue);
  return [...moved, { table: 'jobs', rows: jobs }];
}

/** Our own, in an order in which what is referred to comes first. */
async function tablesOf(kysely: Kysely<Schema>): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    with recursive referring(name, depth) as (
      select c.relname::text, 0 from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind = 'r' and c.relname not like 'kysely%'
      union all
      select child.relname::text, referring.depth + 1
      from referring join pg_class parent on parent.relname = referring.name
      join pg_constraint k on k.contype = 'f' and k.confrelid = parent.oid and k.conrelid <> k.confrelid
      join pg_class child on child.oid = k.conrelid
      where referring.depth < 10
    )
    select name from referring group by name order by max(depth), name`.execute(kysely);
  return rows.map(({ name }) => name);
}

async function countRows(kysely: Kysely<Schema>, table: string): Promise<number> {
  const { rows } = await sql<{ total: number }>`select count(*)::int as total from ${sql.id(table)}`.execute(kysely);
  return rows[0]?.total ?? 0;
}

/** As JSON: what is written by one PostgreSQL is read by the other, bytes and times too. */
async function copyTable(from: Kysely<Schema>, to: Kysely<Schema>, table: string): Promise<number> {
  const name = sql.id(table);
  for (let offset = 0; ;) {
    const { rows } = await sql<{ batch: string; total: number }>`
      select coalesce(json_agg(row), '[]')::text as batch, count(*)::int as total
      from (select * from ${name} order by ctid limit ${ROWS_AT_A_TIME} offset ${offset}) as row`.execute(from);
    const [{ batch, total } = { batch: '[]', total: 0 }] = rows;
    if (total > 0)
      await sql`insert into ${name} overriding system value
        select * from json_populate_recordset(null::${name}, ${batch}::json)`.execute(to);
    offset += total;
    if (total < ROWS_AT_A_TIME) return offset;
  }
}

/** New rows get numbers beyond those that came along. */
async function continueSequences(kysely: Kysely<Schema>): Promise<void> {
  const { rows } = await sql<{ table: string; column: string }>`
    select table_name as "table", column_name as "column" from information_schema.columns
    where table_schema = 'public' and is_identity = 'YES'`.execute(kysely);
  for (const { table, column } of rows)
    await sql`select setval(pg_get_serial_sequence(${table}, ${column}),
      coalesce((select max(${sql.id(column)}) from ${sql.id(table)}), 0) + 1, false)`.execute(kysely);
}

/** The queue has its own tables, which belong to its version: jobs are asked for anew. */
async function moveJobs(from: Kysely<Schema>, queue: Queue): Promise<number> {
  const { rows } = await sql<{ data: unknown }>`
    select data from pgboss.job where name = ${JOBS} and state in ('created', 'retry', 'active') order by created_on`.execute(
    from,
  );
  const jobs = rows.flatMap(({ data }) => jobSchema.safeParse(asObject(data)).data ?? []);
  for (const job of jobs) await queue.enqueue(job);
  return jobs.length;
}

const asObject = (data: unknown): unknown => {
  const text = z.string().safeParse(data);
  return text.success ? JSON.parse(text.data) : data;
};
