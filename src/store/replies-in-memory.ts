import type { PullRequestRef } from '../core/pull-request.ts';
import type { Replies, StoredReply } from '../ports.ts';

/** Stored replies and ledger for one run of the command line. The same contract as the one in SQL, checked by the same tests. */
export function createRepliesInMemory(): Replies {
  const replies = new Map<string, StoredReply>();
  const spent = new Map<string, number>();
  const open = new Map<string, { readonly pullRequest: string; readonly hash: string; readonly tokens: number }>();
  let charges = 0;

  return {
    async find(hash) {
      return replies.get(hash);
    },
    async reserve(hash, { pullRequest: ref, maxTokens }, tokens) {
      const pullRequest = idOf(ref);
      const total = (spent.get(pullRequest) ?? 0) + tokens;
      if (total > maxTokens) return undefined;
      spent.set(pullRequest, total);
      const id = String(++charges);
      open.set(id, { pullRequest, hash, tokens });
      return id;
    },
    async settle(id, { usage }, reply) {
      const charge = open.get(id);
      if (charge === undefined) return;
      open.delete(id);
      const used = usage.promptTokens + usage.completionTokens;
      spent.set(charge.pullRequest, (spent.get(charge.pullRequest) ?? 0) - charge.tokens + used);
      if (reply !== undefined && !replies.has(charge.hash)) replies.set(charge.hash, reply);
    },
    async spent(ref) {
      return spent.get(idOf(ref)) ?? 0;
    },
  };
}

const idOf = ({ repository, number }: PullRequestRef): string => `${repository.id}#${number}`;
