import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startGitHub } from '../simulator/github.ts';
import { objectsTo } from '../simulator/model/scripts.ts';
import { startModel } from '../simulator/model/start-model.ts';
import { createDataFolder } from '../store/databases.ts';
import { variablesFor } from '../stories/server-process.ts';
import { startWorld } from '../stories/taxonomy-world.ts';
import type { World } from '../stories/taxonomy-world.ts';
import { supervise } from './server.ts';
import type { Rest, Role } from './server-entry.ts';
import type { Means } from './trouble.ts';

/** Says something about every example, so that there is a review to send. */
const remarks = objectsTo(['answers-the-question']);

/** A world in which things go wrong, and one beside it in which nothing does. */
export type Worlds = {
  readonly means: Means;
  /** Waits until no delivery is under way and no job waits or runs. */
  quiet(): Promise<Rest>;
  /** How often the model was asked so far, whatever it answered. */
  asked(): number;
  /** The model answers everything again. */
  healModel(): void;
  readonly undisturbed: World;
  [Symbol.asyncDispose](): Promise<void>;
};

/** Where the server runs. */
export type WorldsOptions = {
  /** A PostgreSQL on which a database is made for the time being; without it a folder of its own. */
  readonly adminUrl?: string | undefined;
  /** On PostgreSQL: one process takes deliveries and two do jobs. */
  readonly hasProcesses?: boolean;
};

/** Starts both. */
export async function startWorlds({ adminUrl, hasProcesses = false }: WorldsOptions = {}): Promise<Worlds> {
  const roles: readonly Role[] = hasProcesses ? ['web', 'worker', 'worker'] : ['all'];
  await using started = new AsyncDisposableStack();
  let ahead = 0;
  const undisturbed = started.use(await startWorld({ model: remarks }));
  const github = started.use(await startGitHub({ now: () => Date.now() + ahead }));

  let failing = 0;
  let failed: (() => void) | undefined;
  const model = await startModel(async call => {
    if (failing === 0) return remarks(call);
    failing--;
    failed?.();
    failed = undefined;
    return { type: 'raw', status: 500, body: '{}', headers: { 'retry-after-ms': '1' } };
  });
  started.defer(() => model.stop());

  const folder = await mkdtemp(join(tmpdir(), 'assay-chaos-'));
  started.defer(() => rm(folder, { recursive: true }));
  const database = adminUrl === undefined ? undefined : await makeDatabase(adminUrl);
  if (database === undefined) await createDataFolder(join(folder, 'data'));
  else started.defer(database.drop);

  const variables = {
    ...variablesFor(github, folder),
    OPENAI_BASE_URL: model.url,
    ASSAY_MODEL: 'scripted',
    ...(database && { DATABASE_URL: database.url }),
  };
  const server = supervise(github, variables, roles, () => ahead);
  started.defer(() => server.stop());
  await server.rest();
  const all = started.move();

  return {
    undisturbed,
    means: {
      github,
      server,
      deliveries: () => github.webhooks.deliveries,
      failModel(count, struck) {
        failing += count;
        failed = struck;
      },
      later(milliseconds) {
        ahead += milliseconds;
        server.tell({ type: 'later', milliseconds });
      },
      ...(database && { cutDatabase: database.cut }),
    },
    async quiet() {
      const { deliveries } = github.webhooks;
      for (;;) {
        const seen = deliveries.length;
        await github.webhooks.settled();
        const rest = await server.rest();
        if (deliveries.length === seen) return rest;
      }
    },
    asked: () => model.requests.length,
    healModel() {
      failing = 0;
    },
    async [Symbol.asyncDispose]() {
      await all.disposeAsync();
      github.assertClean();
    },
  };
}

async function makeDatabase(adminUrl: string) {
  const name = `assay_chaos_${randomUUID().replaceAll('-', '')}`;
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  const run = async (statement: string): Promise<void> => {
    const client = new Client({ connectionString: adminUrl });
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  };
  await run(`create database ${name}`);
  return {
    url: url.href,
    /** What a restart of the server does to those who are connected. */
    cut: () =>
      run(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}' and pid <> pg_backend_pid()`,
      ),
    drop: () => run(`drop database ${name} with (force)`),
  };
}
