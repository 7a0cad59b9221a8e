import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { embedText } from './embeddings.ts';
import { readPrompt } from './read-prompt.ts';
import type { SeenPrompt } from './read-prompt.ts';

/** A request to the scripted model. */
export type ModelCall = SeenPrompt & {
  readonly body: Readonly<Record<string, unknown>>;
  readonly authorization: string | undefined;
  /** Where it was sent: path and query. */
  readonly path: string;
  /** Azure's header in the place of `authorization`. */
  readonly azureKey: string | undefined;
  /** Calls so far, this one included. */
  readonly ordinal: number;
};

/** What the scripted model does with one request. `raw` answers with anything at all; `silent` never answers. */
export type Script = (call: ModelCall) => ScriptedReply | Promise<ScriptedReply>;

export type ScriptedReply =
  | {
      readonly type: 'message';
      /** `null` is what servers send beside a refusal. */
      readonly content: string | null;
      readonly refusal?: string;
      readonly finishReason?: string;
      readonly usage?: unknown;
    }
  | {
      readonly type: 'raw';
      readonly status: number;
      readonly body: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly type: 'silent' };

/** A running model server on loopback. */
export type RunningModel = {
  /** To be used as `OPENAI_BASE_URL`. */
  readonly url: string;
  readonly requests: readonly ModelCall[];
  /** Texts whose vectors were asked for, one list a call. */
  readonly embedded: readonly (readonly string[])[];
  stop(): Promise<void>;
};

export type ModelOptions = {
  readonly port?: number;
  /** The vector of a text; none makes the whole call fail, as an overloaded server does. */
  readonly embed?: (text: string) => readonly number[] | undefined;
};

const embeddingsRequest = z.object({ model: z.string(), input: z.array(z.string()).min(1).max(2_048) });

/**
 * Serves `/v1/models`, `/v1/embeddings`, and chat completions under any prefix (Azure's is another), as an OpenAI-compatible server does, with replies from a script. It checks of a
 * request what such servers check: its method, its path, `model` and `messages`.
 */
export async function startModel(
  script: Script,
  { port = 0, embed = embedText }: ModelOptions = {},
): Promise<RunningModel> {
  const requests: ModelCall[] = [];
  const embedded: (readonly string[])[] = [];
  const stopped = new AbortController();
  const app = new Hono();

  app.get('/v1/models', context =>
    context.json({ object: 'list', data: [{ id: 'scripted', object: 'model', created: 0, owned_by: 'scripted' }] }),
  );

  app.post('/v1/embeddings', async context => {
    const body = embeddingsRequest.safeParse(await context.req.json());
    if (!body.success) return context.json({ error: { message: 'model and input are required' } }, 400);
    const { model, input } = body.data;
    embedded.push(input);
    const vectors = input.map(embed);
    if (!vectors.every(vector => vector !== undefined)) return context.json({ error: { message: 'overloaded' } }, 503);
    const prompt_tokens = Math.ceil(input.join('').length / 4);
    return context.json({
      object: 'list',
      data: vectors.map((embedding, index) => ({ object: 'embedding', index, embedding })),
      model,
      usage: { prompt_tokens, total_tokens: prompt_tokens },
    });
  });

  app.post('*', async context => {
    const { pathname, search } = new URL(context.req.url);
    if (!pathname.endsWith('/chat/completions')) return context.json({ error: { message: 'Not found' } }, 404);
    const body = await context.req.json<Record<string, unknown>>();
    const messages = body['messages'];
    if (typeof body['model'] !== 'string' || !Array.isArray(messages)) {
      return context.json(
        { error: { message: 'model and messages are required', type: 'invalid_request_error' } },
        400,
      );
    }
    const call: ModelCall = {
      ...readPrompt(contentOf(messages, 'system'), contentOf(messages, 'user')),
      body,
      authorization: context.req.header('authorization'),
      path: pathname + search,
      azureKey: context.req.header('api-key'),
      ordinal: requests.length + 1,
    };
    requests.push(call);
    const reply = await script(call);
    if (reply.type === 'message') return context.json(completion(body['model'], call, reply));
    if (reply.type === 'raw') {
      const headers = { 'content-type': 'application/json', ...reply.headers };
      return new Response(reply.body, { status: reply.status, headers });
    }
    await new Promise(resolve => {
      stopped.signal.addEventListener('abort', resolve);
    });
    return context.body(null, 503);
  });

  const { server, address } = await new Promise<{ server: ReturnType<typeof serve>; address: AddressInfo }>(resolve => {
    const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port }, address => {
      resolve({ server, address });
    });
  });
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    requests,
    embedded,
    stop: () =>
      new Promise((resolve, reject) => {
        stopped.abort();
        if ('closeAllConnections' in server) server.closeAllConnections();
        server.close(error => {
          if (error === undefined) resolve();
          else reject(error);
        });
      }),
  };
}

function contentOf(messages: readonly unknown[], role: string): string {
  for (const message of messages) {
    if (typeof message !== 'object' || message === null || !('role' in message) || message.role !== role) continue;
    if ('content' in message && typeof message.content === 'string') return message.content;
  }
  return '';
}

const completion = (
  model: string,
  { system, user, ordinal }: ModelCall,
  { content, refusal, finishReason, usage }: Extract<ScriptedReply, { type: 'message' }>,
): object => ({
  id: `chatcmpl-${ordinal}`,
  object: 'chat.completion',
  created: 0,
  model,
  choices: [
    {
      index: 0,
      message: { role: 'assistant', content, refusal: refusal ?? null },
      logprobs: null,
      finish_reason: finishReason ?? 'stop',
    },
  ],
  usage: usage ?? countTokens(system + user, content ?? ''),
});

/** Four characters a token: the usual rule of thumb, and below the upper bound that is charged. */
function countTokens(prompt: string, reply: string): object {
  const [promptTokens, completionTokens] = [Math.ceil(prompt.length / 4), Math.ceil(reply.length / 4)];
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
  };
}
