import { parentPort } from 'node:worker_threads';
import type { Question } from '../../src/parser/protocol.ts';
import { readFile } from '../../src/parser/read-file.ts';

/** Reads files as the real one does, but holds on to those named `slow`, eats memory at `hungry`, breaks at `broken` and dies at `dead`. */
async function read({ id, file, options }: Question): Promise<void> {
  if (file.path.includes('/slow/')) for (;;);
  if (file.path.includes('/hungry/'))
    for (const eaten: unknown[] = []; ;) eaten.push(Array.from({ length: 1_000_000 }).fill(eaten.length));
  if (file.path.includes('/dead/')) process.exit(1);
  if (file.path.includes('/broken/')) parentPort?.postMessage({ type: 'failed', id, reason: 'a defect' });
  else parentPort?.postMessage({ type: 'parsed', id, parsed: await readFile(file, options) });
}

parentPort?.on('message', (question: Question) => void read(question));
// What is loaded lazily is loaded now, so that a short limit is enough for sound files.
await readFile(
  { path: 'knowledge/a/qna.yaml', status: 'added', blobSha: '', content: { type: 'bytes', bytes: new Uint8Array() } },
  {},
);
parentPort?.postMessage({ type: 'ready' });
