import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Caps, Spender, Usage } from '../core/judge/model.ts';
import { costOf } from '../core/judge/price.ts';
import type { EndedCall, Replies, StoredReply } from '../ports.ts';
import { budgetsOf, dayOf } from './budgets.ts';
import type { Budget } from './budgets.ts';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';

const usage = z.object({
  promptTokens: z.number(),
  completionTokens: z.number(),
  cachedTokens: z.number().exactOptional(),
});

const storedReplySchema: z.ZodType<StoredReply> = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('ok'), text: z.string(), model: z.string(), usage }),
  z.object({ outcome: z.literal(['refused', 'truncated', 'filtered']), reason: z.string(), usage }),
]);

/** Rolls the transaction back: what was added to the budgets before this one is taken out again. */
class OverCap extends Error {
  readonly cap: keyof Caps;
  constructor(cap: keyof Caps) {
    super(`over ${cap}`);
    this.cap = cap;
  }
}

/** Stored replies and the ledger. A row for each budget holds what was spent of it, so that calls at the same time cannot overdraw. */
export function createReplies({ kysely }: Database): Replies {
  return {
    async find(hash, { pullRequest, headSha }) {
      const row = await kysely.selectFrom('model_reply').selectAll().where('hash', '=', hash).executeTakeFirst();
      if (row === undefined) return undefined;
      const isOwn =
        row.repository_id === pullRequest.repository.id &&
        row.number === pullRequest.number &&
        row.head_sha === headSha;
      return { ...storedReplySchema.parse(JSON.parse(row.reply)), isEarlier: !isOwn };
    },

    async reserve(hash, spender, call, now) {
      const tokens = tokensOf(call.usage);
      const day = dayOf(now);
      try {
        return await kysely.transaction().execute(async trx => {
          for (const budget of budgetsOf(spender)) await charge(trx, spender, budget, day, tokens);
          const { pullRequest, headSha, authorId, prices } = spender;
          const { id } = await trx
            .insertInto('charge')
            .values({
              repository_id: pullRequest.repository.id,
              number: pullRequest.number,
              head_sha: headSha,
              author_id: authorId,
              day,
              hash,
              tokens,
              model: call.model,
              nanodollars: costOf(call.usage, prices[call.model]) ?? null,
            })
            .returning('id')
            .executeTakeFirstOrThrow();
          return { type: 'charged', id };
        });
      } catch (error) {
        if (error instanceof OverCap) return { type: 'over', cap: error.cap };
        throw error;
      }
    },

    settle: (charge, spender, call, reply) =>
      kysely.transaction().execute(async trx => {
        const open = await trx
          .selectFrom('charge')
          .select(['day', 'hash', 'tokens'])
          .where('id', '=', charge)
          .where('settled_at', 'is', null)
          .forUpdate()
          .executeTakeFirst();
        // Settled before, or forgotten because the App was removed during the call.
        if (open === undefined) return;
        await settleCharge(trx, charge, spender, call);
        const surplus = tokensOf(call.usage) - open.tokens;
        for (const budget of budgetsOf(spender)) await correct(trx, spender, budget, open.day ?? '', surplus);
        if (reply === undefined) return;
        const { pullRequest, headSha } = spender;
        await trx
          .insertInto('model_reply')
          .values({
            hash: open.hash,
            repository_id: pullRequest.repository.id,
            number: pullRequest.number,
            head_sha: headSha,
            reply: JSON.stringify(reply),
          })
          .onConflict(conflict => conflict.doNothing())
          .execute();
      }),

    async spent({ repository, number }) {
      const { rows } = await sql<{ tokens: number; nanodollars: number; unpriced: number }>`
        select coalesce(sum(tokens), 0)::bigint as tokens,
          coalesce(sum(nanodollars), 0)::bigint as nanodollars,
          count(*) filter (where nanodollars is null and tokens > 0) as unpriced
        from charge where repository_id = ${repository.id} and number = ${number}`.execute(kysely);
      const [{ tokens, nanodollars, unpriced } = { tokens: 0, nanodollars: 0, unpriced: 0 }] = rows;
      return { tokens, ...(unpriced === 0 && { dollars: nanodollars / 1e9 }) };
    },
  };
}

const tokensOf = ({ promptTokens, completionTokens }: Usage): number => promptTokens + completionTokens;

/** Adds to a budget, unless that would exceed it. */
async function charge(
  trx: Kysely<Schema>,
  { pullRequest: { repository, number } }: Spender,
  { cap, most, scope }: Budget,
  day: string,
  tokens: number,
): Promise<void> {
  if (tokens > most) throw new OverCap(cap);
  const { rows } =
    scope === undefined
      ? await sql`
          insert into budget (repository_id, number, spent) values (${repository.id}, ${number}, ${tokens})
          on conflict (repository_id, number) do update set spent = budget.spent + excluded.spent
            where budget.spent + excluded.spent <= ${most}
          returning spent`.execute(trx)
      : await sql`
          insert into day_budget (repository_id, day, scope, spent) values (${repository.id}, ${day}, ${scope}, ${tokens})
          on conflict (repository_id, day, scope) do update set spent = day_budget.spent + excluded.spent
            where day_budget.spent + excluded.spent <= ${most}
          returning spent`.execute(trx);
  if (rows.length === 0) throw new OverCap(cap);
}

/** Adds what a call used beyond its charge, mostly less than nothing, to the budget of the day on which it was charged. */
async function correct(
  trx: Kysely<Schema>,
  { pullRequest: { repository, number } }: Spender,
  { scope }: Budget,
  day: string,
  surplus: number,
): Promise<void> {
  await (
    scope === undefined
      ? sql`update budget set spent = spent + ${surplus} where repository_id = ${repository.id} and number = ${number}`
      : sql`update day_budget set spent = spent + ${surplus}
        where repository_id = ${repository.id} and day = ${day} and scope = ${scope}`
  ).execute(trx);
}

async function settleCharge(
  trx: Kysely<Schema>,
  id: string,
  { prices }: Spender,
  { outcome, model, usage, milliseconds }: EndedCall,
): Promise<void> {
  await trx
    .updateTable('charge')
    .set({
      tokens: tokensOf(usage),
      outcome,
      model,
      prompt_tokens: usage.promptTokens,
      completion_tokens: usage.completionTokens,
      cached_tokens: usage.cachedTokens ?? null,
      nanodollars: costOf(usage, prices[model]) ?? null,
      milliseconds: Math.round(milliseconds),
      settled_at: sql`now()`,
    })
    .where('id', '=', id)
    .execute();
}
