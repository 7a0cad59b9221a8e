import { expect, test } from 'vitest';
import { printRules } from '../../src/cli/rules.ts';
import { ruleDocs } from '../../src/core/rules/index.ts';
import { plainTerminal } from './plain-terminal.ts';

const printed = (name?: string): string => {
  const { terminal, written } = plainTerminal();
  expect(printRules(name, terminal)).toBe(0);
  return written().out;
};

test('all rules, a line each', () => {
  const lines = printed().trimEnd().split('\n');
  expect(lines).toHaveLength(ruleDocs.length);
  expect(lines).toContainEqual(
    expect.stringMatching(/^layout\/file-name +error +The tools .*qna\.yaml, in lower case\.$/),
  );
});

test('those of a family', () => {
  const lines = printed('duplicate').trimEnd().split('\n');
  expect(lines.length).toBeGreaterThan(2);
  expect(lines.every(line => line.startsWith('duplicate/'))).toBe(true);
});

test('one rule whole, without marks of Markdown', () => {
  const text = printed('attribution/empty');
  expect(text).toContain('attribution/empty');
  expect(text).toContain('To mend it:');
  expect(text).toContain('Waiver: a maintainer.');
  expect(text).toContain('Upstream:');
  expect(text).toContain('+ Creator names: Jo Doe');
  expect(text).not.toContain('**');
});

test.each([
  ['file-name', 'Did you mean layout/file-name?'],
  ['layout/file-nam', 'Did you mean layout/file-name?'],
  ['layuot', 'Did you mean layout?'],
  ['something-else-entirely', '`assay rules` lists all.'],
])('%s is no rule', (name, hint) => {
  expect(() => printed(name)).toThrow(hint);
});
