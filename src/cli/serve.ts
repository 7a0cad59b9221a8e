import { serve } from '../main.ts';
import { readEnvFile } from '../server/env-file.ts';
import type { ExitCode } from './exit-code.ts';

/** Runs the GitHub App until it is told to stop. What the set-up page left in `.env` counts where the environment says nothing. */
export async function runServer(): Promise<ExitCode> {
  await serve({ ...readEnvFile('.env'), ...process.env });
  return 0;
}
