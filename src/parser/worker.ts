import { parentPort } from 'node:worker_threads';
import type { Answer, Question } from './protocol.ts';
import { readFile } from './read-file.ts';

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
