import type { PullRequestRef } from '../pull-request.ts';
import type { Price } from './price.ts';

/** One question to a model, whole: equal requests may share one stored reply. */
export type ModelRequest = {
  /** The part that is the same for every example: providers cache it. Empty where the model is asked as anybody would. */
  readonly system: string;
  /** The contributed data, behind delimiters that its author cannot guess. */
  readonly user: string;
  /** JSON Schema that the reply is asked to follow. It is checked again by us: servers may ignore it. Absent: free text. */
  readonly schema?: { readonly name: string; readonly schema: Readonly<Record<string, unknown>> };
  readonly maxCompletionTokens: number;
  /** Set where the same is asked several times to see how replies differ: which time it is, from 1. Then the model may vary. */
  readonly sample?: number;
};

/** Tokens as the provider counted them, or our upper bound where it did not say. */
export type Usage = {
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Those of the prompt that the provider had in its cache and charges less for. */
  readonly cachedTokens?: number;
};

/** What came back. Everything but `ok` counts as `cannot_tell`: our trouble, never the contributor's. */
export type ModelReply =
  | {
      readonly outcome: 'ok';
      readonly text: string;
      readonly model: string;
      readonly usage: Usage;
      /**
       * An earlier head, or another pull request, paid for it. False for what this very head asked for, now or at an earlier look:
       * so it says the same at every look, and may be shown.
       */
      readonly isStored: boolean;
    }
  | {
      readonly outcome: 'refused' | 'truncated' | 'filtered' | 'malformed' | 'transport' | 'timeout' | 'budget';
      /** For people, without anything from the model's text. */
      readonly reason: string;
      readonly usage: Usage;
      readonly isStored?: boolean;
    };

/** Most tokens that may be spent, prompt and completion together. A day is one of UTC. */
export type Caps = {
  /** Over the whole life of the pull request. */
  readonly pullRequest: number;
  /** By all pull requests of its author in the repository. */
  readonly authorPerDay: number;
  readonly repositoryPerDay: number;
};

/** Whose budgets a model call is charged to, and at what price. */
export type Spender = {
  readonly pullRequest: PullRequestRef;
  readonly headSha: string;
  readonly authorId: number;
  readonly caps: Caps;
  /** By name of the model; a model without a price costs an unknown sum. */
  readonly prices: Readonly<Record<string, Price>>;
};

/** Asks the model, or finds the stored reply. Never throws for trouble of the model: that is an outcome. */
export type Ask = (request: ModelRequest, spender: Spender) => Promise<ModelReply>;
