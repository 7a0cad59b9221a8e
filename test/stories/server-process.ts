import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { GitHub } from '../simulator/github.ts';

/** A server in a process of its own. */
export type ServerProcess = {
  readonly webhookUrl: string;
  /** Resolves when no job waits or runs. Never, when it is killed before. */
  idle(): Promise<void>;
  /** As `kill -9` does it; resolves when nothing of it is left. */
  kill(): Promise<void>;
};

/** The variables of an App on the simulated GitHub, with its data in this folder. */
export const variablesFor = (
  { app, url }: Pick<GitHub, 'app' | 'url'>,
  dataDir: string,
): Readonly<Record<string, string>> => ({
  APP_ID: String(app.id),
  PRIVATE_KEY: app.privateKey,
  WEBHOOK_SECRET: app.webhookSecret,
  GHE_HOST: new URL(url).host,
  GHE_PROTOCOL: 'http',
  PORT: '0',
  ASSAY_DATA: dataDir,
  LOG_LEVEL: 'error',
});

/** Starts one; resolves when it listens. */
export async function startServerProcess(variables: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const child = fork(join(import.meta.dirname, 'server-entry.ts'), {
    env: { PATH: process.env['PATH'] ?? '', ...variables },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit');
  const told = async (type: string): Promise<{ webhookUrl: string }> => {
    for (;;) {
      const [message] = await Promise.race([
        once(child, 'message'),
        exited.then(([code]) => Promise.reject(new Error(`The server ended with code ${String(code)}.`))),
      ]);
      if (message.type === type) return message;
    }
  };
  const { webhookUrl } = await told('listening');
  return {
    webhookUrl,
    async idle() {
      child.send('idle?');
      await told('idle');
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
