/**
 * `npm run demo`: a simulated GitHub, the real App with its embedded database, and a story told with signed webhooks. Ends by
 * itself; with `--keep` it goes on until it is interrupted, and prints where everything is.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEnvironment } from '../../src/config/environment.ts';
import { startAssay } from '../../src/main.ts';
import { SAMPLE_MODEL, demoSamples, sampleReplies } from '../simulator/model/sample-replies.ts';
import { startModel } from '../simulator/model/start-model.ts';
import { startGitHub } from '../simulator/github.ts';
import { readFolder } from './files.ts';
import { printer } from './print.ts';

const REPOSITORY = 'lantern/taxonomy';

const keep = process.argv.includes('--keep');
const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseUrl, ASSAY_MODEL: modelName } = process.env;
const hasOwnModel = (apiKey ?? '') !== '' || (baseUrl ?? '') !== '';

const folder = await mkdtemp(join(tmpdir(), 'assay-demo-'));
const model = hasOwnModel ? undefined : await startModel(sampleReplies(demoSamples));
const github = await startGitHub({ app: { slug: 'assay-demo' } });
const variables = {
  APP_ID: String(github.app.id),
  PRIVATE_KEY: github.app.privateKey,
  WEBHOOK_SECRET: github.app.webhookSecret,
  GHE_HOST: new URL(github.url).host,
  GHE_PROTOCOL: 'http',
  PORT: '0',
  ASSAY_DATA: join(folder, 'data'),
  LOG_LEVEL: 'fatal',
  ...(model === undefined
    ? { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseUrl, ASSAY_MODEL: modelName }
    : { OPENAI_BASE_URL: model.url, ASSAY_MODEL: SAMPLE_MODEL }),
};
const environment = readEnvironment(variables, () => '');
const { credentials } = environment;
if (credentials === undefined) throw new Error('The simulated GitHub gave no credentials.');
const assay = await startAssay(environment, credentials, { hasSampleJudge: model !== undefined });
github.webhooks.url = assay.webhookUrl;

const { say, show } = printer(github);

/** Until every delivery has been answered and every job that came of it is done. */
async function quiet(): Promise<void> {
  const { deliveries } = github.webhooks;
  let seen: number;
  do {
    seen = deliveries.length;
    await github.webhooks.settled();
    await assay.idle();
  } while (deliveries.length !== seen);
}

say(
  'A taxonomy with Assay installed',
  model === undefined
    ? `A simulated GitHub runs at ${github.url}. The judge asks ${modelName ?? 'your model'} at ${baseUrl ?? 'the provider of your key'}.`
    : `A simulated GitHub runs at ${github.url}. No model is configured, so the judge gets sample replies that were written by hand; no language model is asked. Set OPENAI_API_KEY or OPENAI_BASE_URL to use yours.`,
);
github.createRepository({
  name: REPOSITORY,
  files: await readFolder('base'),
  collaborators: { ines: 'maintain' },
  requiredChecks: ['assay/rules'],
});
await github.install('lantern', { by: 'ines' });
await quiet();

say('Mira opens a pull request from her fork', 'It has mistakes. Assay looks at it as soon as GitHub tells.');
const first = await github.people.openPullRequest({
  repository: REPOSITORY,
  author: 'mira-lindqvist',
  title: 'Plain language for official sentences',
  files: await readFolder('opened'),
  fork: true,
});
await quiet();
show(REPOSITORY, first);

say('Mira pushes a fix', 'The old findings are gone. Now the judge reads the examples, too.');
await github.people.push({ repository: REPOSITORY, number: first, files: await readFolder('fixed') });
await quiet();
show(REPOSITORY, first);

say('Tomasz opens another one', 'Two of his questions are Mira’s, and one is in the taxonomy already.');
const second = await github.people.openPullRequest({
  repository: REPOSITORY,
  author: 'tomasz-w',
  title: 'Simple words',
  files: await readFolder('twin'),
  fork: true,
});
await quiet();
show(REPOSITORY, second);

say('Ines, a maintainer, asks Assay for help', 'She comments a command on Mira’s pull request.');
await github.people.comment({ repository: REPOSITORY, number: first, by: 'ines', body: '/assay help' });
await quiet();
show(REPOSITORY, first, 'conversation');

const writes = github.exchanges.filter(({ isWrite }) => isWrite).length;
const reads = github.exchanges.length - writes;
say(
  'The end',
  `GitHub was asked ${reads} times and written to ${writes} times. Every exchange fitted GitHub’s API description.`,
);
github.assertClean();

if (keep) {
  say(
    'Still running',
    `Assay: ${assay.url}\nWebhooks: ${assay.webhookUrl}\nPull requests: ${github.url}/${REPOSITORY}/pull/${first} and ${github.url}/${REPOSITORY}/pull/${second}\nInterrupt to end.`,
  );
  await new Promise(resolve => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
}
await assay.stop();
await github[Symbol.asyncDispose]();
await model?.stop();
await rm(folder, { recursive: true });
