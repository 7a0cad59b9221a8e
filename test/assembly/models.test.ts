import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { embedThrough } from '../../src/assembly/models.ts';
import { Interrupted } from '../../src/core/trouble.ts';
import { createRepliesInMemory } from '../../src/store/replies-in-memory.ts';

test('a call for embeddings that is under way when the process ends is not waited for', async () => {
  const silent = createServer(() => undefined);
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  onTestFinished(() => {
    silent.closeAllConnections();
    silent.close();
  });
  const { port } = silent.address() as AddressInfo;
  const end = new AbortController();
  const model = { baseUrl: `http://127.0.0.1:${port}/v1`, apiKey: 'none', name: 'vectors' };
  const { embed } = embedThrough(model, createRepliesInMemory(), Date.now, end.signal);

  const asked = once(silent, 'request');
  const reply = embed(['boats']);
  await asked;
  end.abort();
  await expect(reply).rejects.toBeInstanceOf(Interrupted);
});
