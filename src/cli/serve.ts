import { serve } from '../main.ts';
import type { ExitCode } from './index.ts';

/** Runs the GitHub App until it is told to stop. */
export async function runServer(): Promise<ExitCode> {
  await serve(process.env);
  return 0;
}
