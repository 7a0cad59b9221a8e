import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { chargeEmbeddings } from '../../src/llm/charge-embeddings.ts';
import { connectEmbeddings } from '../../src/llm/connect-embeddings.ts';
import { createRepliesInMemory } from '../../src/store/replies-in-memory.ts';
import { SPENDER } from '../core/judge/example-leaf.ts';
import { embedText } from '../simulator/model/embeddings.ts';
import { honest } from '../simulator/model/scripts.ts';
import { startModel } from '../simulator/model/start-model.ts';

const ending: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(ending.splice(0).map(end => end()));
});

const connect = (baseURL: string) =>
  connectEmbeddings({ baseURL, apiKey: 'sk-test', model: 'vectors', timeoutMs: 500 });

/** A server that answers everything with these bytes. */
async function answering(status: number, body: string): Promise<string> {
  const server = createServer((_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  ending.push(
    () =>
      new Promise(resolve => {
        server.closeAllConnections();
        server.close(resolve);
      }),
  );
  const address = server.address() as AddressInfo;
  return `http://127.0.0.1:${address.port}/v1`;
}

const reply = (data: unknown): string => JSON.stringify({ object: 'list', data, model: 'vectors' });
const unreadable = { type: 'failed', reason: 'The server of the embeddings sent no usable reply.' };

describe('a model of embeddings', () => {
  test('gives a vector for each text, in the order of the texts', async () => {
    const model = await startModel(honest);
    ending.push(model.stop);
    const { type, ...rest } = await connect(model.url).embed(['boats', 'cranes']);
    expect(type).toBe('vectors');
    expect(rest).toEqual({ vectors: ['boats', 'cranes'].map(text => Float32Array.from(embedText(text))), tokens: 3 });
    expect(model.embedded).toEqual([['boats', 'cranes']]);
  });

  test.each([
    ['a vector too few', 200, reply([{ index: 0, embedding: [1, 2] }]), unreadable],
    [
      'the same place twice',
      200,
      reply([
        { index: 0, embedding: [1] },
        { index: 0, embedding: [2] },
      ]),
      unreadable,
    ],
    [
      'two lengths',
      200,
      reply([
        { index: 0, embedding: [1] },
        { index: 1, embedding: [1, 2] },
      ]),
      unreadable,
    ],
    [
      'a number that is none',
      200,
      reply([
        { index: 0, embedding: [1e39] },
        { index: 1, embedding: [1] },
      ]),
      unreadable,
    ],
    ['a web page', 200, '<html>', unreadable],
    [
      'a body without an end',
      200,
      reply('x'.repeat(2_000_000)),
      { type: 'failed', reason: 'The server of the embeddings could not be reached.' },
    ],
    [
      'a wrong key, repeated in the answer',
      401,
      '{"error":{"message":"sk-test is wrong"}}',
      { type: 'failed', reason: 'The server of the embeddings answered with an error (401).' },
    ],
  ])('%s is told without a word of the server', async (_, status, body, expected) => {
    expect(await connect(await answering(status, body)).embed(['boats', 'cranes'])).toEqual(expected);
  });

  test('that cannot be reached is told', async () => {
    expect(await connect('http://127.0.0.1:9/v1').embed(['boats'])).toEqual({
      type: 'failed',
      reason: 'The server of the embeddings could not be reached.',
    });
  });

  test('is charged to the pull request for which it is asked, and not asked beyond its budget', async () => {
    const model = await startModel(honest);
    ending.push(model.stop);
    const replies = createRepliesInMemory();
    const charged = chargeEmbeddings(connect(model.url), replies, () => 0);
    const text = 'a crane '.repeat(100);
    await charged.embed([text]);
    expect((await replies.spent(SPENDER.pullRequest)).tokens).toBe(0);
    await charged.embed([text], SPENDER);
    expect((await replies.spent(SPENDER.pullRequest)).tokens).toBe(200);
    const poor = { ...SPENDER, caps: { ...SPENDER.caps, pullRequest: 300 } };
    expect(await charged.embed([text], poor)).toEqual({
      type: 'failed',
      reason: 'The 300 tokens that may be used here are spent.',
    });
    expect(model.embedded).toHaveLength(2);
  });
});
