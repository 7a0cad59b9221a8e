import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { signsOf } from '../core/duplicates/meaning.ts';
import type { Vector } from '../core/duplicates/meaning.ts';
import type { Space } from './meanings.ts';
import type { Schema } from './schema.ts';

/** The vectors that are stored for these keys (hex). */
export async function loadVectors(
  kysely: Kysely<Schema>,
  { repositoryId, space }: Space,
  keys: readonly string[],
): Promise<ReadonlyMap<string, Vector>> {
  if (keys.length === 0) return new Map();
  const { rows } = await sql<{ key: string; vector: Uint8Array }>`
    select encode(key, 'hex') as key, vector from meaning
    where repository_id = ${repositoryId} and space = ${space}
      and key = any(array(select decode(asked, 'hex') from unnest(${[...keys]}::text[]) as asked))`.execute(kysely);
  return new Map(rows.map(({ key, vector }) => [key, readVector(vector)]));
}

/** Keeps vectors. Of two for one key the first stays. */
export async function storeVectors(
  kysely: Kysely<Schema>,
  { repositoryId, space }: Space,
  vectors: readonly (readonly [key: string, vector: Vector])[],
): Promise<void> {
  if (vectors.length === 0) return;
  await sql`insert into meaning (repository_id, space, key, length, signs, vector)
    select ${repositoryId}::bigint, ${space}::text, decode(key, 'hex'), length, decode(signs, 'hex'), decode(vector, 'hex')
    from unnest(
      ${vectors.map(([key]) => key)}::text[], ${vectors.map(([, vector]) => vector.length)}::int[],
      ${vectors.map(([, vector]) => writeSigns(signsOf(vector)))}::text[],
      ${vectors.map(([, vector]) => writeVector(vector))}::text[]
    ) as given(key, length, signs, vector)
    on conflict do nothing`.execute(kysely);
}

/** Signs as they are stored. */
export function readSigns(bytes: Uint8Array): Int32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Int32Array.from({ length: bytes.byteLength >>> 2 }, (_, at) => view.getInt32(at * 4, true));
}

function readVector(bytes: Uint8Array): Vector {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: bytes.byteLength >>> 2 }, (_, at) => view.getFloat32(at * 4, true));
}

function writeSigns(signs: Int32Array): string {
  const bytes = Buffer.alloc(signs.length * 4);
  for (const [at, word] of signs.entries()) bytes.writeInt32LE(word, at * 4);
  return bytes.toString('hex');
}

function writeVector(vector: Vector): string {
  const bytes = Buffer.alloc(vector.length * 4);
  for (const [at, number] of vector.entries()) bytes.writeFloatLE(number, at * 4);
  return bytes.toString('hex');
}
