import { readFileSync } from 'node:fs';
import { readEnvironment } from '../config/environment.ts';
import { Misconfigured } from '../config/variables.ts';
import type { AppCredentials, Environment } from '../config/environment.ts';
import { openDatabase } from '../store/database.ts';
import type { Database } from '../store/database.ts';
import { startQueue } from '../store/queue.ts';
import type { Queue } from '../store/queue.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** The environment as the server would read it. Throws `Misconfigured`. */
export const environmentOf = (variables: Variables): Environment =>
  readEnvironment(variables, path => readFileSync(path, 'utf8'));

/** The same with the App's credentials, which are needed to ask GitHub. */
export function environmentWithApp(variables: Variables): Environment & { readonly credentials: AppCredentials } {
  const { credentials, ...environment } = environmentOf(variables);
  if (credentials === undefined)
    throw new Misconfigured('To ask GitHub, set APP_ID, PRIVATE_KEY and WEBHOOK_SECRET to those of your GitHub App.');
  return { ...environment, credentials };
}

/** Does something with the database of the server. An embedded one must not be in use by it: then this throws and says so. */
export async function withDatabase<Result>(
  variables: Variables,
  use: (database: Database) => Promise<Result>,
): Promise<Result> {
  const database = await openDatabase(environmentOf(variables).database);
  try {
    return await use(database);
  } finally {
    await database.close();
  }
}

/** The same with its queue, in which this process does no jobs. */
export const withQueue = <Result>(
  variables: Variables,
  use: (queue: Queue, database: Database) => Promise<Result>,
): Promise<Result> =>
  withDatabase(variables, async database => {
    const queue = await startQueue(database);
    try {
      return await use(queue, database);
    } finally {
      await queue.stop({ graceful: false });
    }
  });
