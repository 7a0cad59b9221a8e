import { execFile, spawn } from 'node:child_process';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';

const runFile = promisify(execFile);

/** Git's own settings of the folder could name programs to be run; none of them is needed to read. */
const SAFE = ['-c', 'core.fsmonitor=false', '-c', 'core.quotePath=false'] as const;

/** Git in one folder, without a shell in between. */
export type Git = {
  /** Standard output of a command. Throws with Git's own words when it fails. */
  readonly read: (...args: readonly string[]) => Promise<string>;
  /** Parts of an output that ends each with a NUL (`-z`). */
  readonly list: (...args: readonly string[]) => Promise<readonly string[]>;
  /** Bytes of blobs by id, through one process. Ids that are not there are absent, as are those above `maxBytes`. */
  readonly blobs: (ids: readonly string[], maxBytes: number) => Promise<ReadonlyMap<string, Uint8Array>>;
};

/** Throws with one sentence when git is missing. */
export function gitIn(folder: string): Git {
  const read = async (...args: readonly string[]): Promise<string> => {
    try {
      const { stdout } = await runFile('git', ['-C', folder, ...SAFE, ...args], { maxBuffer: 1 << 30 });
      return stdout;
    } catch (error) {
      throw new Error(explain(error), { cause: error });
    }
  };
  return {
    read,
    list: async (...args) => (await read(...args)).split('\0').filter(part => part !== ''),
    blobs: (ids, maxBytes) => readBlobs(folder, ids, maxBytes),
  };
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return 'git failed.';
  if ('code' in error && error.code === 'ENOENT') return 'git was not found. Install it, or use "assay check".';
  const words = 'stderr' in error ? String(error.stderr) : error.message;
  return `git says: ${words.trim().split('\n').at(0) ?? 'nothing'}`;
}

/** Answers of `cat-file --batch`: `<id> blob <size>\n<bytes>\n`, or `<id> missing\n`. */
async function readBlobs(
  folder: string,
  ids: readonly string[],
  maxBytes: number,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const child = spawn('git', ['-C', folder, ...SAFE, 'cat-file', '--batch'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const output = buffer(child.stdout);
  child.stdin.end(ids.map(id => `${id}\n`).join(''));
  const bytes = await output;
  const blobs = new Map<string, Uint8Array>();
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf(0x0a, at);
    const [id = '', type, size] = bytes.toString('latin1', at, end).split(' ');
    at = end + 1;
    if (size === undefined) continue;
    const length = Number(size);
    if (type === 'blob' && length <= maxBytes) blobs.set(id, bytes.subarray(at, at + length));
    at += length + 1;
  }
  return blobs;
}
