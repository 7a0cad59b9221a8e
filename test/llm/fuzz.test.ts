import * as fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { readReply } from '../../src/core/judge/reply.ts';
import { connectModel } from '../../src/llm/connect-model.ts';
import { checklistAbout } from './request.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

const { request, form } = checklistAbout('Apple, pear.');

const usage = fc.option(fc.record({ prompt_tokens: fc.anything(), completion_tokens: fc.nat() }), { nil: null });
const content = fc.oneof(fc.string(), fc.json(), fc.constantFrom('{', '}{', '<think>', '```json\n{}\n```', '\ud800'));
const completion = fc.record(
  {
    choices: fc.array(
      fc.record(
        {
          finish_reason: fc.oneof(fc.constantFrom('stop', 'length', 'content_filter', null), fc.anything()),
          message: fc.oneof(
            fc.record({ content, refusal: fc.option(fc.string()) }, { requiredKeys: [] }),
            fc.anything(),
          ),
        },
        { requiredKeys: [] },
      ),
      { maxLength: 2 },
    ),
    usage,
    error: fc.anything(),
  },
  { requiredKeys: [] },
);
const asJson = (value: unknown): string => {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return '';
  }
};
const body = fc.oneof(
  fc.string(),
  fc.json(),
  completion.map(asJson),
  // Broken off somewhere.
  fc.tuple(completion.map(asJson), fc.nat(400)).map(([text, end]) => text.slice(0, end)),
);
const status = fc.constantFrom(200, 200, 200, 200, 201, 204, 400, 401, 404, 418, 422, 429, 500, 503, 599);
const type = fc.constantFrom('application/json', 'text/html', 'text/event-stream', '');

const answered = (choice: object): [string, number, string] => [
  JSON.stringify({ choices: [choice], usage: { prompt_tokens: 9, completion_tokens: 9 } }),
  200,
  'application/json',
];

/** Ends that chance comes to a few times in 10,000, or never. */
const rare = [
  answered({ finish_reason: 'stop', message: { content: '{}' } }),
  answered({ finish_reason: 'length', message: { content: '{' } }),
  answered({ finish_reason: 'content_filter', message: { content: '' } }),
  answered({ finish_reason: 'stop', message: { content: null, refusal: 'No.' } }),
];

const outcomes = ['ok', 'refused', 'truncated', 'filtered', 'malformed', 'transport', 'timeout'];

test('10,000 bodies of any kind end in an outcome, and what came through in a reading', async () => {
  let answer = new Response();
  const model = connectModel({ baseURL: 'http://127.0.0.1:9/v1', apiKey: 'k', model: 'm', now: () => 0 });
  vi.stubGlobal('fetch', () => Promise.resolve(answer));
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(body, status, type, async (text, code, kind) => {
      answer = new Response(code === 204 ? null : text, { status: code, headers: { 'content-type': kind } });
      const reply = await model.complete(request);
      expect(outcomes).toContain(reply.outcome);
      seen.add(reply.outcome);
      if (reply.outcome === 'ok') readReply(form, reply.text);
    }),
    { numRuns: 10_000, examples: rare },
  );
  expect([...seen]).toEqual(
    expect.arrayContaining(['ok', 'malformed', 'transport', 'refused', 'truncated', 'filtered']),
  );
}, 120_000);
