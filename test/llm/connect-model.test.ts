import { afterEach, describe, expect, test } from 'vitest';
import { readReply } from '../../src/core/judge/reply.ts';
import { standardRubric } from '../../src/core/judge/rubric.ts';
import { readPrompt } from '../simulator/model/read-prompt.ts';
import { connectModel } from '../../src/llm/connect-model.ts';
import type { ModelAttempt } from '../../src/llm/read-failure.ts';
import { requestBound } from '../../src/llm/token-bound.ts';
import { faults, thinker, withoutFormat } from '../simulator/model/faults.ts';
import { honest, checklist, message } from '../simulator/model/scripts.ts';
import { startModel } from '../simulator/model/start-model.ts';
import type { RunningModel, Script } from '../simulator/model/start-model.ts';
import { API_KEY, connect, requestAbout } from './request.ts';

const running: RunningModel[] = [];
const start = async (script: Script): Promise<RunningModel> => {
  const model = await startModel(script);
  running.push(model);
  return model;
};
afterEach(async () => {
  await Promise.all(running.splice(0).map(model => model.stop()));
});

const request = requestAbout('Apple, pear.');
const bound = requestBound(request);
const nothing = { promptTokens: 0, completionTokens: 0 };

/** How each fault ends: the outcome of the call, or what the reader says of a reply that came through; and who is asked again. */
const endings: Readonly<Record<keyof typeof faults, string>> = {
  fenced: 'ok',
  'prose and JSON': 'ok',
  thinking: 'ok',
  'thinking without its opening tag': 'ok',
  'two objects': 'ok, then malformed',
  'no JSON': 'ok, then malformed',
  'JSON that ends early': 'ok, then malformed',
  'wrong word': 'ok, then schema_mismatch',
  'extra key': 'ok, then schema_mismatch',
  'missing key': 'ok, then schema_mismatch',
  refusal: 'refused',
  length: 'truncated',
  'content filter': 'filtered',
  'content filter on the prompt': 'filtered',
  'context too long': 'truncated',
  'empty content': 'malformed',
  'no choices': 'malformed',
  'no message': 'malformed',
  'web page': 'malformed',
  'broken off body': 'malformed',
  'huge body': 'malformed',
  'empty body': 'malformed',
  redirect: 'transport, again after 1000',
  'internal error': 'transport, again after 1000',
  'bad gateway page': 'transport, again after 1000',
  'rate limit for long': 'transport',
  'no quota': 'transport',
  'wrong key': 'transport',
  'unknown model': 'transport',
  silence: 'timeout, again after 1000',
};

function endOf(reply: ModelAttempt): string {
  if (reply.outcome !== 'ok') {
    return `${reply.outcome}${reply.retryAfterMs === undefined ? '' : `, again after ${reply.retryAfterMs}`}`;
  }
  const ids = readPrompt(request.system, request.user).examples.map(({ id }) => id);
  const form = { criteria: standardRubric.criteria['freeform-skill'], ids, isSorted: true };
  const reading = readReply(form, reply.text).outcome;
  return reading === 'ok' ? 'ok' : `ok, then ${reading}`;
}

describe('a model server that goes wrong', () => {
  test.each(Object.keys(faults) as (keyof typeof faults)[])('%s', async name => {
    const server = await start(faults[name]);
    const reply = await connect(server.url, name === 'silence' ? { timeoutMs: 100 } : {}).complete(request);
    expect(endOf(reply)).toBe(endings[name]);
    expect('reason' in reply ? reply.reason : 'No reason.').toMatch(/^[A-Z].*\.$/);
    expect(JSON.stringify(reply)).not.toContain(API_KEY);
    expect(server.requests).toHaveLength(1);
  });

  test('that is not there is a failure of transport and costs nothing', async () => {
    const server = await startModel(honest);
    await server.stop();
    expect(await connect(server.url).complete(request)).toMatchObject({ outcome: 'transport', usage: nothing });
  });

  test('that hangs up in the middle may have cost all that was asked for', async () => {
    const server = await start(() => ({ type: 'silent' }));
    const reply = connect(server.url).complete(request);
    while (server.requests.length === 0) await new Promise(resolve => setImmediate(resolve));
    await server.stop();
    running.length = 0;
    expect(await reply).toMatchObject({ outcome: 'transport', usage: bound });
  });

  test.each([
    ['seconds', { 'retry-after': '7' }, 7_000],
    ['milliseconds', { 'retry-after-ms': '250' }, 250],
    ['a date', { 'retry-after': 'Thu, 01 Jan 1970 00:00:05 GMT' }, 5_000],
    ['a date that is past', { 'retry-after': 'Wed, 31 Dec 1969 00:00:00 GMT' }, 0],
    ['nonsense', { 'retry-after': 'soon' }, 1_000],
    ['nothing', {}, 1_000],
    ['an hour', { 'retry-after': '3600' }, undefined],
  ])('and asks for a pause in %s', async (_, headers, pause) => {
    const server = await start(() => ({ type: 'raw', status: 429, body: '{}', headers: { ...headers } }));
    const reply = await connect(server.url).complete(request);
    expect(reply.outcome).toBe('transport');
    expect(reply.retryAfterMs).toBe(pause);
  });
});

describe('what a call costs', () => {
  test('is what the provider counted', async () => {
    const server = await start(call => ({
      type: 'message',
      content: checklist(call),
      usage: { prompt_tokens: 11, completion_tokens: 5, total_tokens: 16, extra: {} },
    }));
    expect((await connect(server.url).complete(request)).usage).toEqual({ promptTokens: 11, completionTokens: 5 });
  });

  test.each([
    ['nothing', null],
    ['less than nothing', { prompt_tokens: -5, completion_tokens: 1 }],
    ['words', { prompt_tokens: 'many', completion_tokens: 1 }],
  ])('is the upper bound where it counted %s', async (_, usage) => {
    const server = await start(() => ({
      type: 'raw',
      status: 200,
      body: JSON.stringify({ choices: [{ message: { content: 'x'.repeat(100) }, finish_reason: 'stop' }], usage }),
    }));
    expect((await connect(server.url).complete(request)).usage).toEqual({
      promptTokens: bound.promptTokens,
      completionTokens: 62,
    });
  });
});

describe('servers that call themselves compatible', () => {
  const formats = ({ requests }: RunningModel) =>
    requests.map(({ body }) => (body['response_format'] as { type?: string } | undefined)?.type ?? 'none');

  test('are asked for a schema first', async () => {
    const server = await start(honest);
    await connect(server.url).complete(request);
    expect(server.requests[0]?.body).toMatchObject({
      model: 'scripted',
      temperature: 0,
      max_tokens: request.maxCompletionTokens,
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'checklist', strict: true, schema: request.schema?.schema },
      },
    });
    expect(server.requests[0]?.authorization).toBe(`Bearer ${API_KEY}`);
  });

  test('are asked for less when they refuse, and that is remembered', async () => {
    const server = await start(withoutFormat([undefined], honest));
    const model = connect(server.url);
    expect((await model.complete(request)).outcome).toBe('ok');
    expect((await model.complete(request)).outcome).toBe('ok');
    expect(formats(server)).toEqual(['json_schema', 'json_object', 'none', 'none']);
  });

  test('keep the rung that they take', async () => {
    const server = await start(withoutFormat(['json_object'], honest));
    const model = connect(server.url);
    await model.complete(request);
    await model.complete(request);
    expect(formats(server)).toEqual(['json_schema', 'json_object', 'json_object']);
  });

  test('may be models that think and take neither max_tokens nor a temperature', async () => {
    const server = await start(thinker(honest));
    expect((await connect(server.url).complete(request)).outcome).toBe('ok');
    const body = server.requests.at(-1)?.body;
    expect(body).toMatchObject({ max_completion_tokens: request.maxCompletionTokens });
    expect(body).not.toHaveProperty('temperature');
  });

  test('that refuse everything are not asked for ever', async () => {
    const server = await start(() => ({
      type: 'raw',
      status: 400,
      body: JSON.stringify({ error: { message: 'response_format temperature max_completion_tokens' } }),
    }));
    expect((await connect(server.url).complete(request)).outcome).toBe('transport');
    expect(server.requests).toHaveLength(5);
  });

  test('may ask for no key', async () => {
    const server = await start(honest);
    const model = connectModel({ baseURL: server.url, apiKey: '', model: 'm', now: () => 0 });
    expect((await model.complete(request)).outcome).toBe('ok');
  });

  test('never hear of settings that happen to stand in our environment', async () => {
    const server = await start(message.bind(undefined, '{}'));
    process.env['OPENAI_ADMIN_KEY'] = 'sk-admin-key';
    try {
      await connect(server.url).complete(request);
    } finally {
      delete process.env['OPENAI_ADMIN_KEY'];
    }
    expect(server.requests[0]?.authorization).toBe(`Bearer ${API_KEY}`);
  });
});
