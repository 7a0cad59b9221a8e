import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fiveExamples, leafOf, qnaOf, soundSkill } from './contributions.ts';
import type { Files } from './contributions.ts';
import { startWorld } from './taxonomy-world.ts';
import type { World } from './taxonomy-world.ts';
import type { Taxonomy } from './taxonomy.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

/** Messages on the lines about duplicates, by rule. */
const marks = (taxonomy: Taxonomy, number: number) =>
  (taxonomy.check(number, 'assay/rules')?.annotations ?? [])
    .map(({ title, message }) => `${title ?? ''} | ${message}`)
    .filter(mark => mark.includes(': duplicate/'));

describe('duplicates', () => {
  test('inside one file, in letters that differ by white space only', async () => {
    const taxonomy = await world.taxonomy();
    const examples = fiveExamples('bread baking');
    const [first] = examples;
    const copy = [`  ${first?.[0].replace(' ', '   ') ?? ''}`, 'Another answer.'] as const;
    const number = await taxonomy.open(soundSkill('bread baking', [...examples, copy]));

    expect(marks(taxonomy, number)).toEqual([expect.stringMatching(/duplicate\/same-example.*already asked on line/)]);
    expect(taxonomy.conclusions(number)['assay/rules']).toBe('failure');
  });

  test('of the taxonomy: the leaf that has it is named, also when it came in after the pull request was opened', async () => {
    const taxonomy = await world.taxonomy();
    const copied = fiveExamples('harbour cranes')[2] ?? ['', ''];
    const number = await taxonomy.open(soundSkill('kites', [...fiveExamples('kites').slice(1), copied]));
    expect(marks(taxonomy, number)).toEqual([
      expect.stringMatching(/duplicate\/in-taxonomy.*writing\/harbour_cranes\/qna\.yaml`, line \d+/),
    ]);
    // The base moves on, and the line with it stays where it was: the link holds as it is.
    expect(await world.writesDuring(() => taxonomy.sweep())).toBe(0);

    const later = await taxonomy.open(soundSkill('tin whistles'));
    expect(taxonomy.conclusions(later)['assay/rules']).toBe('success');
    await world.people.pushToBranch({
      repository: taxonomy.name,
      by: 'ines',
      files: soundSkill('penny whistles', fiveExamples('tin whistles')),
    });
    await world.quiet();
    expect(marks(taxonomy, later)).toHaveLength(5);
    expect(taxonomy.conclusions(later)['assay/rules']).toBe('failure');
  });

  test('of another open pull request: the later is asked and told who was first, the first only hears of it; closing one ends it', async () => {
    const taxonomy = await world.taxonomy();
    const first = await taxonomy.open(soundSkill('sand castles'), { by: 'mira' });
    const second = await taxonomy.open(soundSkill('beach castles', fiveExamples('sand castles')), { by: 'tomasz' });

    expect(taxonomy.conclusions(second)['assay/rules']).toBe('success');
    const [topic, ...examples] = marks(taxonomy, second);
    expect(topic).toContain(`#${first} by mira has 5 of the 5 examples here, word for word`);
    expect(examples).toHaveLength(5);
    expect(examples[0]).toContain(`in #${first} by mira`);
    expect(examples[0]).toMatch(new RegExp(`Seen first in #${first} .*then in #${second}, this one`));
    expect(taxonomy.labels(second)).toEqual(['skill', 'triage-uncertain']);

    // Nobody's red, and the first hears of it at the next look.
    await taxonomy.sweep();
    expect(taxonomy.conclusions(first)['assay/rules']).toBe('success');
    expect(marks(taxonomy, first)).toEqual([]);
    expect(taxonomy.labels(first)).toEqual(['skill', 'triage-needed']);
    expect(taxonomy.words(first)).toEqual([expect.stringContaining(`Also in #`)]);

    await world.people.close({ ...taxonomy.pull(first), by: 'mira' });
    await world.quiet();
    await taxonomy.sweep();
    expect(marks(taxonomy, second)).toEqual([]);
    expect(taxonomy.labels(second)).toEqual(['skill', 'triage-needed']);
    expect(taxonomy.words(second)).toEqual([expect.not.stringContaining('duplicate/')]);
  });

  test('a second pull request of the same author is called a resubmission', async () => {
    const taxonomy = await world.taxonomy();
    const first = await taxonomy.open(soundSkill('rain barrels'), { by: 'mira' });
    const second = await taxonomy.open(soundSkill('rain barrels'), { by: 'mira' });
    expect(marks(taxonomy, second)[0]).toContain(`Your own open pull request #${first} has this leaf node already`);
    expect(marks(taxonomy, second)[0]).toContain('resubmission');
  });

  test('an example that moves from one leaf to another is no duplicate', async () => {
    const taxonomy = await world.taxonomy();
    const moved = await taxonomy.open({
      [qnaOf('harbour cranes')]: null,
      [`${leafOf('harbour cranes')}/attribution.txt`]: null,
      ...soundSkill('dock cranes', fiveExamples('harbour cranes')),
    });
    expect(taxonomy.conclusions(moved)['assay/rules']).toBe('success');
    expect(marks(taxonomy, moved)).toEqual([]);
  });
});

describe('two pull requests with the same head', () => {
  test('and different bases share the checks: the default branch counts, and nothing goes back and forth', async () => {
    const taxonomy = await world.taxonomy();
    // The same commit is sound for `main`, and against a base that has its examples already it is not.
    const to = (branch: string, files: Files) =>
      world.people.pushToBranch({ repository: taxonomy.name, branch, by: 'ines', files });
    await to('bells', soundSkill('tin bells'));
    await to('next', soundSkill('glass bells', fiveExamples('tin bells')));
    const open = async (base: string) => {
      const about = { repository: taxonomy.name, author: 'mira', title: `Bells for ${base}`, base, branch: 'bells' };
      const number = await world.people.openPullRequest(about);
      await world.quiet();
      return number;
    };
    const red = await open('next');
    expect(taxonomy.conclusions(red)['assay/rules']).toBe('failure');
    const green = await open('main');
    expect(taxonomy.conclusions(green)['assay/rules']).toBe('success');
    // What is true of the other base is said where it blocks nobody.
    expect(taxonomy.words(red)).toEqual([expect.stringContaining('duplicate/in-taxonomy')]);

    // The first hears of the second in its comment, once.
    expect(await world.writesDuring(() => taxonomy.sweep())).toBe(1);
    expect(await world.writesDuring(() => taxonomy.sweep())).toBe(0);

    // The one that counted is closed: the other is looked at again, and what is true of it alone stands.
    await world.people.close({ ...taxonomy.pull(green), by: 'mira' });
    await world.quiet();
    expect(taxonomy.conclusions(red)['assay/rules']).toBe('failure');
    expect(await world.writesDuring(() => taxonomy.sweep())).toBe(0);
  });
});
