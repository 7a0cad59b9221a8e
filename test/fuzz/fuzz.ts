import * as fc from 'fast-check';
import type { Original } from './corpus.ts';
import { mutate, mutation } from './mutations.ts';
import { startReader, tryFile } from './round.ts';

export type Fuzzed = {
  readonly files: number;
  /** In words, with the file as JSON, after it was made as small as it gets. */
  readonly failure?: string;
};

/** Files of one round, half of them for each of two threads. */
const FILES_A_ROUND = 10;

/** Runs rounds until so many files were tried or so much time has passed, or something is wrong. */
export async function fuzz(
  originals: readonly Original[],
  seed: number,
  limit: { readonly count: number } | { readonly milliseconds: number },
): Promise<Fuzzed> {
  const readers = [startReader(), startReader()];
  let files = 0;
  let last = '';
  const changed = fc.record({
    original: fc.constantFrom(...originals),
    mutations: fc.array(mutation, { minLength: 1, maxLength: 6 }),
  });
  const round = fc.asyncProperty(
    fc.array(changed, { minLength: FILES_A_ROUND, maxLength: FILES_A_ROUND }),
    async batch => {
      await Promise.all(
        readers.map(async (reader, turn) => {
          for (const { original, mutations } of batch.filter((_, index) => index % readers.length === turn)) {
            const bytes = mutate(original.text, mutations);
            files += 1;
            try {
              await tryFile(original.path, bytes, reader);
            } catch (error) {
              last = `${original.path} ${JSON.stringify(Buffer.from(bytes).toString('latin1'))}`;
              throw error;
            }
          }
        }),
      );
    },
  );
  try {
    const isTimed = 'milliseconds' in limit;
    const result = await fc.check(round, {
      seed,
      numRuns: isTimed ? Number.MAX_SAFE_INTEGER : Math.ceil(limit.count / FILES_A_ROUND),
      ...(isTimed && { interruptAfterTimeLimit: limit.milliseconds, markInterruptAsFailure: false }),
    });
    if (!result.failed) return { files };
    const { errorInstance } = result;
    const why = errorInstance instanceof Error ? (errorInstance.stack ?? errorInstance.message) : String(errorInstance);
    return { files, failure: `${why}\nin ${last}\nAgain with --seed ${seed}.` };
  } finally {
    await Promise.all(readers.map(reader => reader.close()));
  }
}
