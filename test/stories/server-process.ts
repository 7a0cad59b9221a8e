import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { compiledCode } from '../cli/run-assay.ts';
import type { GitHub } from '../simulator/github.ts';

/** A server in a process of its own. */
export type ServerProcess = {
  readonly webhookUrl: string;
  /** Resolves when no job waits or runs. Fails when it is killed before. */
  idle(): Promise<void>;
  /** As `kill -9` does it; resolves when nothing of it is left. */
  kill(): Promise<void>;
};

/** The variables of an App on the simulated GitHub, with its data in a folder. */
export const variablesFor = (
  { app, url }: { readonly app: Pick<GitHub['app'], 'id' | 'privateKey' | 'webhookSecret'>; readonly url: string },
  folder: string,
): Readonly<Record<string, string>> => ({
  PATH: process.env['PATH'] ?? '',
  APP_ID: String(app.id),
  PRIVATE_KEY: app.privateKey,
  WEBHOOK_SECRET: app.webhookSecret,
  GHE_HOST: new URL(url).host,
  GHE_PROTOCOL: 'http',
  PORT: '0',
  ASSAY_DATA: join(folder, 'data'),
  LOG_LEVEL: 'error',
  NODE_COMPILE_CACHE: compiledCode,
});

/** These processes live for seconds: what takes long to compile well is not worth it. */
const SHORT_LIVED = '--liftoff-only';

/** Starts one; resolves when it listens. One that is to be measured must not be short-lived. */
export async function startServerProcess(
  variables: Readonly<Record<string, string>>,
  { isShortLived = true } = {},
): Promise<ServerProcess> {
  const child = fork(join(import.meta.dirname, 'server-entry.ts'), {
    env: variables,
    execArgv: isShortLived ? [SHORT_LIVED] : [],
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

/** One line of the log, as far as tests read it. */
export type LogLine = {
  readonly msg: string;
  readonly webhookUrl?: string;
  readonly error?: { readonly message?: string };
};

/** `assay serve` as it is run for real. */
export type ServeCommand = {
  readonly webhookUrl: string;
  /** What it has logged so far. */
  readonly log: readonly LogLine[];
  /** As a process manager ends it. Resolves to the exit code. */
  terminate(): Promise<number | null>;
};

/** Runs the command in a folder; resolves when its log says that it listens. */
export async function startServeCommand(
  variables: Readonly<Record<string, string>>,
  cwd: string,
): Promise<ServeCommand> {
  const entry = join(import.meta.dirname, '../../bin/assay.js');
  const child = spawn(process.execPath, [SHORT_LIVED, entry, 'serve'], {
    cwd,
    env: { ...variables, LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  const log: LogLine[] = [];
  const webhookUrl = await new Promise<string>((resolve, reject) => {
    lines.on('line', line => {
      const logged: LogLine = JSON.parse(line);
      log.push(logged);
      if (logged.webhookUrl !== undefined) resolve(logged.webhookUrl);
    });
    void exited.then(([code]) => reject(new Error(`assay serve ended with code ${String(code)}.`)));
  });
  return {
    webhookUrl,
    log,
    async terminate() {
      child.kill('SIGTERM');
      const [code] = await exited;
      return code;
    },
  };
}
