import { setImmediate as turn } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { nearestSigns, signsOf } from '../core/duplicates/meaning.ts';
import type { Vector } from '../core/duplicates/meaning.ts';
import { readSigns } from './meaning-vectors.ts';
import type { Space } from './meanings.ts';
import type { Schema } from './schema.ts';

/** Vectors of one repository that are searched: 64 bytes each of 512 numbers. Beyond that the oldest are. */
const MAX_SEARCHED = 200_000;

/** Repositories whose signs are kept at hand; those of others are read again. */
const MAX_REPOSITORIES = 16;

/** Rows that are read at a time. */
const ROWS_AT_A_TIME = 500;

/** Rows that are read again: of two that were written at once, the one with the smaller number may be seen later. */
const OVERLAP = 200;

/** The signs of a repository's vectors. */
export type SignIndex = {
  /** Keys (hex) of the vectors whose signs are nearest, nearest first. */
  nearest(vector: Vector, limit: number): readonly string[];
};

/** Signs in memory, a bit for each number of a vector. The rows of the store are the truth; what was deleted is found nowhere. */
export type SignIndexes = { refresh(kysely: Kysely<Schema>, space: Space): Promise<SignIndex> };

export function createSignIndexes(): SignIndexes {
  const known = new Map<string, Signs>();
  return {
    async refresh(kysely, space) {
      const name = JSON.stringify([space.repositoryId, space.space]);
      const signs = known.get(name) ?? { keys: [], has: new Set(), last: 0, length: 0, all: new Int32Array() };
      // Taken out first, so that the order of the map is that of the last use.
      known.delete(name);
      known.set(name, signs);
      const [oldest] = known.size > MAX_REPOSITORIES ? known.keys() : [];
      if (oldest !== undefined) known.delete(oldest);
      await readNew(kysely, space, signs);
      return {
        nearest(vector, limit) {
          if (vector.length !== signs.length) return [];
          const own = signsOf(vector);
          const used = signs.all.subarray(0, signs.keys.length * own.length);
          return nearestSigns(own, used, limit).flatMap(position => signs.keys[position] ?? []);
        },
      };
    },
  };
}

type Signs = { readonly keys: string[]; readonly has: Set<string>; last: number; length: number; all: Int32Array };

async function readNew(kysely: Kysely<Schema>, { repositoryId, space }: Space, signs: Signs): Promise<void> {
  for (let from = Math.max(0, signs.last - OVERLAP); signs.keys.length < MAX_SEARCHED;) {
    const { rows } = await sql<{ id: number; key: string; length: number; signs: Uint8Array }>`
      select id, encode(key, 'hex') as key, length, signs from meaning
      where repository_id = ${repositoryId} and space = ${space} and id > ${from}
      order by id limit ${ROWS_AT_A_TIME}`.execute(kysely);
    for (const { key, length, signs: own } of rows) add(signs, key, length, readSigns(own));
    const end = rows.at(-1)?.id;
    if (end !== undefined) signs.last = Math.max(signs.last, end);
    if (end === undefined || rows.length < ROWS_AT_A_TIME) return;
    from = end;
    await turn();
  }
}

function add(signs: Signs, key: string, length: number, own: Int32Array): void {
  if (signs.length === 0) signs.length = length;
  // A model that answers with vectors of two lengths is not comparable with itself.
  if (signs.has.has(key) || length !== signs.length || signs.keys.length >= MAX_SEARCHED) return;
  const at = signs.keys.length * own.length;
  if (at + own.length > signs.all.length) {
    const larger = new Int32Array(Math.max(64 * own.length, signs.all.length * 2));
    larger.set(signs.all);
    signs.all = larger;
  }
  signs.all.set(own, at);
  signs.keys.push(key);
  signs.has.add(key);
}
