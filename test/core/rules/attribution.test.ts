import { describe, expect, test } from 'vitest';
import { readAttribution } from '../../../src/core/attribution/read.ts';
import type { Contribution } from '../../../src/core/contribution.ts';
import type { ChangedFile } from '../../../src/core/pull-request.ts';
import { checkContribution } from '../../../src/core/rules/index.ts';
import { addedFiles, blobSha, factsAbout, soundSkill } from './sound-leaf.ts';

const folder = 'compositional_skills/writing/limericks';
const qna = `${folder}/qna.yaml`;
const attribution = `${folder}/attribution.txt`;
const nothing: Contribution = { leaves: [], attributions: [], account: [], concerns: [] };

const told = (files: readonly ChangedFile[], base: Readonly<Record<string, string>> = {}, text?: string) =>
  checkContribution(
    text === undefined ? nothing : { ...nothing, attributions: [readAttribution(attribution, text)] },
    factsAbout(files, { taxonomy: { sha: 'base', files: new Map(Object.entries(base)) } }),
  ).map(({ rule, location, message }) => ({ rule, path: location.path, message }));

const added = addedFiles({ [qna]: soundSkill });

describe('attribution/missing', () => {
  test('nothing beside a new leaf', () => {
    expect(told(added)).toEqual([
      {
        rule: 'attribution/missing',
        path: qna,
        message: expect.stringContaining('There is no `attribution.txt` beside this file.'),
      },
    ]);
  });

  test('a change of an old leaf whose attribution is in the taxonomy is fine', () => {
    expect(told(added, { [qna]: 'old', [attribution]: 'blob' })).toEqual([]);
  });

  test('taking it away from an old leaf is told at the leaf', () => {
    const removed: ChangedFile = { path: attribution, status: 'removed', blobSha: '' };
    expect(told([removed], { [qna]: 'old', [attribution]: 'blob' })).toMatchObject([
      { rule: 'attribution/missing', path: qna },
    ]);
    expect(told([...added, removed], { [qna]: 'old', [attribution]: 'blob' })).toMatchObject([{ path: qna }]);
  });

  test('moving it away is told; moving the whole leaf is not', () => {
    const base = { [qna]: 'old', [attribution]: 'blob' };
    const renamed = (name: string): ChangedFile => ({
      path: `compositional_skills/writing/verses/${name}`,
      previousPath: `${folder}/${name}`,
      status: 'renamed',
      blobSha: 'blob',
    });
    expect(told([renamed('attribution.txt')], base)).toMatchObject([{ rule: 'attribution/missing', path: qna }]);
    expect(told([renamed('attribution.txt'), renamed('qna.yaml')], base)).toEqual([]);
    expect(told([renamed('qna.yaml')], base)).toMatchObject([{ path: 'compositional_skills/writing/verses/qna.yaml' }]);
  });

  test('removing a whole leaf is fine', () => {
    const removed = [qna, attribution].map((path): ChangedFile => ({ path, status: 'removed', blobSha: '' }));
    expect(told(removed, { [qna]: 'old', [attribution]: 'blob' })).toEqual([]);
  });

  test.each(['attributions.txt', 'attribution.md', 'Attribution.txt', 'limericks-attribution.txt'])(
    '%s is recognised',
    name => {
      expect(told(addedFiles({ [qna]: soundSkill, [`${folder}/${name}`]: 'text' }))).toMatchObject([
        {
          message: `There is no \`attribution.txt\` beside this file, but there is \`${name}\`. Rename that to \`attribution.txt\`.`,
        },
      ]);
    },
  );

  test('a qna.yml is told both at once, so that one round is enough', () => {
    expect(told(addedFiles({ [`${folder}/qna.yml`]: soundSkill })).map(({ rule }) => rule)).toEqual([
      'layout/file-name',
      'attribution/missing',
    ]);
  });
});

describe('attribution/empty', () => {
  const both = addedFiles({ [qna]: soundSkill, [attribution]: 'whatever' });

  test.each(['', '\n', ' \t\r\n', '\ufeff', '\u200b\n', '\0'])('%j says nothing', text => {
    expect(told(both, {}, text)).toMatchObject([{ rule: 'attribution/empty', path: attribution }]);
  });

  test('one word is enough for this rule', () => {
    expect(told(both, {}, 'Me').map(({ rule }) => rule)).toEqual(['attribution/fields']);
  });

  test('an empty one that was there before is told when the leaf is touched', () => {
    expect(told(added, { [attribution]: blobSha('') })).toMatchObject([{ rule: 'attribution/empty' }]);
    expect(told(added, { [attribution]: blobSha('x') })).toEqual([]);
  });
});
