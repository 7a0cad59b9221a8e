import type { PullRequestRef } from '../pull-request.ts';

/** One question to a model, whole: equal requests may share one stored reply. */
export type ModelRequest = {
  /** The part that is the same for every example: providers cache it. */
  readonly system: string;
  /** The contributed data, behind delimiters that its author cannot guess. */
  readonly user: string;
  /** JSON Schema that the reply is asked to follow. It is checked again by us: servers may ignore it. */
  readonly schema: { readonly name: string; readonly schema: Readonly<Record<string, unknown>> };
  readonly maxCompletionTokens: number;
};

/** Tokens as the provider counted them, or our upper bound where it did not say. */
export type Usage = { readonly promptTokens: number; readonly completionTokens: number };

/** What came back. Everything but `ok` counts as `cannot_tell`: our trouble, never the contributor's. */
export type ModelReply =
  | {
      readonly outcome: 'ok';
      readonly text: string;
      readonly model: string;
      readonly usage: Usage;
      readonly isStored: boolean;
    }
  | {
      readonly outcome: 'refused' | 'truncated' | 'filtered' | 'malformed' | 'transport' | 'timeout' | 'budget';
      /** For people, without anything from the model's text. */
      readonly reason: string;
      readonly usage: Usage;
      readonly isStored?: boolean;
    };

/** Whose budget a model call is charged to. `maxTokens`: prompt and completion together, over the pull request's whole life. */
export type Spender = { readonly pullRequest: PullRequestRef; readonly maxTokens: number };

/** Asks the model, or finds the stored reply. Never throws for trouble of the model: that is an outcome. */
export type Ask = (request: ModelRequest, spender: Spender) => Promise<ModelReply>;
