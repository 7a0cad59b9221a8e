import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { alwaysSaying, comparing, pairsIn } from '../simulator/model/pairs.ts';
import { honest } from '../simulator/model/scripts.ts';
import { fiveExamples, soundSkill } from './contributions.ts';
import type { Example } from './contributions.ts';
import { startWorld } from './taxonomy-world.ts';
import type { World } from './taxonomy-world.ts';
import type { Taxonomy } from './taxonomy.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ hasEmbeddings: true });
});
afterAll(() => world[Symbol.asyncDispose]());

const files = (policy: string) => ({
  '.github/assay.yml': policy,
  ...soundSkill('quayside', [
    ...fiveExamples('quayside').slice(1),
    ['What is the purpose of a crane?', 'It moves what nobody could carry.'],
    ['How does one repair a torn fishing net?', 'With a needle, twine and the same knot as before.'],
  ]),
});
const BOTH = 'duplicates: { meaning: on, judge: on }\n';

const rephrased: Example = ['Which use does a device serve?', 'Lifting.'];
const reworded: Example = [
  'How does one repair a torn fishing net well?',
  'With a needle, twine and the same knot as before.',
];
const skill = (example: Example) => soundSkill('kites', [...fiveExamples('kites').slice(1), example]);

const possible = (taxonomy: Taxonomy, number: number): readonly string[] =>
  (taxonomy.check(number, 'assay/rules')?.annotations ?? [])
    .filter(({ title }) => title?.includes('duplicate/possible') === true)
    .map(({ annotation_level, message }) => `${annotation_level}: ${message}`);
const words = (taxonomy: Taxonomy, number: number): string => taxonomy.words(number).join('\n');

describe('examples that mean the same', () => {
  test('in other words: looked for by meaning, told if the judge says so, and by no model alone', async () => {
    const taxonomy = await world.taxonomy({ files: files(BOTH) });
    world.script(comparing(alwaysSaying('same'), honest));
    const same = await taxonomy.open(skill(rephrased));
    expect(possible(taxonomy, same)).toEqual([
      expect.stringMatching(/^warning: .*quayside\/qna\.yaml.*The judge read both and says that they teach the same/),
    ]);
    expect(taxonomy.conclusions(same)['assay/rules']).toBe('success');
    expect(taxonomy.labels(same)).toEqual(['skill', 'triage-uncertain']);
    expect(words(taxonomy, same)).toContain(
      'Duplicates were looked for by words and by meaning (scripted-vectors); the judge was asked about 1 pair and could tell 1.',
    );
    // A second look costs nothing and writes nothing.
    const [asked, embedded] = [world.model?.requests.length, world.model?.embedded.length];
    expect(await world.writesDuring(() => taxonomy.sweep())).toBe(0);
    expect(world.model?.requests.length).toBe(asked);
    expect(world.model?.embedded.length).toBe(embedded);

    world.script(comparing(alwaysSaying('cannot_tell'), honest));
    const unsure = await taxonomy.open(
      soundSkill('drums', [
        ...fiveExamples('drums').slice(1),
        ['Which device is of use, and for what purpose?', 'Many.'],
      ]),
    );
    expect(possible(taxonomy, unsure)).toEqual([]);
  });

  test('in much the same words: the judge can make the question a note, with words of both, and never ends it', async () => {
    const taxonomy = await world.taxonomy({ files: files(BOTH) });
    world.script(
      comparing(({ one }) => {
        const isFirst = one.fields.some(({ text }) => text.includes('well'));
        const [here, there] = ['fishing net well?', 'fishing net?'];

        return { verdict: 'different', one: isFirst ? here : there, other: isFirst ? there : here };
      }, honest),
    );
    const number = await taxonomy.open(skill(reworded));
    expect(possible(taxonomy, number)).toEqual([
      expect.stringMatching(
        /^notice: .*The judge read both and says that they differ: “fishing net well\?” here, “fishing net\?” there/,
      ),
    ]);
    expect(taxonomy.labels(number)).toEqual(['skill', 'triage-needed']);
  });

  test('are nobody’s business where the policy does not say so: no text is sent, no pair is asked about', async () => {
    const taxonomy = await world.taxonomy({ files: files('mode: active\n') });
    world.script(honest);
    const [asked, embedded] = [world.model?.requests.length ?? 0, world.model?.embedded.length];
    const number = await taxonomy.open(skill(rephrased));
    expect(possible(taxonomy, number)).toEqual([]);
    expect(world.model?.embedded.length).toBe(embedded);
    expect(world.model?.requests.slice(asked).flatMap(pairsIn)).toEqual([]);
    expect(words(taxonomy, number)).toContain('Duplicates were looked for by words alone.');
  });
});
