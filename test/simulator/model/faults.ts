import { checklist, message } from './scripts.ts';
import type { ModelCall, Script, ScriptedReply } from './start-model.ts';

const error = (
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
  code?: string,
): ScriptedReply => ({
  type: 'raw',
  status,
  body: JSON.stringify({ error: { message: text, type: 'error', code: code ?? null } }),
  headers,
});

const completionWith = (fields: object): ScriptedReply => ({
  type: 'raw',
  status: 200,
  body: JSON.stringify({ id: 'x', object: 'chat.completion', created: 0, model: 'scripted', ...fields }),
});

const formatOf = ({ body }: ModelCall): unknown => {
  const format = body['response_format'];
  return typeof format === 'object' && format !== null && 'type' in format ? format.type : undefined;
};

/** Every way in which a server was seen to go wrong, by name. Those that end well are marked by what they still deliver. */
export const faults = {
  fenced: call => message(`\`\`\`json\n${checklist(call)}\n\`\`\``),
  'prose and JSON': call => message(`Sure! Here is what I found:\n\n${checklist(call)}\n\nLet me know.`),
  thinking: call => message(`<think>Is {this} "right? {"a":1}</think>\n${checklist(call)}`),
  'thinking without its opening tag': call => message(`Let me see {…}\n</think>\n\n${checklist(call)}`),
  'two objects': call => message(`${checklist(call)}\n${checklist(call)}`),
  'no JSON': () => message('I cannot say.'),
  'JSON that ends early': call => message(checklist(call).slice(0, -20)),
  'wrong word': call => message(checklist(call, {}, { evidence: '', verdict: 'maybe' })),
  'extra key': call => message(JSON.stringify({ ...JSON.parse(checklist(call)), score: 10 })),
  'missing key': call => message(checklist({ ...call, asked: call.asked.slice(1) })),
  refusal: () => ({ type: 'message', content: null, refusal: "I'm sorry, I can't assist with that." }),
  length: call => ({ type: 'message', content: checklist(call).slice(0, 50), finishReason: 'length' }),
  'content filter': () => ({ type: 'message', content: '', finishReason: 'content_filter' }),
  'content filter on the prompt': () => error(400, 'The prompt was filtered', {}, 'content_filter'),
  'context too long': () => error(400, 'maximum context length is 4096 tokens', {}, 'context_length_exceeded'),
  'empty content': () => message(''),
  'no choices': () => completionWith({ choices: [] }),
  'no message': () => completionWith({ choices: [{ index: 0, finish_reason: 'stop' }] }),
  'web page': () => ({
    type: 'raw',
    status: 200,
    body: '<html><body>Please log in</body></html>',
    headers: { 'content-type': 'text/html' },
  }),
  'broken off body': () => ({ type: 'raw', status: 200, body: '{"id":"x","choices":[{"mess' }),
  'huge body': () => ({ type: 'raw', status: 200, body: ' '.repeat(3_000_000) }),
  'empty body': () => ({ type: 'raw', status: 200, body: '' }),
  redirect: () => ({
    type: 'raw',
    status: 307,
    body: '',
    headers: { location: 'http://127.0.0.1:9/v1/chat/completions' },
  }),
  'internal error': () => error(500, 'boom'),
  'bad gateway page': () => ({ type: 'raw', status: 502, body: '<html>', headers: { 'content-type': 'text/html' } }),
  'rate limit for long': () => error(429, 'slow down', { 'retry-after': '3600' }),
  'no quota': () => error(429, 'You exceeded your current quota', {}, 'insufficient_quota'),
  'wrong key': ({ authorization }) => error(401, `Incorrect API key provided: ${authorization}`),
  'unknown model': () => error(404, 'The model does not exist'),
  silence: () => ({ type: 'silent' }),
} as const satisfies Readonly<Record<string, Script>>;

/** Fails the first time, then does as the other script says. */
export const once =
  (first: ScriptedReply, then: Script): Script =>
  call =>
    call.ordinal === 1 ? first : then(call);

export const rateLimited = (seconds: number): ScriptedReply =>
  error(429, 'Rate limit reached', { 'retry-after': String(seconds) });

/** A server that knows no `response_format`, or only `json_object`. */
export const withoutFormat =
  (known: readonly ('json_object' | undefined)[], then: Script): Script =>
  call =>
    known.some(format => format === formatOf(call))
      ? then(call)
      : error(400, `Unsupported value for response_format: ${String(formatOf(call))}`);

/** A model that thinks before it replies: it takes neither `max_tokens` nor a temperature. */
export const thinker =
  (then: Script): Script =>
  call => {
    if ('max_tokens' in call.body) {
      return error(400, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.");
    }
    return 'temperature' in call.body ? error(400, "Unsupported value: 'temperature' does not support 0") : then(call);
  };
