import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { certify } from '../../src/cli/certify.ts';
import { readPolicy } from '../../src/core/read-policy.ts';
import { labelsOn } from '../core/judge/labels.ts';
import { plainTerminal } from './plain-terminal.ts';
import { writeFolder } from './repository.ts';
import { runAssay } from './run-assay.ts';

const labels = [
  ...labelsOn('answer-correct', { count: 124, wrong: 0 }),
  ...labelsOn('clear-english', { count: 40, wrong: 6 }),
]
  .map(label => JSON.stringify(label))
  .join('\n');

test('says of each question whether it may block, and prints the certification', async () => {
  const cwd = writeFolder({ 'labels.jsonl': labels });
  const { code, out, err } = await runAssay(['certify', 'labels.jsonl'], { cwd });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toBe(`164 labels about scripted with rubric 1.

answer-correct: may block up to blockAt: 0.95
    a no confirmed 62 of 62 times (at least 0.95); kappa 1.00; people among themselves 0.96; alternative annotator test passed (winning rate 1.00); said the same again 1.00 of 124 times; could not tell 0 of 124 times.

clear-english: may not block
    Its no was confirmed in 14 of 20 cases, which shows 49 % at least. With 6 wrong, 57 cases are needed for 80 %.
    It agrees with triagers to kappa 0.70, people among themselves to 0.96. Needed are 0.6 and no more than 0.05 below people, or a pass of the alternative annotator test.
    a no confirmed 14 of 20 times (at least 0.49); kappa 0.70; people among themselves 0.96; alternative annotator test failed (winning rate 0.00); said the same again 1.00 of 40 times; could not tell 0 of 40 times.

For the policy file (--write .github/assay.yml puts it there):

judge:
  certification:
    rubric: "1"
    model: scripted
    criteria:
      answer-correct:
        asserted: 62
        confirmed: 62
`);
});

test('writes into the policy file, which the server then reads, and leaves the rest of it alone', async () => {
  const folder = writeFolder({
    'labels.jsonl': labels,
    'few.jsonl': JSON.stringify(labelsOn('answer-correct', { count: 1, wrong: 0 })[0]),
    'assay.yml': '# Ours.\nmode: observe # for now\njudge:\n  block: [answer-correct]\n',
  });
  const policy = join(folder, 'assay.yml');
  const { terminal, written } = plainTerminal();
  await certify(join(folder, 'labels.jsonl'), { write: policy }, terminal);
  const text = readFileSync(policy, 'utf8');
  expect(text).toMatch(/^# Ours\.\nmode: observe # for now\njudge:\n/);
  expect(written().out).toContain('block: [answer-correct]');
  const certified = readPolicy(text);
  expect(certified).not.toHaveProperty('problem');
  expect(certified.policy.judge.certification).toEqual({
    rubric: '1',
    model: 'scripted',
    criteria: { 'answer-correct': { asserted: 62, confirmed: 62 } },
  });
  await certify(join(folder, 'few.jsonl'), { write: policy }, terminal);
  expect(readPolicy(readFileSync(policy, 'utf8')).policy.judge).not.toHaveProperty('certification');
  expect(written().out).toContain('holds no certification now');
});

test.each(['judge: on\n', ''])('takes a policy that says %j', async before => {
  const folder = writeFolder({ 'labels.jsonl': labels, 'assay.yml': before });
  const policy = join(folder, 'assay.yml');
  await certify(join(folder, 'labels.jsonl'), { write: policy }, plainTerminal().terminal);
  expect(readPolicy(readFileSync(policy, 'utf8')).policy.judge.certification).toBeDefined();
});

test.each([
  ['judge: off\n', 'switches the judge off'],
  ['judge:\n  bloc: []\n', 'line 2: `judge.bloc` is not a setting (did you mean `block`?)'],
])('leaves alone a policy that says %j, and says why', async (before, complaint) => {
  const folder = writeFolder({ 'labels.jsonl': labels, 'assay.yml': before });
  const policy = join(folder, 'assay.yml');
  const done = certify(join(folder, 'labels.jsonl'), { write: policy }, plainTerminal().terminal);
  await expect(done).rejects.toThrow(complaint);
  expect(readFileSync(policy, 'utf8')).toBe(before);
});

test('a file that is no labels file ends with one sentence', async () => {
  const cwd = writeFolder({ 'labels.jsonl': '{"criterion":"x"}\n' });
  const { code, out, err } = await runAssay(['certify', 'labels.jsonl'], { cwd });
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(/^assay: labels\.jsonl cannot be used\. Line 1: "rubric": .*\.\n$/);
});
