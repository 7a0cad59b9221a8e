import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { exportAudit, grantsFor, pruneAudit, verifyAudit } from '../../src/cli/audit.ts';
import { dropJobs, listJobs, retryJobs } from '../../src/cli/jobs.ts';
import { sweep } from '../../src/cli/sweep.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import { createAudit } from '../../src/store/audit.ts';
import { openDatabase } from '../../src/store/database.ts';
import { startQueue } from '../../src/store/queue.ts';
import { createDataFolder } from '../store/databases.ts';
import { plainTerminal } from './plain-terminal.ts';
import { runAssay } from './run-assay.ts';

let cwd: string;
let env: Readonly<Record<string, string>>;

/** What a command prints, and how it ends. */
async function ran(command: (terminal: Terminal) => Promise<number>) {
  const { terminal, written } = plainTerminal();
  const code = await command(terminal);
  return { code, out: written().out };
}

/** A folder as a server leaves it that gave up a review and wrote a comment. */
beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'assay-operations-'));
  env = { ASSAY_DATA: join(cwd, 'data') };
  await createDataFolder(join(cwd, 'data'));
  const database = await openDatabase({ dataDir: join(cwd, 'data') });
  const queue = await startQueue(database, { retryDelays: [], pollSeconds: 0.5 });
  const repository = { id: 1, owner: 'lantern', name: 'taxonomy' };
  const gaveUp = new Promise<void>(resolve => {
    void queue.work(
      async () => {
        throw new Error('GitHub answers 502 \u001B[31m');
      },
      { concurrency: 1, onSettled: async () => resolve() },
    );
  });
  await queue.enqueue({ type: 'review', installationId: 1, repository, number: 7 });
  await gaveUp;
  await queue.stop();
  await createAudit(database).append({
    at: '2026-03-02T10:00:00.000Z',
    repository,
    number: 7,
    kind: 'write',
    action: { type: 'create_comment' },
    created: 12,
  });
  await database.close();
});

describe('for whoever runs Assay', () => {
  test('jobs that were given up are listed, tried again, and forgotten', async () => {
    const listed = await ran(terminal => listJobs({}, env, terminal));
    expect(listed.code).toBe(1);
    expect(listed.out).toMatch(
      /0 waiting, 0 running, 1 given up\n\S+ \S+ review of lantern\/taxonomy#7, 1 try: GitHub answers 502 \\u\{1b\}\[31m/,
    );
    const id = listed.out.split('\n')[1]?.slice(0, 8) ?? '';
    await expect(ran(terminal => retryJobs(['zzz'], {}, env, terminal))).rejects.toThrow('has the id "zzz"');
    await expect(ran(terminal => dropJobs([], {}, env, terminal))).rejects.toThrow('or say --all');
    expect((await ran(terminal => retryJobs([id], {}, env, terminal))).out).toBe('1 of 1 will be tried again.\n');
    expect(await ran(terminal => listJobs({}, env, terminal))).toEqual({
      code: 0,
      out: '1 waiting, 0 running, 0 given up\n',
    });
    expect((await ran(terminal => dropJobs([], { all: true }, env, terminal))).out).toContain('0 forgotten.');
  });

  test('a sweep is asked for', async () => {
    expect(await ran(terminal => sweep({}, env, terminal))).toEqual({
      code: 0,
      out: 'Asked for. 2 jobs wait for a server.\n',
    });
    await expect(ran(terminal => sweep({ repository: 'lantern/taxonomy' }, env, terminal))).rejects.toThrow(
      'set APP_ID',
    );
  });

  test('the record is exported, proved and pruned', async () => {
    const day = (text: string) => new Date(`${text}T00:00:00Z`);
    const { out } = await ran(terminal => exportAudit({ format: 'jsonl' }, env, terminal));
    expect(JSON.parse(out)).toMatchObject({ id: 1, entry: { kind: 'write', created: 12 }, previous: '' });
    const later = { format: 'jsonl', since: day('2026-03-03') } as const;
    expect((await ran(terminal => exportAudit(later, env, terminal))).out).toBe('');
    const sheet = { format: 'csv', repository: 'Lantern/Taxonomy' } as const;
    expect((await ran(terminal => exportAudit(sheet, env, terminal))).out).toMatch(
      /^id,at,repository,number,kind,entry,hash\n"1","2026-03-02T10:00:00.000Z","lantern\/taxonomy","7","write","\{""at""/,
    );
    expect(await ran(terminal => verifyAudit(env, terminal))).toEqual({ code: 0, out: 'whole repository 1: 1 rows\n' });
    expect((await ran(terminal => pruneAudit(day('2026-03-03'), env, terminal))).out).toContain('1 rows removed');
    expect((await ran(terminal => verifyAudit(env, terminal))).code).toBe(0);
    expect(grantsFor('assay_app')).toContain('revoke update, delete, truncate on audit from "assay_app";');
  });

  test('the command line knows them, and a folder that a server has is left alone', async () => {
    const { code, err } = await runAssay(['audit', 'prune', '--before', '2026-3-3'], { cwd, env });
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('It must be a day such as 2026-03-01.') });
    const database = await openDatabase({ dataDir: join(cwd, 'data') });
    await expect(ran(terminal => listJobs({}, env, terminal))).rejects.toThrow('Another process');
    await database.close();
  });
});
