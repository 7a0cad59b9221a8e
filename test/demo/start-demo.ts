import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEnvironment } from '../../src/config/environment.ts';
import { startAssay } from '../../src/main.ts';
import type { AssayOptions } from '../../src/main.ts';
import { SAMPLE_MODEL, demoSamples, sampleReplies } from '../simulator/model/sample-replies.ts';
import { startModel } from '../simulator/model/start-model.ts';
import { startGitHub } from '../simulator/github.ts';
import type { GitHub } from '../simulator/github.ts';

/** The address where the demo's taxonomy stands. */
export const REPOSITORY = 'lantern/taxonomy';

/** A simulated GitHub, and the real App with its embedded database in a folder that goes with it. */
export type Demo = {
  readonly github: GitHub;
  /** Where the App listens. */
  readonly url: string;
  readonly webhookUrl: string;
  /** In words: who judges. */
  readonly judgedBy: string;
  /** Until every delivery has been answered and every job that came of it is done. */
  quiet(): Promise<void>;
  /** Fails if the simulated GitHub saw anything that GitHub would not know. */
  end(): Promise<void>;
};

/** Starts one. The variables may name a model; otherwise samples stand in for it. */
export async function startDemo(
  variables: Readonly<Record<string, string | undefined>>,
  options: Pick<AssayOptions, 'database'> = {},
): Promise<Demo> {
  const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseUrl, ASSAY_MODEL: modelName } = variables;
  const hasOwnModel = (apiKey ?? '') !== '' || (baseUrl ?? '') !== '';
  const folder = await mkdtemp(join(tmpdir(), 'assay-demo-'));
  const model = hasOwnModel ? undefined : await startModel(sampleReplies(demoSamples));
  const github = await startGitHub({ app: { slug: 'assay-demo' } });
  const { credentials, ...environment } = readEnvironment(
    {
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
    },
    () => '',
  );
  if (credentials === undefined) throw new Error('The simulated GitHub gave no credentials.');
  const assay = await startAssay(environment, credentials, {
    hasSampleJudge: model !== undefined,
    queue: { pollSeconds: 0.5 },
    ...options,
  });
  github.webhooks.url = assay.webhookUrl;
  return {
    github,
    url: assay.url,
    webhookUrl: assay.webhookUrl ?? '',
    judgedBy:
      model === undefined
        ? `The judge asks ${modelName ?? 'your model'} at ${baseUrl ?? 'the provider of your key'}.`
        : 'No model is configured, so the judge gets sample replies that were written by hand; no language model is asked. Set OPENAI_API_KEY or OPENAI_BASE_URL to use yours.',
    async quiet() {
      const { deliveries } = github.webhooks;
      let seen: number;
      do {
        seen = deliveries.length;
        await github.webhooks.settled();
        await assay.idle();
      } while (deliveries.length !== seen);
    },
    async end() {
      await assay.stop();
      await github[Symbol.asyncDispose]();
      await model?.stop();
      await rm(folder, { recursive: true });
      github.assertClean();
    },
  };
}
