import { resolve } from 'node:path';
import { Misconfigured } from '../config/variables.ts';
import { backUpFolder, restoreFolder } from '../store/backup.ts';
import { openDatabase } from '../store/database.ts';
import { moveAll } from '../store/move.ts';
import { startQueue } from '../store/queue.ts';
import type { ExitCode } from './exit-code.ts';
import { environmentOf } from './open-store.ts';
import { printable } from './terminal.ts';
import type { Terminal } from './terminal.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** The folder of the embedded database. Throws one sentence where PostgreSQL is configured. */
function folderOf(variables: Variables): string {
  const { database } = environmentOf(variables);
  if ('dataDir' in database) return resolve(database.dataDir);
  throw new Misconfigured(
    'DATABASE_URL is set: back PostgreSQL up with pg_dump. This command is for the embedded database.',
  );
}

/** Writes the embedded database into one file. */
export async function backUp(file: string, variables: Variables, { out }: Terminal): Promise<ExitCode> {
  const bytes = await backUpFolder(folderOf(variables), resolve(file));
  out(
    `${printable(file)}: ${(bytes / 1e6).toFixed(1)} MB. It holds what people wrote: keep it as you keep the folder.\n`,
  );
  return 0;
}

/** Makes the folder of the embedded database anew from such a file, and brings its tables up to date. */
export async function restore(file: string, variables: Variables, { out }: Terminal): Promise<ExitCode> {
  const folder = folderOf(variables);
  await restoreFolder(resolve(file), folder);
  await (await openDatabase({ dataDir: folder })).close();
  out(`${printable(folder)} is as it was. What happened since is found by the sweep at the next start.\n`);
  return 0;
}

/** Copies everything from the embedded database into an empty PostgreSQL. */
export async function migrateTo(databaseUrl: string, variables: Variables, { out }: Terminal): Promise<ExitCode> {
  const folder = folderOf({ ...variables, DATABASE_URL: undefined });
  if (!/^postgres(?:ql)?:\/\//.test(databaseUrl))
    throw new Error('The address must look like postgres://user:password@host:5432/assay.');
  const from = await openDatabase({ dataDir: folder });
  try {
    // Its jobs can be read only once the queue's tables are those of this version.
    await (await startQueue(from)).stop({ graceful: false });
    const to = await openDatabase({ databaseUrl });
    try {
      const queue = await startQueue(to);
      try {
        for (const { table, rows } of await moveAll(from, to, queue)) if (rows > 0) out(`${table}: ${rows}\n`);
      } finally {
        await queue.stop({ graceful: false });
      }
    } finally {
      await to.close();
    }
  } finally {
    await from.close();
  }
  out('All is there. Start the server with DATABASE_URL; the folder can go once that runs.\n');
  return 0;
}
