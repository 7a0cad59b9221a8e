import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { GitHub } from '../simulator/github.ts';
import type { Order, Rest } from './server-entry.ts';

/** A server that is started again whenever it ends, as a process manager does it. */
export type Supervised = {
  /** Waits until one runs in which no job waits or runs. */
  rest(): Promise<Rest>;
  tell(order: Order): void;
  /** As `kill -9`; resolves when nothing of it is left. The next one starts at once. */
  kill(): Promise<void>;
  /** How often one was started. */
  starts(): number;
  stop(): Promise<void>;
};

/** More starts than that in a row that lead to nothing: it will never come up. */
const MAX_VAIN_STARTS = 20;

export function supervise(
  github: GitHub,
  variables: Readonly<Record<string, string>>,
  ahead: () => number,
): Supervised {
  let child: ChildProcess;
  let starts = 0;
  let vain = 0;
  let isEnding = false;
  let listening: Promise<boolean>;

  function start(): void {
    starts++;
    const started = fork(join(import.meta.dirname, 'server-entry.ts'), {
      env: { ...variables, CHAOS_AHEAD: String(ahead()) },
      execArgv: ['--liftoff-only'],
      stdio: ['ignore', 'ignore', process.env['CHAOS_LOG'] === undefined ? 'ignore' : 'inherit', 'ipc'],
    });
    child = started;
    // A message to one that has just been killed is lost, and no failure.
    started.on('error', () => undefined);
    listening = new Promise(resolve => {
      started.on('message', (message: { type: string; webhookUrl?: string }) => {
        if (message.type !== 'listening') return;
        github.webhooks.url = message.webhookUrl;
        vain = 0;
        resolve(true);
      });
      started.once('exit', () => {
        resolve(false);
        if (!isEnding && ++vain < MAX_VAIN_STARTS) start();
      });
    });
  }
  start();

  /** What it says of its rest; undefined when it ends before, or its database fails it. */
  const told = (asked: ChildProcess): Promise<Rest | undefined> => {
    if (hasEnded(asked)) return Promise.resolve(undefined);
    return new Promise(resolve => {
      const answer = (message: Rest | { readonly type: 'again' }): void => {
        asked.off('message', answer);
        asked.off('exit', end);
        resolve(message.type === 'idle' ? message : undefined);
      };
      const end = (): void => {
        asked.off('message', answer);
        resolve(undefined);
      };
      asked.on('message', answer);
      asked.once('exit', end);
      asked.send({ type: 'idle?' } satisfies Order, () => undefined);
    });
  };

  return {
    async rest() {
      for (;;) {
        if (vain >= MAX_VAIN_STARTS) throw new Error('The server does not start any more.');
        if (!(await listening)) continue;
        const said = await told(child);
        if (said !== undefined) return said;
      }
    },
    tell: order => void child.send(order, () => undefined),
    async kill() {
      const killed = child;
      if (hasEnded(killed)) return;
      const ended = once(killed, 'exit');
      killed.kill('SIGKILL');
      await ended;
    },
    starts: () => starts,
    async stop() {
      isEnding = true;
      await this.kill();
    },
  };
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;
