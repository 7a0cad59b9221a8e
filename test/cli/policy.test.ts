import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { checkPolicy, explainPolicy, printPolicy } from '../../src/cli/policy.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import { defaultPolicy } from '../../src/core/policy.ts';
import { readPolicy } from '../../src/core/read-policy.ts';
import { plainTerminal } from './plain-terminal.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-policy-'));
});

const fileOf = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

/** Runs a command, and tells what it wrote and how it ended. */
async function run(command: (terminal: Terminal) => Promise<number>) {
  const { terminal, written } = plainTerminal();
  const code = await command(terminal);
  return { ...written(), code };
}

test('check names line and mistake', async () => {
  const file = fileOf('bad.yml', '# ours\nmod: observe\n');
  const { out, code } = await run(terminal => checkPolicy({ file }, terminal));
  expect(out).toBe(`${file}:2: \`mod\` is not a setting (did you mean \`mode\`?)\n`);
  expect(code).toBe(1);
  const good = await run(terminal => checkPolicy({ file: fileOf('good.yml', 'dco: off\n'), on: file }, terminal));
  expect(good.out).toContain('good.yml: 1 setting differs from the defaults');
  expect(good.code).toBe(1);
  await expect(run(terminal => checkPolicy({ file: join(folder, 'none.yml') }, terminal))).rejects.toThrow(
    'cannot be read',
  );
});

test('print writes a policy that reads as what it came from', async () => {
  const on = fileOf('organisation.yml', 'dco: off\nmode: observe\n');
  const file = fileOf('own.yml', 'extends: organisation\nmode: active\njudge: off\n');
  const { out, code } = await run(terminal => printPolicy({ file, on }, terminal));
  expect(code).toBe(0);
  const { policy, problem } = readPolicy(out);
  expect(problem).toBeUndefined();
  expect(policy).toMatchObject({ dco: 'off', mode: 'active', judge: { enabled: false }, labels: defaultPolicy.labels });
});

test('explain tells what differs, what a setting is for, and what was meant', async () => {
  const file = fileOf('some.yml', 'labels:\n  pass: ready\n');
  expect((await run(terminal => explainPolicy(undefined, { file }, terminal))).out).toBe(
    'labels.pass.name: "ready" (by default "triage-needed")\n',
  );
  const { out } = await run(terminal => explainPolicy('labels.pass', { file }, terminal));
  expect(out).toContain('labels.pass: Nothing stands in the way of a triager.');
  expect(out).toContain('Here: "ready".');
  await expect(run(terminal => explainPolicy('label.pass', { file }, terminal))).rejects.toThrow(
    'Did you mean labels.pass?',
  );
});
