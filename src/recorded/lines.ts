import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import type { z } from 'zod';

/**
 * The lines of a `.jsonl.gz` file, one at a time. Throws with the file and line that do not fit; with `optional`, a file that does
 * not exist has no lines.
 */
export async function* readLines<T>(
  path: string,
  schema: z.ZodType<T>,
  { isOptional = false } = {},
): AsyncGenerator<T, void, undefined> {
  const file = createReadStream(path);
  const text = file.pipe(createGunzip());
  // A pipe does not hand on errors: without this a missing file would wait for ever.
  file.on('error', error => text.destroy(error));
  let number = 0;
  try {
    for await (const line of createInterface({ input: text, crlfDelay: Infinity })) {
      number++;
      if (line === '') continue;
      const read = schema.safeParse(JSON.parse(line));
      if (!read.success) throw new Error(`${path}, line ${number}: ${read.error.issues[0]?.message ?? 'unexpected'}`);
      yield read.data;
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      if (isOptional) return;
      throw new Error(`There is no ${path}. Is it a folder of recorded pull requests?`, { cause: error });
    }
    throw error;
  } finally {
    file.destroy();
  }
}
