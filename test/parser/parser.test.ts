import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { parseFiles } from '../../src/core/parse/contribution.ts';
import type { ChangedFile } from '../../src/core/pull-request.ts';
import { startParser, type Parser, type ParserOptions } from '../../src/parser/index.ts';

const qna = readFileSync(
  new URL(
    '../fixtures/contributions/ok.freeform-skill/compositional_skills/writing/weather_proverbs/qna.yaml',
    import.meta.url,
  ),
);
const leaf = (name: string, bytes: Uint8Array = qna): ChangedFile => ({
  path: `compositional_skills/${name}/qna.yaml`,
  status: 'added',
  blobSha: name,
  content: { type: 'bytes', bytes },
});
const text = (source: string): Uint8Array => new TextEncoder().encode(source);

const open: Parser[] = [];
const start = (options: ParserOptions = {}): Parser => {
  const parser = startParser(options);
  open.push(parser);
  return parser;
};
const hostile = { worker: new URL('./hostile-worker.ts', import.meta.url) };
afterEach(async () => {
  for (const parser of open.splice(0)) await parser.close();
});

describe('reading in a thread', () => {
  test('says the same as reading at once', async () => {
    const files = [
      leaf('a'),
      leaf('b', text('version: 1\n')),
      leaf('c', text('{')),
      { ...leaf('d'), status: 'removed' as const },
    ];
    expect(await start().parse(files)).toEqual(parseFiles(files));
  });

  test('checks against the version that was asked for', async () => {
    const old = text(qna.toString().replace('version: 3', 'version: 2'));
    expect((await start({ schemaVersion: 'document' }).parse([leaf('a', old)])).concerns).toEqual([]);
  });

  test('gives up a file that holds the thread, and reads the rest', async () => {
    const { account, concerns, leaves } = await start({ ...hostile, timeLimitMs: 1_000 }).parse([
      leaf('a'),
      leaf('slow'),
      leaf('b'),
    ]);
    expect(account.map(({ state }) => state)).toEqual(['reviewed', 'unread', 'reviewed']);
    expect(concerns).toMatchObject([
      {
        rule: 'yaml/too-slow',
        severity: 'error',
        location: { path: 'compositional_skills/slow/qna.yaml', line: 1, column: 1 },
      },
    ]);
    expect(leaves).toHaveLength(2);
  });

  test('gives up a file that fills the memory, and reads the rest', async () => {
    const { account, concerns } = await start({ ...hostile, timeLimitMs: 15_000 }).parse([leaf('hungry'), leaf('b')]);
    expect(account.map(({ state }) => state)).toEqual(['unread', 'reviewed']);
    expect(concerns.map(({ rule }) => rule)).toEqual(['yaml/too-slow']);
  });

  test('a defect of ours is no finding, and the file is not counted as read', async () => {
    const { account, concerns } = await start(hostile).parse([leaf('broken'), leaf('dead'), leaf('b')]);
    expect(account.map(({ state }) => state)).toEqual(['unread', 'unread', 'reviewed']);
    expect(concerns).toEqual([]);
  });

  test('a thread that cannot start is our trouble: the caller is told', async () => {
    const parser = start({ worker: new URL('./broken-worker.ts', import.meta.url) });
    await expect(parser.parse([leaf('a')])).rejects.toThrow('cannot start');
  });

  test('a small request does not wait for a large one', async () => {
    const parser = start();
    const order: string[] = [];
    const note = (name: string) => () => order.push(name);
    const large = parser.parse(Array.from({ length: 50 }, (_, index) => leaf(`large${index}`))).then(note('large'));
    const small = parser.parse([leaf('small')]).then(note('small'));
    await Promise.all([large, small]);
    expect(order).toEqual(['small', 'large']);
  });

  test('the calling thread goes on answering meanwhile', async () => {
    const big = text(`seed_examples:\n${'- question: |\n    a\n  answer: b\n'.repeat(2_000)}`);
    let ticks = 0;
    const ticking = setInterval(() => (ticks += 1), 1);
    await start().parse([leaf('big', big)]);
    clearInterval(ticking);
    expect(ticks).toBeGreaterThan(5);
  });

  test('after closing, requests are refused', async () => {
    const parser = start();
    await parser.parse([leaf('a')]);
    await parser.close();
    await expect(parser.parse([leaf('a')])).rejects.toThrow('closed');
  });

  test('an idle parser does not keep a program alive', () => {
    const module = fileURLToPath(new URL('../../src/parser/index.ts', import.meta.url));
    const program = `
      import { startParser } from ${JSON.stringify(module)};
      const bytes = new TextEncoder().encode('a: b');
      const { account } = await startParser().parse([{ path: 'knowledge/a/qna.yaml', status: 'added', blobSha: '', content: { type: 'bytes', bytes } }]);
      console.log(account[0].state);`;
    const { stdout, status } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      encoding: 'utf8',
      timeout: 15_000,
    });
    expect({ stdout: stdout.trim(), status }).toEqual({ stdout: 'reviewed', status: 0 });
  });
});

describe('screens', () => {
  /** Put together here, so that no scanner takes this file for a leak. */
  const token = ['ghp', 'aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3z5A'].join('_');
  const leaking = (comment = ''): Uint8Array =>
    text(qna.toString().replace("'Early rain often passes before noon.'", `'My key is ${token}.'${comment}`));

  test('a secret is an error at its place, and is not repeated', async () => {
    const { concerns } = await start().parse([leaf('a', leaking())]);
    expect(concerns).toMatchObject([
      {
        rule: 'screen/secret',
        severity: 'error',
        location: { line: 8, column: 24 },
        yamlPath: '.seed_examples[1].answer',
      },
    ]);
    expect(JSON.stringify(concerns)).not.toContain(token);
  });

  test('leaves room among the findings of a file with many', async () => {
    const many = Array.from({ length: 200 }, (_, index) => `k${index}: ${token}`).join('\n');
    const { concerns } = await start().parse([leaf('a', text(many))]);
    expect(concerns).toHaveLength(100);
    expect(concerns.filter(({ rule }) => rule === 'screen/secret')).toHaveLength(20);
    expect(concerns.filter(({ rule }) => rule === 'yaml/more-findings')).toHaveLength(1);
  });

  test('no comment in the file switches the screen off', async () => {
    const { concerns } = await start().parse([leaf('a', leaking(' # secretlint-disable'))]);
    expect(concerns.map(({ rule }) => rule)).toContain('screen/secret');
  });

  test('secrets are found in what is not YAML, and in attributions', async () => {
    const attribution = { ...leaf('a', text(`Link: ${token}\n`)), path: 'knowledge/a/attribution.txt' };
    const { concerns } = await start().parse([leaf('b', text(`a: [${token}`)), attribution]);
    expect(concerns.map(({ rule, location }) => `${rule} ${location.path.split('/').at(-1)}`)).toEqual([
      'yaml/syntax qna.yaml',
      'screen/secret qna.yaml',
      'screen/secret attribution.txt',
    ]);
  });

  test('people are named in attributions', async () => {
    const attribution = {
      ...leaf('a', text('Creator names: jane.roe@meteo-harbour.net\n')),
      path: 'knowledge/a/attribution.txt',
    };
    expect((await start().parse([attribution])).concerns).toEqual([]);
  });
});
