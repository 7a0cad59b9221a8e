import type { Spender, Usage } from '../core/judge/model.ts';
import { costOf } from '../core/judge/price.ts';
import type { PullRequestRef } from '../core/pull-request.ts';
import type { Replies, StoredReply } from '../ports.ts';
import { budgetsOf, dayOf } from './budgets.ts';
import type { Budget } from './budgets.ts';

type Charge = {
  readonly pullRequest: string;
  readonly hash: string;
  readonly day: string;
  readonly tokens: number;
  readonly nanodollars: number | undefined;
  readonly isOpen: boolean;
};

/** Stored replies and ledger for one run of the command line. The same contract as the one in SQL, checked by the same tests. */
export function createRepliesInMemory(): Replies {
  const replies = new Map<string, { readonly reply: StoredReply; readonly head: string }>();
  const spent = new Map<string, number>();
  const charges: Charge[] = [];

  const spend = (spender: Spender, day: string, tokens: number): void => {
    for (const budget of budgetsOf(spender)) {
      const key = keyOf(spender, budget, day);
      spent.set(key, (spent.get(key) ?? 0) + tokens);
    }
  };

  return {
    async find(hash, spender) {
      const stored = replies.get(hash);
      return stored && { ...stored.reply, isEarlier: stored.head !== headOf(spender) };
    },
    async reserve(hash, spender, { model, usage }, now) {
      const [tokens, day] = [tokensOf(usage), dayOf(now)];
      const full = budgetsOf(spender).find(
        budget => (spent.get(keyOf(spender, budget, day)) ?? 0) + tokens > budget.most,
      );
      if (full !== undefined) return { type: 'over', cap: full.cap };
      spend(spender, day, tokens);
      const nanodollars = costOf(usage, spender.prices[model]);
      charges.push({ pullRequest: idOf(spender.pullRequest), hash, day, tokens, nanodollars, isOpen: true });
      return { type: 'charged', id: String(charges.length - 1) };
    },
    async settle(id, spender, { model, usage }, reply) {
      const charge = charges[Number(id)];
      if (charge?.isOpen !== true) return;
      const tokens = tokensOf(usage);
      spend(spender, charge.day, tokens - charge.tokens);
      const nanodollars = costOf(usage, spender.prices[model]);
      charges[Number(id)] = { ...charge, tokens, nanodollars, isOpen: false };
      if (reply !== undefined && !replies.has(charge.hash)) replies.set(charge.hash, { reply, head: headOf(spender) });
    },
    async spent(ref) {
      const own = charges.filter(({ pullRequest }) => pullRequest === idOf(ref));
      const tokens = own.reduce((sum, charge) => sum + charge.tokens, 0);
      const isPriced = own.every(charge => charge.nanodollars !== undefined || charge.tokens === 0);
      const dollars = own.reduce((sum, { nanodollars = 0 }) => sum + nanodollars, 0) / 1e9;
      return { tokens, ...(isPriced && { dollars }) };
    },
  };
}

const tokensOf = ({ promptTokens, completionTokens }: Usage): number => promptTokens + completionTokens;

const idOf = ({ repository, number }: PullRequestRef): string => `${repository.id}#${number}`;

const headOf = ({ pullRequest, headSha }: Spender): string => `${idOf(pullRequest)}@${headSha}`;

const keyOf = ({ pullRequest }: Spender, { scope }: Budget, day: string): string =>
  scope === undefined ? idOf(pullRequest) : `${pullRequest.repository.id} ${day} ${scope}`;
