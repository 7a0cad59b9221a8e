import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Replies, StoredReply } from '../ports.ts';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';

const usage = z.object({ promptTokens: z.number(), completionTokens: z.number() });

const storedReplySchema: z.ZodType<StoredReply> = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('ok'), text: z.string(), model: z.string(), usage }),
  z.object({ outcome: z.literal(['refused', 'truncated', 'filtered']), reason: z.string(), usage }),
]);

/** Stored replies and the ledger. One row a pull request holds what it has spent, so that calls at the same time cannot overdraw. */
export function createReplies({ kysely }: Database): Replies {
  return {
    async find(hash) {
      const row = await kysely.selectFrom('model_reply').select('reply').where('hash', '=', hash).executeTakeFirst();
      return row && storedReplySchema.parse(JSON.parse(row.reply));
    },

    async reserve(hash, { pullRequest: { repository, number }, maxTokens }, tokens) {
      if (tokens > maxTokens) return undefined;
      return kysely.transaction().execute(async trx => {
        const { rows } = await sql`
          insert into budget (repository_id, number, spent) values (${repository.id}, ${number}, ${tokens})
          on conflict (repository_id, number) do update set spent = budget.spent + excluded.spent
            where budget.spent + excluded.spent <= ${maxTokens}
          returning spent`.execute(trx);
        if (rows.length === 0) return undefined;
        const { id } = await trx
          .insertInto('charge')
          .values({ repository_id: repository.id, number, hash, tokens })
          .returning('id')
          .executeTakeFirstOrThrow();
        return id;
      });
    },

    settle: (charge, call, reply) =>
      kysely.transaction().execute(async trx => {
        const open = await trx
          .selectFrom('charge')
          .select(['repository_id', 'number', 'hash', 'tokens'])
          .where('id', '=', charge)
          .where('settled_at', 'is', null)
          .forUpdate()
          .executeTakeFirst();
        // Settled before, or forgotten because the App was removed during the call.
        if (open === undefined) return;
        await settleCharge(trx, charge, open, call);
        if (reply === undefined) return;
        await trx
          .insertInto('model_reply')
          .values({ hash: open.hash, repository_id: open.repository_id, reply: JSON.stringify(reply) })
          .onConflict(conflict => conflict.doNothing())
          .execute();
      }),

    async spent({ repository, number }) {
      const row = await kysely
        .selectFrom('budget')
        .select('spent')
        .where('repository_id', '=', repository.id)
        .where('number', '=', number)
        .executeTakeFirst();
      return row?.spent ?? 0;
    },
  };
}

async function settleCharge(
  trx: Kysely<Schema>,
  charge: string,
  open: { readonly repository_id: number; readonly number: number; readonly tokens: number },
  { outcome, model, usage: { promptTokens, completionTokens } }: Parameters<Replies['settle']>[1],
): Promise<void> {
  const used = promptTokens + completionTokens;
  await trx
    .updateTable('charge')
    .set({
      tokens: used,
      outcome,
      model,
      prompt_tokens: promptTokens,
      completion_tokens: completionTokens,
      settled_at: sql`now()`,
    })
    .where('id', '=', charge)
    .execute();
  await trx
    .updateTable('budget')
    .set(({ eb }) => ({ spent: eb('spent', '+', used - open.tokens) }))
    .where('repository_id', '=', open.repository_id)
    .where('number', '=', open.number)
    .execute();
}
