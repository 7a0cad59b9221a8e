import { setTimeout as wait } from 'node:timers/promises';
import { startGitHub } from '../../simulator/github.ts';
import { honest } from '../../simulator/model/scripts.ts';
import { startModel } from '../../simulator/model/start-model.ts';
import { baseFiles, soundSkill, topicOf } from '../../stories/contributions.ts';

/** What the process is asked. */
export type Question =
  | { readonly type: 'open'; readonly pullRequests: number; readonly webhookUrl: string }
  | { readonly type: 'count' };

/** What it tells. */
export type Told =
  | {
      readonly type: 'ready';
      readonly url: string;
      readonly app: { readonly id: number; readonly privateKey: string; readonly webhookSecret: string };
      readonly modelUrl: string;
    }
  | {
      readonly type: 'opened';
      readonly deliveries: readonly { readonly body: string; readonly headers: Readonly<Record<string, string>> }[];
    }
  | { readonly type: 'counted'; readonly calls: number; readonly modelCalls: number; readonly reviewed: number };

/**
 * The simulated GitHub and the scripted model in a process of their own: `node github-process.ts MILLISECONDS`, the time that the
 * model takes for each reply.
 */
const REPOSITORY = 'lantern/taxonomy';
const latency = Number(process.argv[2]);
const github = await startGitHub({ rateLimit: { primary: 10_000_000 } });
const model = await startModel(async call => {
  await wait(latency);
  return honest(call);
});
github.createRepository({ name: REPOSITORY, files: baseFiles });
await github.install('lantern');
const tell = (told: Told): unknown => process.send?.(told);

process.on('disconnect', () => process.exit());
process.on('message', (question: Question) => void answer(question));
const { id, privateKey, webhookSecret } = github.app;
tell({ type: 'ready', url: github.url, app: { id, privateKey, webhookSecret }, modelUrl: model.url });

async function answer(question: Question): Promise<void> {
  if (question.type === 'open') {
    github.webhooks.url = question.webhookUrl;
    for (let index = 0; index < question.pullRequests; index++) await open(index);
    await github.webhooks.settled();
    const deliveries = github.webhooks.deliveries
      .filter(({ event, action }) => event === 'pull_request' && action === 'opened')
      .map(({ body, headers }) => ({ body, headers }));
    return void tell({ type: 'opened', deliveries });
  }
  const { checkRuns } = github.repository(REPOSITORY);
  tell({
    type: 'counted',
    calls: github.exchanges.filter(({ path }) => !path.endsWith('/access_tokens')).length,
    modelCalls: model.requests.length,
    reviewed: checkRuns.filter(({ name, status }) => name === 'assay/judge' && status === 'completed').length,
  });
}

/** By people of their own: one author's day has its own budget of tokens. */
const open = (index: number): Promise<number> =>
  github.people.openPullRequest({
    repository: REPOSITORY,
    author: `person-${index}`,
    title: `Add leaf ${index}`,
    fork: true,
    files: soundSkill(`${topicOf(index)} ${topicOf(index + 1 + Math.floor(index / 32))} ${index}`),
  });
