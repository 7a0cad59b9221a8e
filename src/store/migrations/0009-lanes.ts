import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** Which job has a lane. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`create table lane (lane text primary key, job_id uuid not null)`.execute(database);
}
