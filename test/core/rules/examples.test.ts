import { describe, expect, test } from 'vitest';
import { readAttribution } from '../../../src/core/attribution/read.ts';
import { identify } from '../../../src/core/finding.ts';
import { parseQna } from '../../../src/core/parse/qna.ts';
import { checkContribution, ruleDocs, rules } from '../../../src/core/rules/index.ts';
import type { Mistake } from '../../../src/core/rules/rule.ts';
import { leafNode } from '../../../src/core/contribution.ts';
import { contributionFixtures } from './contribution-fixture.ts';
import { contributionOf } from './leaf-of.ts';
import { addedFiles, factsAbout, soundAttribution, soundPath, soundSkill } from './sound-leaf.ts';

type Files = { path: string; skill: string; attribution: string | undefined };
const sound: Files = { path: soundPath, skill: soundSkill, attribution: soundAttribution };

/** What can be made in the sound leaf. */
type Planted = Exclude<Mistake, { type: 'excerpt' }>;
const isPlanted = (mistake: Mistake): mistake is Planted => mistake.type !== 'excerpt';

/** Rules that a contribution breaks. */
function broken({ path, skill, attribution }: Files): readonly string[] {
  const attributionPath = `${leafNode(path)}/attribution.txt`;
  const files = addedFiles({ [path]: skill, ...(attribution === undefined ? {} : { [attributionPath]: attribution }) });
  const { leaf, concerns } = parseQna(path, 'blob', Buffer.from(skill));
  const contribution = {
    ...contributionOf(...(leaf === undefined ? [] : [leaf])),
    attributions: attribution === undefined ? [] : [readAttribution(attributionPath, attribution)],
  };
  return identify([...concerns, ...checkContribution(contribution, factsAbout(files))]).map(({ rule }) => rule);
}

function make(mistake: Planted): Files {
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
  const shown = ruleDocs.flatMap(({ id, mistake }) =>
    mistake !== undefined && isPlanted(mistake) ? [{ id, mistake }] : [],
  );
  test.each(shown)('$id', ({ id, mistake }) => {
    expect(broken(make(mistake))).toContain(id);
  });
});

const fixtures = contributionFixtures();

describe('a contribution made for a rule', () => {
  test.each(fixtures)('$name', ({ rule, isBad, contribution, facts }) => {
    const told = identify([...contribution.concerns, ...checkContribution(contribution, facts)]);
    const isTold = told.some(finding => finding.rule === rule);
    // A good example is good altogether: whoever copies it is not sent back for something else.
    const others = told.filter(({ severity }) => severity === 'error' && !isBad);
    expect([isTold, others]).toEqual([isBad, []]);
  });

  test('there is a good and a bad one for every rule of the list, and none for others', () => {
    const ofKind = (isBad: boolean) => new Set(fixtures.filter(each => each.isBad === isBad).map(({ rule }) => rule));
    for (const { doc } of rules) {
      expect(ofKind(true)).toContain(doc.id);
      expect(ofKind(false)).toContain(doc.id);
    }
    const documented = new Set(ruleDocs.map(({ id }) => id));
    expect(fixtures.filter(({ rule }) => !documented.has(rule))).toEqual([]);
  });

  test('an excerpt in the documentation stands there word for word', () => {
    for (const { id, mistake } of ruleDocs) {
      if (mistake?.type !== 'excerpt') continue;
      const says = (isBad: boolean, text: string) =>
        fixtures.some(each => each.rule === id && each.isBad === isBad && each.words.includes(text));
      expect([id, says(true, mistake.wrong), says(false, mistake.right)]).toEqual([id, true, true]);
    }
  });
});
