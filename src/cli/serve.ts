import type { Role } from '../config/environment.ts';
import { serve } from '../main.ts';
import { readEnvFile } from '../server/env-file.ts';
import type { ExitCode } from './exit-code.ts';

/**
 * Runs the GitHub App until it is told to stop. What the set-up page left in `.env` counts where the environment says nothing, and
 * the option before both.
 */
export async function runServer({ role }: { readonly role?: Role }): Promise<ExitCode> {
  await serve({ ...readEnvFile('.env'), ...process.env, ...(role !== undefined && { ASSAY_ROLE: role }) });
  // A call to a model that nobody waits for any more does not hold the process.
  setTimeout(() => process.exit(), 500).unref();
  return 0;
}
