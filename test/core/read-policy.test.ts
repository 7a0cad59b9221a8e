import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changesBetween } from '../../src/core/policy-change.ts';
import { defaultPolicy } from '../../src/core/policy.ts';
import { merge, parentOf, readPolicy } from '../../src/core/read-policy.ts';

const here = { owner: 'acme', name: 'taxonomy' };
const shared = (text?: string) => ({ owner: 'acme', name: '.github', ...(text !== undefined && { text }) });

describe('what a policy builds on', () => {
  test.each([
    ['no file: the organisation’s', undefined, { owner: 'acme', name: '.github' }],
    ['a file alone: nothing', 'mode: observe\n', 'none'],
    ['the organisation’s by name', 'extends: organisation\n', { owner: 'acme', name: '.github' }],
    ['another of the same owner', 'extends: Acme/policies\n', { owner: 'acme', name: 'policies' }],
    ['itself: nothing', 'extends: acme/Taxonomy\n', 'none'],
    ['somebody else’s: never', 'extends: mallory/policies\n', 'foreign'],
    ['a file that cannot be used: nothing', 'extends: organisation\nmod: x\n', 'none'],
  ])('%s', (_, text, parent) => {
    expect(parentOf(text, here)).toEqual(parent);
  });

  test('is not asked of the organisation’s own', () => {
    expect(parentOf(undefined, { owner: 'acme', name: '.github' })).toBe('none');
  });
});

describe('a policy on top of another', () => {
  const organisation = shared('dco: off\nlabels:\n  pass: ready\n  escalate: ask\njudge:\n  block: [answer-correct]\n');

  test('takes what it does not say itself, mappings key by key, lists and words whole', () => {
    const { policy, problem } = readPolicy(
      'extends: organisation\nlabels:\n  pass: go\njudge:\n  block: []\n',
      organisation,
    );
    expect(problem).toBeUndefined();
    expect(policy.dco).toBe('off');
    expect(policy.labels).toMatchObject({ pass: { name: 'go' }, escalate: { name: 'ask' } });
    expect(policy.judge.block).toEqual([]);
    expect(readPolicy('extends: organisation\njudge: off\n', organisation).policy.judge.enabled).toBe(false);
  });

  test('of an organisation alone holds as it is', () => {
    expect(readPolicy(undefined, organisation).policy.dco).toBe('off');
    expect(readPolicy(undefined, shared())).toEqual({ policy: defaultPolicy });
  });

  test.each([
    ['is not there', 'extends: organisation\n', shared(), /leads to .*acme\/\.github.*not there or not for the App/],
    ['cannot be used', 'extends: organisation\n', shared('dco: maybe\n'), /of acme\/\.github cannot be used, line 1/],
    ['builds on a third', 'extends: organisation\n', shared('extends: acme/x\n'), /does not count: one step is enough/],
    ['is somebody else’s', 'extends: mallory/x\n', 'foreign' as const, /somebody else, who would decide here/],
  ])('says so when the other one %s, and keeps its own settings', (_, text, other, problem) => {
    const reading = readPolicy(`${text}mode: observe\n`, other);
    expect(reading.problem).toMatch(problem);
    expect(reading.policy.mode).toBe('observe');
  });

  test('that cannot be used leaves what it would build on', () => {
    const reading = readPolicy('mod: observe\n', undefined);
    expect(reading).toEqual({
      policy: defaultPolicy,
      problem:
        '.github/assay.yml on the base branch cannot be used, line 1: `mod` is not a setting (did you mean `mode`?). The defaults hold until it is mended.',
    });
  });
});

test('of joined settings every key is one of the two, and the upper one wins', () => {
  const settings = fc.dictionary(
    fc.constantFrom('a', 'b', 'c'),
    fc.oneof(fc.integer(), fc.dictionary(fc.constantFrom('x', 'y'), fc.integer())),
  );
  fc.assert(
    fc.property(settings, settings, (below, above) => {
      const joined = merge(below, above);
      expect(new Set(Object.keys(joined))).toEqual(new Set([...Object.keys(below), ...Object.keys(above)]));
      expect(joined).toMatchObject(above);
      expect(merge(below, {})).toEqual(below);
      expect(merge({}, above)).toEqual(above);
    }),
  );
});

test('changes are told by their path, lists whole', () => {
  const { policy } = readPolicy('mode: observe\nlabels:\n  pass: go\njudge:\n  block: [answer-correct]\n');
  expect(changesBetween(defaultPolicy, policy)).toEqual([
    { key: 'mode', before: '"active"', after: '"observe"' },
    { key: 'judge.block', before: '[]', after: '["answer-correct"]' },
    { key: 'labels.pass.name', before: '"triage-needed"', after: '"go"' },
  ]);
  expect(changesBetween(policy, policy)).toEqual([]);
});
