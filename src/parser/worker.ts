import { enableCompileCache } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import type { Answer, Question, ThreadData } from './protocol.ts';

const { compiled }: ThreadData = workerData;
if (compiled !== undefined) enableCompileCache(compiled);
// Not before, so that this is kept too.
const { readFile } = await import('./read-file.ts');

const answer = (message: Answer): void => parentPort?.postMessage(message);

async function read({ id, file, options }: Question): Promise<Answer> {
  try {
    return { type: 'parsed', id, parsed: await readFile(file, options) };
  } catch (error) {
    return { type: 'failed', id, reason: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.on('message', (question: Question) => void read(question).then(answer));
answer({ type: 'ready' });
