import { getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';
import { setTimeout as startTimer } from 'node:timers';
import { Worker } from 'node:worker_threads';
import type { ParsedFile } from '../core/parse/parsed-file.ts';
import type { ParseOptions } from '../core/parse/qna.ts';
import type { ChangedFile } from '../core/pull-request.ts';
import type { Answer, ThreadData } from './protocol.ts';

/** How reading one file ended. After `stopped` and `exhausted` the thread is gone; `failed` is a defect of ours. */
export type Ending =
  | { readonly type: 'parsed'; readonly parsed: ParsedFile }
  | { readonly type: 'stopped' }
  | { readonly type: 'exhausted' }
  | { readonly type: 'failed'; readonly reason: string };

/** A thread that reads one file at a time. */
export type Thread = {
  /** Rejects only if the thread cannot start. */
  readonly read: (file: ChangedFile, options: ParseOptions) => Promise<Ending>;
  readonly isAlive: () => boolean;
  readonly end: () => Promise<void>;
};

/** Compiled or not, the worker lies beside this file. */
export const WORKER = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);

/** The largest real file takes 60 MB. */
const MEMORY = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 };

/**
 * Starts the thread. It gets nothing of the environment: what it reads comes from strangers. An idle one does not keep the process
 * alive.
 */
export function startThread({ timeLimitMs, worker: code }: { timeLimitMs: number; worker: URL }): Thread {
  // Each thread has to be told where compiled code is kept, if the process keeps it at all. Node names the folder of its own version.
  const compiled = getCompileCacheDir();
  const workerData: ThreadData = compiled === undefined ? {} : { compiled: dirname(compiled) };
  const worker = new Worker(code, { resourceLimits: MEMORY, env: {}, execArgv: [], workerData });
  const started = Promise.withResolvers<void>();
  started.promise.catch(() => undefined);
  let isAlive = true;
  let asked = 0;
  let settle: ((ending: Ending) => void) | undefined;

  const finish = (ending: Ending): void => {
    settle?.(ending);
    settle = undefined;
  };
  worker.on('message', (answer: Answer) => {
    if (answer.type === 'ready') started.resolve();
    else if (answer.id === asked) finish(answer);
  });
  worker.on('error', (error: Error & { readonly code?: string }) => {
    isAlive = false;
    started.reject(error);
    const isMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
    finish(isMemory ? { type: 'exhausted' } : { type: 'failed', reason: error.message });
  });
  worker.on('exit', () => {
    isAlive = false;
    started.reject(new Error('The parser thread ended before it was ready.'));
    finish({ type: 'failed', reason: 'the parser thread ended' });
  });

  const read = async (file: ChangedFile, options: ParseOptions): Promise<Ending> => {
    worker.ref();
    await started.promise;
    const ending = Promise.withResolvers<Ending>();
    settle = ending.resolve;
    asked += 1;
    worker.postMessage({ id: asked, file, options });
    // An answer that waits behind a busy main thread came in time: it is taken before the verdict.
    const stop = (): void => void setImmediate(() => finish({ type: 'stopped' }));
    const watch = watchTime(worker, timeLimitMs, stop);
    const result = await ending.promise;
    watch.end();
    if (result.type === 'stopped') {
      isAlive = false;
      await worker.terminate();
    } else {
      worker.unref();
    }
    return result;
  };
  const end = async (): Promise<void> => {
    isAlive = false;
    await worker.terminate();
  };
  return { read, isAlive: () => isAlive, end };
}

/** A thread that gets no processor at all for so many times its limit is given up, too. */
const PATIENCE = 10;

/**
 * Calls `stop` when the thread has worked for its limit. What counts is its own processor time, so that a busy machine is not held
 * against a file; where Node cannot tell it (before 24.6), it is the time on the clock.
 */
function watchTime(worker: Worker, limitMs: number, stop: () => void): { readonly end: () => void } {
  const began = performance.now();
  const usedAtStart = processorTime(worker);
  let hasEnded = false;
  let timer = startTimer(() => void look(), limitMs);

  async function look(): Promise<void> {
    const used = ((await processorTime(worker)) ?? Infinity) - ((await usedAtStart) ?? 0);
    if (hasEnded) return;
    if (used >= limitMs || performance.now() - began >= PATIENCE * limitMs) stop();
    else timer = startTimer(() => void look(), Math.max(limitMs - used, 10));
  }
  return {
    end() {
      hasEnded = true;
      clearTimeout(timer);
    },
  };
}

/** Milliseconds of processor that the thread has had; undefined where nobody can tell. */
async function processorTime(worker: Worker): Promise<number | undefined> {
  if (!('cpuUsage' in worker)) return undefined;
  const usage = await worker.cpuUsage().catch(() => undefined);
  return usage && (usage.user + usage.system) / 1000;
}
