import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { pino } from 'pino';
import { readEnvironment } from '../../src/config/environment.ts';
import { startAssay } from '../../src/main.ts';
import type { RunningAssay } from '../../src/main.ts';
import { startGitHub } from '../simulator/github.ts';
import type { GitHub } from '../simulator/github.ts';
import { honest } from '../simulator/model/scripts.ts';
import { startModel } from '../simulator/model/start-model.ts';
import type { RunningModel } from '../simulator/model/start-model.ts';
import { engines } from '../store/databases.ts';
import { baseFiles, soundSkill } from './contributions.ts';
import { variablesFor } from './server-process.ts';

const [, postgres] = engines;
const REPOSITORY = 'lantern/taxonomy';

describe.skipIf(postgres?.isAvailable !== true)(`several processes on ${postgres?.name ?? ''}`, () => {
  let github: GitHub;
  let model: RunningModel;
  let databaseUrl = '';
  /** What the model waits for before it answers. */
  let gate: Promise<unknown> | undefined;

  beforeAll(async () => {
    const database = await postgres?.fresh();
    if (database?.engine.type === 'postgres') databaseUrl = database.engine.databaseUrl;
    github = await startGitHub();
    model = await startModel(async call => {
      await gate;
      return honest(call);
    });
  });
  afterAll(async () => {
    await github[Symbol.asyncDispose]();
    await model.stop();
    await postgres?.discard();
    github.assertClean();
  });

  async function start(role: 'web' | 'worker'): Promise<RunningAssay> {
    const { credentials, ...environment } = readEnvironment(
      {
        ...variablesFor(github, '/nowhere'),
        DATABASE_URL: databaseUrl,
        ASSAY_ROLE: role,
        OPENAI_BASE_URL: model.url,
        ASSAY_MODEL: 'scripted',
      },
      () => '',
    );
    if (credentials === undefined) throw new Error('The test gave no credentials.');
    const started = await startAssay(environment, credentials, {
      log: pino({ level: process.env['STORY_LOG'] ?? 'silent' }),
      queue: { pollSeconds: 0.5 },
      drain: { finishWithin: 200, failWithin: 2000 },
    });
    onTestFinished(() => started.stop());
    return started;
  }

  test('one takes deliveries, another does the work; a third takes over what that one must leave', async () => {
    const web = await start('web');
    const { webhookUrl = '' } = web;
    github.webhooks.url = webhookUrl;
    github.createRepository({ name: REPOSITORY, files: baseFiles });
    await github.install('lantern');
    const opened = github.people.openPullRequest({
      repository: REPOSITORY,
      author: 'mira',
      title: 'Add a leaf',
      fork: true,
      files: soundSkill('kites'),
    });
    const number = await opened;
    await github.webhooks.settled();
    expect(github.view(REPOSITORY, number).comments).toEqual([]);

    gate = new Promise(() => undefined);
    const first = await start('worker');
    expect(first.webhookUrl).toBeUndefined();
    expect((await fetch(new URL(new URL(webhookUrl).pathname, first.url), { method: 'POST' })).status).toBe(404);
    expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
    await expect.poll(() => model.requests.length, { timeout: 20_000 }).toBeGreaterThan(0);

    const stopped = first.stop();
    expect((await fetch(`${first.url}/readyz`)).status).toBe(503);
    await stopped;

    gate = undefined;
    const second = await start('worker');
    await second.idle();
    const { checks, comments } = github.view(REPOSITORY, number);
    expect(checks.map(({ name, conclusion }) => `${name} ${conclusion}`).sort()).toEqual([
      'assay/judge success',
      'assay/rules success',
    ]);
    expect(comments).toHaveLength(1);
  });
});
