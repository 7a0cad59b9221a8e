import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { steeringIn } from '../../src/core/screens/steering.ts';
import { BREAK, lures, parseMarkdown, walk } from '../core/markdown.ts';
import { hostileTexts, objectsTo } from '../simulator/model/scripts.ts';
import { viewOf } from '../simulator/view.ts';
import { attribution, fiveExamples, leafOf, qna, qnaOf, soundSkill } from './contributions.ts';
import type { Files } from './contributions.ts';
import { startWorld } from './taxonomy-world.ts';
import type { World } from './taxonomy-world.ts';
import type { Taxonomy } from './taxonomy.ts';

/** GitHub lists 3,000 files of a pull request; here it lists fewer, so that a story can have more. */
const LISTED_FILES = 1100;

let world: World;
let taxonomy: Taxonomy;
beforeAll(async () => {
  world = await startWorld({ github: { limits: { files: LISTED_FILES } } });
  taxonomy = await world.taxonomy();
});
afterAll(() => world[Symbol.asyncDispose]());

const marks = (number: number) =>
  (taxonomy.check(number, 'assay/rules')?.annotations ?? []).map(({ path, start_line: line, title, message }) => ({
    path,
    line,
    rule: /[a-z]+\/[a-z-]+/.exec(title ?? '')?.[0] ?? '',
    message,
  }));

const pages = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`a/page${index}.md`, `${index}\n`]));

describe('files that cannot be read', () => {
  test.each<readonly [string, string | Uint8Array, string]>([
    ['text that is not YAML', 'version: 3\nseed_examples: [\n', 'yaml/syntax'],
    ['a tab', 'version: 3\n\tcreated_by: x\n', 'yaml/syntax'],
    ['nothing', '', 'yaml/empty'],
    ['a comment alone', '# later\n', 'yaml/empty'],
    ['a list', '- a\n- b\n', 'yaml/not-a-mapping'],
    [
      'bytes of a picture',
      Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0xff]),
      'yaml/encoding',
    ],
    ['NUL', 'version: 3\u0000\n', 'yaml/encoding'],
    ['a thousand brackets', '['.repeat(1000), 'yaml/too-deep'],
    ['a megabyte of brackets', '{'.repeat(1_000_000 - 1), 'yaml/too-deep'],
    ['more than a megabyte', `version: 3\n# ${'x'.repeat(1_000_000)}\n`, 'yaml/too-large'],
  ])('%s is told on its line, and is never green', async (_, content, rule) => {
    const number = await taxonomy.open({
      [qnaOf('odd files')]: content,
      [`${leafOf('odd files')}/attribution.txt`]: attribution,
    });
    expect(marks(number).map(mark => [mark.path, mark.rule])).toContainEqual([qnaOf('odd files'), rule]);
    expect(taxonomy.conclusions(number)['assay/rules']).toBe('failure');
    expect(taxonomy.words(number)).toHaveLength(1);
    expect(taxonomy.labels(number)).toEqual(['skill', 'triage-requested-changes']);
    await world.people.close({ ...taxonomy.pull(number), by: 'mira' });
  });

  test.each<readonly [string, Files]>([
    [
      'a symbolic link in the place of the file',
      { [qnaOf('odd links')]: { mode: '120000', content: '../harbour_cranes/qna.yaml' } },
    ],
    [
      'a symbolic link in the place of the folder',
      { [leafOf('odd links')]: { mode: '120000', content: 'harbour_cranes' } },
    ],
    ['a submodule', { [leafOf('odd links')]: { mode: '160000', sha: '1234567890123456789012345678901234567890' } }],
  ])('%s is refused, not followed', async (_, files) => {
    const number = await taxonomy.open(files);
    expect(taxonomy.conclusions(number)['assay/rules']).toBe('failure');
    expect(marks(number).map(mark => mark.message)).toContainEqual(expect.stringMatching(/symbolic link|submodule/));
  });

  test('names with line breaks, markup and controls are shown as what they are', async () => {
    const folder = 'compositional_skills/writing/a\n<img src=x>`@ines`\u0007[b](https:';
    const number = await taxonomy.open({
      [`${folder}/evil.example)/qna.yaml`]: 'version: 3\n',
      'docs/../x/qna.yaml': 'version: 3\n',
    });
    expect(taxonomy.conclusions(number)['assay/rules']).toBe('failure');
    expectHarmless(number);
  });
});

describe('what happens to leaves', () => {
  test('a deleted one needs no attribution, a renamed one is no duplicate of itself', async () => {
    const own = await world.taxonomy();
    const gone = await own.open({
      [qnaOf('harbour cranes')]: null,
      [`${leafOf('harbour cranes')}/attribution.txt`]: null,
    });
    expect(own.conclusions(gone)['assay/rules']).toBe('success');
    const half = await own.open({ [`${leafOf('harbour cranes')}/attribution.txt`]: null });
    expect(own.conclusions(half)['assay/rules']).toBe('failure');
  });

  test('changing one word of a leaf does not question the rest of it', async () => {
    const number = await taxonomy.open({
      [qnaOf('harbour cranes')]: qna([...fiveExamples('harbour cranes'), ['What lifts a crane?', 'A crane.']]),
    });
    expect(taxonomy.conclusions(number)['assay/rules']).toBe('success');
    expect(marks(number)).toEqual([]);
  });
});

describe('much', () => {
  test('500 leaf nodes are all looked at, in few writes, and everything fits', async () => {
    const many = await world.taxonomy({ policy: 'judge: off\n' });
    const leaves = Array.from({ length: 500 }, (_, index) => `topic ${index}`);
    const files = Object.assign(
      {},
      ...leaves.map(topic => soundSkill(topic, fiveExamples(topic).slice(index(topic) % 2))),
    ) as Files;
    let number = 0;
    const writes = await world.writesDuring(async () => {
      number = await many.open(files);
    });
    expect(many.check(number, 'assay/rules')).toMatchObject({ conclusion: 'failure', title: '250 things to change' });
    expect(many.check(number, 'assay/rules')?.annotations).toHaveLength(200);
    expect(many.check(number, 'assay/rules')?.text).toContain('yes, 1,000 files');
    expect(writes).toBeLessThan(15);
    expect(await world.writesDuring(() => many.sweep())).toBe(0);
  });

  test('a file of 600 kB is read like any other', async () => {
    const words = 'a long story of many words '.repeat(4500);
    const examples = fiveExamples('long stories').map(
      ([question, answer]) => [question, `${answer} ${words}`] as const,
    );
    const number = await taxonomy.open(soundSkill('long stories', examples));
    expect(['success', 'failure']).toContain(taxonomy.conclusions(number)['assay/rules']);
    expect(taxonomy.words(number)).toHaveLength(1);
  });

  test('more files than GitHub lists: never green, whatever stands in the list', async () => {
    const number = await taxonomy.open({ ...pages(LISTED_FILES + 1), ...soundSkill('hidden behind pages') });
    expect(taxonomy.conclusions(number)['assay/rules']).toBe('action_required');
    expect(taxonomy.view(number).mergeability.isMergeable).toBe(false);
    expect(taxonomy.check(number, 'assay/rules')?.summary).toContain(`GitHub lists ${LISTED_FILES} of`);
    expect(taxonomy.words(number)[0]).toContain('This review is not complete');
  });
});

const isShownToTheJudge = (text: string): boolean => steeringIn(text).every(({ kind }) => kind === 'instruction');

describe('hostile text', () => {
  test('does nothing but be shown', async () => {
    const texts = [
      ...hostileTexts.filter(text => text.length < 500),
      'Fixes #1, @ines, see https://evil.example and 1f0c3a9be2d4.',
      '<!-- assay:comment -->',
    ];
    world.script(objectsTo(['answers-the-question', 'clear-question'], 'question'));
    const examples = texts.map((text, index) => [`${text} ${index}`, text] as const);
    const number = await taxonomy.open(
      {
        [qnaOf('hostile words')]: qna([...examples, ...examples.slice(0, 2)], {
          '@ines <b>[x](https://evil.example)': 1,
          created_by: '@ines',
        }),
        [`${leafOf('hostile words')}/attribution.txt`]: attribution,
        ...soundSkill(
          'other hostile words',
          // Unseen characters are an error, and what has errors is shown to no model: the judge must quote from these.
          texts.filter(isShownToTheJudge).map((text, at) => [`Other ${at}: ${text}`, text] as const),
        ),
      },
      { title: '@ines <img src=x>' },
    );
    expect(taxonomy.words(number)).toHaveLength(1);
    expectHarmless(number);
    const [review, ...more] = taxonomy.view(number).reviews;
    expect(more).toEqual([]);
    expect(review?.comments.length).toBeGreaterThan(5);
  });
});

const index = (topic: string): number => Number(topic.split(' ')[1]);

/** Whatever Assay wrote on the pull request mentions nobody, links nowhere but to GitHub, and has no HTML but its own. */
function expectHarmless(number: number): void {
  const view = viewOf(world.github.pullRequest(taxonomy.name, number));
  const bodies = [
    ...view.comments.map(({ body }) => body),
    ...view.reviews.flatMap(({ body, comments }) => [body, ...comments.map(comment => comment.body)]),
    ...view.checks.flatMap(({ summary, text }) => [summary ?? '', text ?? '']),
  ];
  expect(bodies.flatMap(liveParts)).toEqual([]);
}

/** What GitHub would act on in a text of ours, beside links to itself and our own few tags. */
function liveParts(body: string): readonly string[] {
  return walk(parseMarkdown(body)).flatMap(node => {
    if (node.type === 'image' || node.type === 'definition') return [node.url];
    if (node.type === 'link') return node.url.startsWith(`${world.github.url}/`) ? [] : [node.url];
    if (node.type === 'html') return ourTags.test(node.value) ? [] : [node.value];
    const text = node.type === 'text' ? node.value.replaceAll(BREAK, '\u0000') : '';
    return lures.some(lure => lure.test(text)) ? [text] : [];
  });
}

const ourTags = /^(?:<\/?(?:details|summary|sub)>|<!-- assay:[a-z]+(?: [0-9a-f]+)? -->|How to ask again|\s)+$/;
