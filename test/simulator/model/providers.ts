import { checklist, message } from './scripts.ts';
import type { ModelCall, Script, ScriptedReply } from './start-model.ts';

/**
 * What servers of these names are known to do differently, from their documentation and issue trackers. They are scripts: none of
 * the real ones was asked.
 */
export type Provider = {
  /** Behind the host, as somebody would configure it. */
  readonly base: string;
  readonly script: Script;
  /** What it says when the prompt is too long. */
  readonly tooLong: ScriptedReply;
};

const refuse = (status: number, body: object): ScriptedReply => ({ type: 'raw', status, body: JSON.stringify(body) });

const formatOf = ({ body: { response_format: format } }: ModelCall): unknown =>
  typeof format === 'object' && format !== null && 'type' in format ? format.type : undefined;

const openai: Provider = {
  base: '/v1',
  script: call =>
    call.authorization?.startsWith('Bearer ') === true
      ? message(checklist(call))
      : refuse(401, { error: { message: 'You did not provide an API key.', code: 'invalid_api_key' } }),
  tooLong: refuse(400, {
    error: { message: "This model's maximum context length is 8192 tokens.", code: 'context_length_exceeded' },
  }),
};

const azure: Provider = {
  base: '/openai/deployments/judge?api-version=2024-10-21',
  script: call => {
    if (call.path !== '/openai/deployments/judge/chat/completions?api-version=2024-10-21')
      return refuse(404, { error: { code: 'DeploymentNotFound', message: 'The API deployment does not exist.' } });
    if (call.azureKey === undefined || call.authorization !== undefined)
      return refuse(401, { error: { code: '401', message: 'Access denied due to invalid subscription key.' } });
    return message(checklist(call));
  },
  tooLong: openai.tooLong,
};

const vllm: Provider = {
  base: '/v1',
  // Reports no cached tokens, and thoughts in a field of their own.
  script: call => ({
    type: 'raw',
    status: 200,
    body: JSON.stringify({
      id: 'chatcmpl-1',
      object: 'chat.completion',
      model: 'scripted',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', reasoning_content: 'Let me see.', content: checklist(call), tool_calls: [] },
          finish_reason: 'stop',
          stop_reason: null,
        },
      ],
      usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15, prompt_tokens_details: null },
    }),
  }),
  tooLong: refuse(400, {
    object: 'error',
    message: "This model's maximum context length is 4096 tokens. However, you requested 9000 tokens.",
    type: 'BadRequestError',
    param: null,
    code: 400,
  }),
};

const llamaCpp: Provider = {
  base: '/v1',
  // Some releases took no schema beside a grammar.
  script: call =>
    formatOf(call) === 'json_schema'
      ? refuse(400, {
          error: {
            code: 400,
            message: 'Either "json_schema" or "grammar" can be specified',
            type: 'invalid_request_error',
          },
        })
      : message(checklist(call)),
  tooLong: refuse(400, {
    error: {
      code: 400,
      message: 'the request exceeds the available context size',
      type: 'exceed_context_size_error',
      n_ctx: 4096,
    },
  }),
};

const ollama: Provider = {
  base: '/v1',
  script: call => message(`\n${checklist(call)}\n`),
  tooLong: refuse(400, {
    error: { message: 'input length exceeds the context length', type: 'invalid_request_error' },
  }),
};

/** `ilab model serve` with its llama-cpp backend: llama-cpp-python behind FastAPI, which knows `json_object` alone. */
const ilab: Provider = {
  base: '/v1',
  script: call =>
    formatOf(call) === 'json_schema'
      ? refuse(422, {
          error: {
            message:
              "[{'type': 'literal_error', 'loc': ('body', 'response_format', 'type'), 'msg': 'Input should be text or json_object'}]",
            type: 'internal_server_error',
            param: null,
            code: null,
          },
        })
      : message(checklist(call)),
  tooLong: refuse(400, {
    error: {
      message: "This model's maximum context length is 4096 tokens, however you requested 9000 tokens",
      type: 'invalid_request_error',
      param: 'messages',
      code: 'context_length_exceeded',
    },
  }),
};

export const providers = {
  OpenAI: openai,
  'Azure OpenAI': azure,
  vLLM: vllm,
  'llama.cpp': llamaCpp,
  Ollama: ollama,
  'ilab model serve': ilab,
} as const satisfies Readonly<Record<string, Provider>>;
