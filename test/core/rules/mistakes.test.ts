import { describe, expect, test } from 'vitest';
import { identify } from '../../../src/core/finding.ts';
import { parseQna } from '../../../src/core/parse/qna.ts';
import { checkContribution, ruleDocs } from '../../../src/core/rules/index.ts';
import type { Mistake } from '../../../src/core/rules/rule.ts';
import { leafNode } from '../../../src/core/contribution.ts';
import { contributionOf } from './leaf-of.ts';
import { addedFiles, factsAbout, soundAttribution, soundPath, soundSkill } from './sound-leaf.ts';

type Files = { path: string; skill: string; attribution: string | undefined };
const sound: Files = { path: soundPath, skill: soundSkill, attribution: soundAttribution };

/** Rules that a contribution breaks. */
function broken({ path, skill, attribution }: Files): readonly string[] {
  const attributionPath = `${leafNode(path)}/attribution.txt`;
  const files = addedFiles({ [path]: skill, ...(attribution === undefined ? {} : { [attributionPath]: attribution }) });
  const { leaf, concerns } = parseQna(path, 'blob', Buffer.from(skill));
  const contribution = {
    ...contributionOf(...(leaf === undefined ? [] : [leaf])),
    attributions: attribution === undefined ? [] : [{ path: attributionPath, text: attribution }],
  };
  return identify([...concerns, ...checkContribution(contribution, factsAbout(files))]).map(({ rule }) => rule);
}

function make(mistake: Mistake): Files {
  if (mistake.type === 'absent') return { ...sound, attribution: undefined };
  if (mistake.type === 'path') return { ...sound, path: replaced(sound.path, mistake) };
  if (mistake.file === 'attribution.txt') return { ...sound, attribution: mistake.wrong };
  return { ...sound, skill: replaced(sound.skill, mistake) };
}

function replaced(text: string, { right, wrong }: { right: string; wrong: string }): string {
  if (!text.includes(right)) throw new Error(`The sound leaf has no ${JSON.stringify(right)}.`);
  return text.replace(right, wrong);
}

test('the sound leaf breaks no rule', () => {
  expect(broken(sound)).toEqual([]);
});

describe('the mistake that the documentation shows is found', () => {
  const shown = ruleDocs.flatMap(({ id, mistake }) => (mistake === undefined ? [] : [{ id, mistake }]));
  test.each(shown)('$id', ({ id, mistake }) => {
    expect(broken(make(mistake))).toContain(id);
  });
});
