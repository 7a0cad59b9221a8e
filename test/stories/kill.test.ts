import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { startGitHub } from '../simulator/github.ts';
import type { GitHub } from '../simulator/github.ts';
import { objectsTo } from '../simulator/model/scripts.ts';
import { startModel } from '../simulator/model/start-model.ts';
import type { RunningModel } from '../simulator/model/start-model.ts';
import type { Exchange } from '../simulator/server.ts';
import { createDataFolder } from '../store/databases.ts';
import { soundSkill, topicOf, unsoundSkill } from './contributions.ts';
import { startServeCommand, startServerProcess, variablesFor } from './server-process.ts';
import type { ServerProcess } from './server-process.ts';
import { startWorld } from './taxonomy-world.ts';
import { createTaxonomy } from './taxonomy.ts';
import type { Taxonomy } from './taxonomy.ts';

/** Ten moments of a review: requests of its beginning and its end, reads and writes, before and after GitHub did what was asked. */
const moments = [
  ['before', 'GET /repos/{owner}/{repo}/pulls/{pull_number}'],
  ['after', 'POST /graphql'],
  ['before', 'POST /repos/{owner}/{repo}/check-runs'],
  ['after', 'POST /repos/{owner}/{repo}/check-runs'],
  ['after', 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}'],
  ['before', 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments'],
  ['after', 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments'],
  ['after', 'POST /repos/{owner}/{repo}/issues/{issue_number}/labels'],
  ['before', 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}'],
  ['after', 'POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews'],
] as const;

/** One for each moment, one for the model's, three for the deliveries', one for a gentle end. */
const PULL_REQUESTS = moments.length + 5;

/** Seed examples in each that the model is asked about, and how many at a time. */
const EXAMPLES = 5;
const ASKED_AT_ONCE = 4;

/** A solution and three votes on each, since there is something to say. */
const CALLS = EXAMPLES * 4;

/** Says something about every example, so that there is a review to send. */
const remarks = objectsTo(['answers-the-question']);
const model: { beforeReply: () => Promise<void> | undefined } = { beforeReply: () => undefined };

let folder: string;
let github: GitHub;
let taxonomy: Taxonomy;
let scripted: RunningModel;
let server: ServerProcess;
/** What becomes of each pull request when nothing is killed. */
let undisturbed: readonly unknown[];

/** A leaf for the judge, and one with mistakes: everything that Assay can write is written. */
const contribution = (number: number) => ({
  ...soundSkill(topicOf(number)),
  ...unsoundSkill(topicOf(number + PULL_REQUESTS)),
});

/** All that is on GitHub: what a person sees, who labelled what in which order, and every check run that was made. */
function record(of: GitHub, { name, view }: Pick<Taxonomy, 'name' | 'view'>, number: number) {
  const { head, timeline } = of.pullRequest(name, number);
  const labels = timeline.filter(({ event }) => event.endsWith('labeled'));
  const runs = of.repository(name).checkRuns.filter(({ headSha }) => headSha === head.sha);
  return {
    view: view(number),
    labelled: labels.map(({ event, label }) => `${event} ${label?.name ?? ''}`),
    runs: runs.map(run => run.name).sort(),
  };
}

const variables = () => ({
  ...variablesFor(github, folder),
  OPENAI_BASE_URL: scripted.url,
  ASSAY_MODEL: 'scripted',
});

async function start(): Promise<void> {
  server = await startServerProcess(variables());
  github.webhooks.url = server.webhookUrl;
}

async function quiet(): Promise<void> {
  const { deliveries } = github.webhooks;
  let seen: number;
  do {
    seen = deliveries.length;
    await github.webhooks.settled();
    await server.idle();
  } while (deliveries.length !== seen);
}

/** Opens the next pull request; resolves when its delivery was answered, or lost. */
const open = (): Promise<number> => {
  const { name } = taxonomy;
  const files = contribution(github.repository(name).lastNumber + 1);
  return github.people.openPullRequest({ repository: name, author: 'mira', title: 'Add a leaf', fork: true, files });
};

/** Does something at the first such request from now on, once. */
function atNext(when: 'before' | 'after', operation: string, act: (exchange: Exchange) => Promise<'drop' | void>) {
  const stop = github.on(when, async exchange => {
    if (exchange.operation !== operation) return undefined;
    stop();
    return act(exchange);
  });
}

/** Closes a pull request that was looked at, or each start would look at all those before it, too. */
async function setAside(number: number): Promise<void> {
  await github.people.close({ ...taxonomy.pull(number), by: 'mira' });
  await quiet();
}

const timesAsked = (number: number): number =>
  scripted.requests.filter(({ user }) => user.includes(topicOf(number))).length;

beforeAll(async () => {
  await using world = await startWorld({ model: remarks });
  const untouched = await world.taxonomy();
  const numbers = Array.from({ length: PULL_REQUESTS }, (_, index) => index + 1);
  for (const number of numbers) await untouched.open(contribution(number));
  undisturbed = numbers.map(number => record(world.github, untouched, number));

  folder = await mkdtemp(join(tmpdir(), 'assay-kill-'));
  await createDataFolder(join(folder, 'data'));
  github = await startGitHub();
  scripted = await startModel(async call => {
    await model.beforeReply();
    return remarks(call);
  });
  await start();
  taxonomy = await createTaxonomy({ github, people: github.people, quiet }, untouched.name);
}, 150_000);

afterAll(async () => {
  await server.kill();
  await github[Symbol.asyncDispose]();
  await scripted.stop();
  await rm(folder, { recursive: true });
  github.assertClean();
});

/** What became of it here. */
const outcome = (number: number) => record(github, taxonomy, number);
const expected = (number: number) => undisturbed[number - 1];

test.each(moments)(
  'killed %s %s, it ends as if nothing had happened, and nothing is paid twice',
  async (when, what) => {
    const { promise: killed, resolve } = Promise.withResolvers<void>();
    atNext(when, what, async () => {
      await server.kill();
      resolve();
      return 'drop';
    });
    const number = await open();
    await killed;
    await start();
    await quiet();

    expect(outcome(number)).toEqual(expected(number));
    expect(timesAsked(number)).toBe(CALLS);
    await setAside(number);
  },
);

test('killed while the model reads, only the calls in flight are paid again', async () => {
  const { promise: killed, resolve } = Promise.withResolvers<void>();
  let calls = 0;
  // The fifth call comes when the first reply is stored.
  model.beforeReply = () => (++calls === ASKED_AT_ONCE + 1 ? server.kill().then(resolve) : undefined);
  const number = await open();
  await killed;
  await start();
  await quiet();

  expect(timesAsked(number)).toBeGreaterThan(CALLS);
  expect(timesAsked(number)).toBeLessThanOrEqual(CALLS + ASKED_AT_ONCE);
  // Nobody knows what the lost calls cost, so the comment counts them at the most that they can have.
  const withoutCost = (text: unknown) => JSON.stringify(text).replaceAll(/[\d,]+ tokens were spent/g, '');
  expect(withoutCost(outcome(number))).toBe(withoutCost(expected(number)));
});

test('killed while deliveries come in, every pull request is reviewed', async () => {
  const opened = [open(), open(), open()];
  await Promise.race(opened);
  await server.kill();
  const numbers = await Promise.all(opened);
  await start();
  await quiet();
  for (const number of numbers) expect(outcome(number)).toEqual(expected(number));
});

test('asked to stop, it finishes what it has begun and ends with 0', async () => {
  await server.kill();
  const command = await startServeCommand(variables(), folder);
  onTestFinished(() => void command.terminate());
  github.webhooks.url = command.webhookUrl;
  const { promise: ended, resolve } = Promise.withResolvers<number | null>();
  atNext('after', 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments', async () => {
    void command.terminate().then(resolve);
  });
  const number = await open();
  expect(await ended).toBe(0);
  expect(outcome(number)).toEqual(expected(number));
});

test('after all that, another start looks at all of them, writes nothing and asks the model nothing', async () => {
  const { pulls } = github.repository(taxonomy.name);
  for (const { number } of [...pulls.values()].filter(({ state }) => state === 'closed'))
    await github.people.reopen({ ...taxonomy.pull(number), by: 'mira' });
  const before = github.exchanges.length;
  const asked = scripted.requests.length;
  await start();
  await quiet();
  // What the killed servers did not take is asked for again; that writes nothing that people see.
  const writes = github.exchanges
    .slice(before)
    .filter(({ isWrite, path }) => isWrite && !path.startsWith('/app/hook/'));
  expect(writes).toEqual([]);
  expect(github.exchanges.length).toBeGreaterThan(before + PULL_REQUESTS);
  expect(scripted.requests).toHaveLength(asked);
});

test('a job that ends its process at every try is given up, and the pull request is told', async () => {
  const { promise: killed, resolve } = Promise.withResolvers<void>();
  model.beforeReply = () => server.kill().then(resolve);
  const number = await open();
  await killed;
  // All its tries but the last have gone the same way.
  const database = await openDatabase({ dataDir: join(folder, 'data') });
  await sql`update pgboss.job set retry_count = retry_limit - 1 where state = 'active'`.execute(database.kysely);
  await database.close();
  model.beforeReply = () => new Promise<void>(() => undefined);
  await start();

  await expect
    .poll(() => taxonomy.conclusions(number), { timeout: 60_000 })
    .toEqual({ 'assay/rules': 'action_required', 'assay/judge': 'neutral' });
  expect(taxonomy.check(number, 'assay/rules')?.summary).toMatch(
    /^Our server stopped .* no fault of this contribution/,
  );
});
