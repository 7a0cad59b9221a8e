import { describe, expect, test } from 'vitest';
import type { PullRequest } from '../../../src/core/pull-request.ts';
import { description } from '../../../src/core/rules/contribution-description.ts';
import { signOff } from '../../../src/core/rules/contribution-sign-off.ts';
import { testRun } from '../../../src/core/rules/contribution-test-run.ts';
import { title } from '../../../src/core/rules/contribution-title.ts';
import type { Rule } from '../../../src/core/rules/rule.ts';
import { contributionOf } from './leaf-of.ts';
import { factsAbout } from './sound-leaf.ts';

const told = (rule: Rule, about: Partial<PullRequest>) => {
  const facts = factsAbout([]);
  return rule.check(contributionOf(), { ...facts, pullRequest: { ...facts.pullRequest, ...about } });
};

describe('titles', () => {
  test.each([
    ['Create qna.yaml', 'title'],
    ['Add files via upload', 'title'],
    ['.', 'title'],
    ['my first skill', 'title'],
    ['Test add new skill', 'title and test'],
    ['testing', 'title and test'],
    ['[TEST] words that rhyme', 'test'],
    ['DO-NOT-MERGE: knowledge about comets', 'test'],
    ["Don't merge: comets", 'test'],
    ['Write test plans', 'neither'],
    ['Add taste test', 'neither'],
    ['Add haiku', 'neither'],
    ['Knowledge: the 1986 apparition of comet Halley', 'neither'],
    ['更新 俳句', 'neither'],
  ])('%j', (given, expected) => {
    const names = [
      ...told(title, { title: given }).map(() => 'title'),
      ...told(testRun, { title: given }).map(() => 'test'),
    ];
    expect(names.join(' and ') || 'neither').toBe(expected);
  });
});

describe('descriptions', () => {
  test.each([
    ['', true],
    ['<!-- what does it do? -->', true],
    ['<!-- never closed, so nobody sees it: it teaches limericks', true],
    ['# Describe\n**If your PR is ready**\n- [x] Tested with the model\n- [ ] Signed off', true],
    ['Signed-off-by: Jo Doe <jo@example.org>', true],
    ['It teaches limericks.', false],
    ['<!-- a --> teaches <!-- b --> five lines', false],
  ])('%j', (body, isTold) => {
    expect(told(description, { body }).length > 0).toBe(isTold);
  });
});

describe('sign-offs', () => {
  const commit = (index: number, signs: 'own' | 'other' | 'none') => ({
    sha: String(index).repeat(40),
    subject: `Part ${index}`,
    signOff: signs,
    isMerge: false,
    isByBot: false,
  });
  const of = (listed: readonly ReturnType<typeof commit>[], total = listed.length) =>
    told(signOff, { commits: { listed, total } }).map(({ severity, message }) => `${severity}: ${message}`);

  test('one commit is named with its subject, several by their ids', () => {
    expect(of([commit(1, 'own'), commit(2, 'none')])).toEqual([
      expect.stringMatching(
        /^error: Commit `2222222` \(`Part 2`\) has no `Signed-off-by` line\. Run `git rebase --signoff`/,
      ),
    ]);
    expect(of([1, 2, 3, 4, 5].map(index => commit(index, 'none')))).toEqual([
      expect.stringContaining('5 commits (`1111111`, `2222222`, `3333333` and 2 more) have no'),
    ]);
  });

  test('another name is only noted, and commits that were not listed are asked about', () => {
    expect(of([commit(1, 'other')], 400)).toEqual([
      expect.stringMatching(/^note: Commit `1111111`/),
      expect.stringMatching(/^question: Only the first 1 of 400 commits/),
    ]);
  });

  test('the same commits keep the finding’s identity, others do not', () => {
    const flagged = (index: number) =>
      told(signOff, { commits: { listed: [commit(index, 'none')], total: 1 } })[0]?.flagged;
    expect(flagged(1)).toBe(flagged(1));
    expect(flagged(1)).not.toBe(flagged(2));
  });
});
