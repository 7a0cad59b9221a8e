import { sql } from 'kysely';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { PullRequest } from '../../src/core/pull-request.ts';
import { hashText } from '../../src/core/finding.ts';
import type { Database } from '../../src/store/database.ts';
import { createExamples } from '../../src/store/examples.ts';
import { forgetInstallation, rememberRepository } from '../../src/store/installations.ts';
import { createReplies } from '../../src/store/replies.ts';
import { engines } from './databases.ts';
import { spenderFor } from './spender.ts';

const repository = (id: number) => ({ id, owner: 'o', name: `n${id}` });

const pullRequest = (repositoryId: number): PullRequest => ({
  repository: repository(repositoryId),
  number: 1,
  title: 't',
  author: { login: 'a', id: 1, isBot: false },
  state: 'open',
  isDraft: false,
  createdAt: '2026-03-01T10:00:00.000Z',
  headSha: 'head',
  baseRef: 'main',
  baseSha: 'base',
  mergeBaseSha: 'base',
  files: [],
});

const key = hashText('an example');

for (const engine of engines) {
  describe.skipIf(!engine.isAvailable)(`installations on ${engine.name}`, () => {
    let database: Database;
    afterAll(engine.discard);

    /** Repositories 1 and 2 belong to installation 10, repository 3 to 11; each has a pull request and a reply that was paid for. */
    beforeEach(async () => {
      database = await engine.fresh();
      const examples = createExamples(database);
      const replies = createReplies(database);
      const text = { question: 'Who sweeps the stairs?', answer: 'Nobody.' };
      for (const [id, installationId] of [
        [1, 10],
        [2, 10],
        [3, 11],
      ] as const) {
        await rememberRepository(database.kysely, {
          type: 'sweep-repository',
          installationId,
          repository: repository(id),
        });
        await examples.add(repository(id), [{ blobSha: 'blob', examples: [{ key, wholeKey: key, line: 1, text }] }]);
        await examples.recordPullRequest(pullRequest(id), [{ path: 'p', blobSha: 'blob' }], new Date());
        const spender = spenderFor(repository(id), 1);
        const usage = { promptTokens: 3, completionTokens: 4 };
        const reserved = await replies.reserve(`hash${id}`, spender, { model: 'm', usage }, new Date());
        const call = { outcome: 'ok', model: 'm', usage, milliseconds: 1 } as const;
        const stored = { outcome: 'ok', text: 't', model: 'm', usage } as const;
        await replies.settle(reserved.type === 'charged' ? reserved.id : '', spender, call, stored);
      }
    });

    const budgets = async () =>
      (await database.kysely.selectFrom('day_budget').select('repository_id').execute()).map(row => row.repository_id);

    /** The repositories of which anything is still stored. */
    async function remembered(): Promise<readonly number[]> {
      const replies = createReplies(database);
      const found: number[] = [];
      for (const id of [1, 2, 3]) {
        const examples = createExamples(database);
        const [ref, tip] = [
          { repository: repository(id), number: 9 },
          { sha: 'tip', files: new Map<string, string>() },
        ];
        const { neighbours } = await examples.neighboursOf(ref, [key], tip);
        const [near = []] = await examples.nearestOf(ref, [{ question: 'Who sweeps?', answer: '' }], tip, new Set());
        const traces = [
          neighbours.length,
          near.length,
          Number((await examples.missing(repository(id), ['blob'])).length === 0),
          (await replies.spent({ repository: repository(id), number: 1 })).tokens,
          Number((await replies.find(`hash${id}`, spenderFor(repository(id), 1))) !== undefined),
          Number((await budgets()).includes(id)),
        ];
        if (new Set(traces.map(trace => trace > 0)).size > 1) throw new Error(`Half forgotten: ${traces.join()}`);
        if (traces.every(trace => trace > 0)) found.push(id);
      }
      return found;
    }

    test('an installation that is gone leaves nothing, and others keep theirs', async () => {
      expect(await remembered()).toEqual([1, 2, 3]);
      await forgetInstallation(database, 10);
      expect(await remembered()).toEqual([3]);
    });

    test('once the last installation is gone, no table has a row', async () => {
      await forgetInstallation(database, 10);
      await forgetInstallation(database, 11);
      const { rows } = await sql<{ name: string; total: number }>`
        select relname as name, (xpath('/row/n/text()', query_to_xml(format('select count(*) as n from %I', relname), true, true, '')))[1]::text::int as total
        from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname not like 'kysely%'`.execute(
        database.kysely,
      );
      expect(rows.filter(({ total }) => total > 0)).toEqual([]);
      expect(rows.length).toBeGreaterThan(10);
    });

    test('repositories that were taken out leave nothing, the rest of the installation stays', async () => {
      await forgetInstallation(database, 10, [2]);
      expect(await remembered()).toEqual([1, 3]);
    });

    test('a repository that went to another installation is kept by it', async () => {
      await rememberRepository(database.kysely, {
        type: 'sweep-repository',
        installationId: 11,
        repository: repository(2),
      });
      await forgetInstallation(database, 10, [1, 2]);
      expect(await remembered()).toEqual([2, 3]);
    });
  });
}
