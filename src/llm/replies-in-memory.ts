import type { PullRequestRef } from '../core/pull-request.ts';
import type { Replies, StoredReply } from '../ports.ts';
import { totalTokens } from './token-bound.ts';

/** Replies and ledger for one run of the command line, gone with it. Keeps the promises of the port within one process. */
export function repliesInMemory(): Replies {
  const stored = new Map<string, StoredReply>();
  const charges = new Map<string, { readonly owner: string; readonly hash: string; readonly tokens: number }>();
  const spentBy = (owner: string): number =>
    charges.values().reduce((sum, charge) => (charge.owner === owner ? sum + charge.tokens : sum), 0);

  return {
    find: hash => Promise.resolve(stored.get(hash)),
    reserve: (hash, { pullRequest, maxTokens }, tokens) => {
      const owner = ownerOf(pullRequest);
      if (spentBy(owner) + tokens > maxTokens) return Promise.resolve(undefined);
      const id = String(charges.size + 1);
      charges.set(id, { owner, hash, tokens });
      return Promise.resolve(id);
    },
    settle: (id, { usage }, reply) => {
      const charge = charges.get(id);
      if (charge === undefined) return Promise.resolve();
      charges.set(id, { ...charge, tokens: totalTokens(usage) });
      if (reply !== undefined && !stored.has(charge.hash)) stored.set(charge.hash, reply);
      return Promise.resolve();
    },
    spent: pullRequest => Promise.resolve(spentBy(ownerOf(pullRequest))),
  };
}

const ownerOf = ({ repository, number }: PullRequestRef): string => `${repository.id}#${number}`;
