import { sql } from 'kysely';
import { pino } from 'pino';
import { readEnvironment } from '../../src/config/environment.ts';
import type { AuditEntry } from '../../src/core/audit.ts';
import { startAssay } from '../../src/main.ts';
import type { AssayOptions, RunningAssay } from '../../src/main.ts';
import { createAudit } from '../../src/store/audit.ts';
import type { Database } from '../../src/store/database.ts';
import { startGitHub } from '../simulator/github.ts';
import type { GitHubOptions } from '../simulator/github.ts';
import { honest } from '../simulator/model/scripts.ts';
import { startModel } from '../simulator/model/start-model.ts';
import type { RunningModel, Script } from '../simulator/model/start-model.ts';
import { openMemory } from '../store/databases.ts';
import { createTaxonomy } from './taxonomy.ts';
import type { Place, Taxonomy, TaxonomyOptions } from './taxonomy.ts';

export type WorldOptions = {
  readonly github?: GitHubOptions;
  readonly assay?: Pick<AssayOptions, 'queue' | 'paceClock' | 'now' | 'log'>;
  /** `none`: no model is configured. */
  readonly model?: Script | 'none';
  /** The scripted model is the student, too. */
  readonly hasStudent?: boolean;
  /** The scripted model has vectors, too. */
  readonly hasEmbeddings?: boolean;
};

/** A simulated GitHub, a scripted model, and the real App between them, with its database in memory. */
export type World = Place & {
  readonly model: RunningModel | undefined;
  /** Moves the clock of GitHub and of Assay forward. */
  later(milliseconds: number): void;
  /** Has everything that waits for its time in the queue be due now. */
  hurry(): Promise<void>;
  /** What Assay kept of what it did, in order. */
  audited(): Promise<readonly AuditEntry[]>;
  /** What the model does from now on. */
  script(script: Script): void;
  /** Does something, waits until it is quiet, and tells how often GitHub was written to. */
  writesDuring(something: () => Promise<unknown>): Promise<number>;
  /** A repository of its own, whose owner has the App: with a taxonomy and a policy unless told. */
  taxonomy(options?: TaxonomyOptions): Promise<Taxonomy>;
  /** Ends the App as `SIGTERM` does and starts another on an empty database. */
  restart(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

/** Addresses of documents on this host are looked up on the simulated GitHub: its own has a port and no name. */
export const DOCUMENT_HOST = 'github.example';

/** Waits of nothing between the tries of a job: people would wait for minutes. */
const QUICK = { retryDelays: [0, 0, 0, 0, 0, 0, 0, 0, 0], pollSeconds: 0.5 };

/** Starts a world. Its end fails if the simulated GitHub saw anything that GitHub would not know. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  let script: Script = options.model === undefined || options.model === 'none' ? honest : options.model;
  const model = options.model === 'none' ? undefined : await startModel(call => script(call));
  let ahead = 0;
  const now = (): number => Date.now() + ahead;
  const github = await startGitHub({ now, ...options.github });
  const { credentials, ...environment } = readEnvironment(
    {
      APP_ID: String(github.app.id),
      PRIVATE_KEY: github.app.privateKey,
      WEBHOOK_SECRET: github.app.webhookSecret,
      GHE_HOST: new URL(github.url).host,
      GHE_PROTOCOL: 'http',
      PORT: '0',
      ...(model && { OPENAI_BASE_URL: model.url, ASSAY_MODEL: 'scripted' }),
      ...(model &&
        options.hasStudent === true && { ASSAY_STUDENT_BASE_URL: model.url, ASSAY_STUDENT_MODEL: 'student' }),
      ...(model &&
        options.hasEmbeddings === true && {
          ASSAY_EMBEDDINGS_BASE_URL: model.url,
          ASSAY_EMBEDDINGS_MODEL: 'scripted-vectors',
        }),
    },
    () => '',
  );
  if (credentials === undefined) throw new Error('The simulated GitHub gave no credentials.');

  let database: Database;
  const start = async (own: typeof credentials): Promise<RunningAssay> => {
    database = await openMemory();
    const started = await startAssay(environment, own, {
      queue: QUICK,
      documentHost: DOCUMENT_HOST,
      now: () => new Date(now()),
      log: pino({ level: process.env['STORY_LOG'] ?? 'silent' }),
      ...options.assay,
      database,
    });
    github.webhooks.url = started.webhookUrl;
    return started;
  };

  let assay = await start(credentials);
  let repositories = 0;

  const world: World = {
    github,
    model,
    people: github.people,
    later(milliseconds) {
      ahead += milliseconds;
    },
    async hurry() {
      await sql`update pgboss.job set start_after = now() where state < 'active'`.execute(database.kysely);
    },
    async audited() {
      const entries: AuditEntry[] = [];
      for await (const { entry } of createAudit(database).read()) entries.push(JSON.parse(entry));
      return entries;
    },
    script(next) {
      script = next;
    },
    async quiet() {
      const { deliveries } = github.webhooks;
      let seen: number;
      do {
        seen = deliveries.length;
        await github.webhooks.settled();
        await assay.idle();
      } while (deliveries.length !== seen);
    },
    async writesDuring(something) {
      const before = github.exchanges.length;
      await something();
      await world.quiet();
      return github.exchanges.slice(before).filter(({ isWrite }) => isWrite).length;
    },
    async taxonomy(settings = {}) {
      return createTaxonomy(world, `lantern${++repositories}/taxonomy`, settings);
    },
    async restart() {
      await assay.stop();
      assay = await start(credentials);
    },
    async [Symbol.asyncDispose]() {
      await world.quiet();
      await assay.stop();
      await github[Symbol.asyncDispose]();
      await model?.stop();
      github.assertClean();
    },
  };
  await world.quiet();
  return world;
}
