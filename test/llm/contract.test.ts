import { afterAll, describe, expect, test } from 'vitest';
import { judge } from '../../src/core/judge/judge.ts';
import { readReply } from '../../src/core/judge/reply.ts';
import { readSolution } from '../../src/core/judge/solve.ts';
import { connectModel } from '../../src/llm/connect-model.ts';
import type { ConnectedModel } from '../../src/llm/connect-model.ts';
import { rememberReplies } from '../../src/llm/remember.ts';
import { createRepliesInMemory } from '../../src/store/replies-in-memory.ts';
import { KEY, SPENDER, leafWith } from '../core/judge/example-leaf.ts';
import { providers } from '../simulator/model/providers.ts';
import { startModel } from '../simulator/model/start-model.ts';
import type { RunningModel, Script } from '../simulator/model/start-model.ts';
import { API_KEY, checklistAbout, solveAbout } from './request.ts';

/**
 * The same for a scripted server of each kind and, with ASSAY_LIVE_MODEL=1 and OPENAI_API_KEY (or OPENAI_BASE_URL), for the real one
 * that these name. What a real one says is not judged here, only that the two sides understand each other.
 */
const running: RunningModel[] = [];
afterAll(() => Promise.all(running.map(model => model.stop())));

async function connectTo(base: string, script: Script): Promise<ConnectedModel> {
  const server = await startModel(script);
  running.push(server);
  const baseURL = `${new URL(server.url).origin}${base}`;
  return connectModel({ baseURL, apiKey: API_KEY, model: 'scripted', now: () => 0 });
}

const { ASSAY_LIVE_MODEL, OPENAI_API_KEY = '', OPENAI_BASE_URL, ASSAY_MODEL = 'gpt-4.1-mini' } = process.env;
const isLive = ASSAY_LIVE_MODEL === '1' && (OPENAI_API_KEY !== '' || OPENAI_BASE_URL !== undefined);

const scripted = Object.entries(providers).map(([name, { base, script }]) => ({
  name: `${name}, scripted`,
  isAvailable: true,
  connect: () => connectTo(base, script),
}));
const live = {
  name: `the live model ${ASSAY_MODEL}${isLive ? '' : ' (skipped: needs ASSAY_LIVE_MODEL=1 and a key)'}`,
  isAvailable: isLive,
  connect: async () =>
    connectModel({
      baseURL: OPENAI_BASE_URL ?? 'https://api.openai.com/v1',
      apiKey: OPENAI_API_KEY,
      model: ASSAY_MODEL,
      now: Date.now,
    }),
};

describe.each([...scripted, live])('$name', ({ isAvailable, connect }) => {
  test.skipIf(!isAvailable)(
    'answers a checklist in the form that was asked for, and says what it used',
    async () => {
      const model = await connect();
      const { request, form } = checklistAbout('Apple, pear.');
      const reply = await model.complete(request);
      expect(reply).toMatchObject({ outcome: 'ok', model: model.name });
      expect(reply.usage.promptTokens).toBeGreaterThan(0);
      expect(reply.usage.completionTokens).toBeGreaterThan(0);
      expect(readReply(form, reply.outcome === 'ok' ? reply.text : '').outcome).toBe('ok');
    },
    90_000,
  );

  test.skipIf(!isAvailable)(
    'solves a task without its answer',
    async () => {
      const reply = await (await connect()).complete(solveAbout('Apple, pear.'));
      expect(readSolution(reply.outcome === 'ok' ? reply.text : '')?.name).toBe('reference');
    },
    90_000,
  );

  test.skipIf(!isAvailable)(
    'judges an example, and is not asked again about the same',
    async () => {
      const model = await connect();
      let calls = 0;
      const counted: ConnectedModel = {
        ...model,
        complete: request => {
          calls += 1;
          return model.complete(request);
        },
      };
      const clock = { now: Date.now, wait: () => Promise.resolve() };
      const ask = rememberReplies(counted, createRepliesInMemory(), clock);
      const options = { ask, key: KEY, spender: SPENDER };
      const first = await judge([leafWith(1)], options);
      const asked = calls;
      expect(first.state.type).toBe('judged');
      expect(await judge([leafWith(1)], options)).toEqual(first);
      expect(calls).toBe(asked);
    },
    180_000,
  );
});

describe.each(Object.entries(providers))('%s, scripted', (_, { base, script, tooLong }) => {
  test('says that a prompt is too long in words that are understood', async () => {
    const model = await connectTo(base, () => tooLong);
    expect(await model.complete(solveAbout('x'))).toMatchObject({ outcome: 'truncated' });
  });

  test('is asked in the way that it takes from the second call on, and by no detour', async () => {
    let calls = 0;
    const model = await connectTo(base, call => {
      calls += 1;
      return script(call);
    });
    await Promise.all([1, 2, 3, 4].map(() => model.complete(checklistAbout('Apple, pear.').request)));
    expect(calls).toBeLessThanOrEqual(5);
    const before = calls;
    expect((await model.complete(solveAbout('x'))).outcome).toBe('ok');
    expect(calls).toBe(before + 1);
  });
});
