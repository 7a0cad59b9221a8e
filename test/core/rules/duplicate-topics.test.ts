import { describe, expect, test } from 'vitest';
import type { Leaf } from '../../../src/core/contribution.ts';
import { textOf } from '../../../src/core/duplicates/comparable.ts';
import { exampleKey, wholeKey } from '../../../src/core/duplicates/example-key.ts';
import { placeKey } from '../../../src/core/duplicates/open-leaf.ts';
import type { ChangedFile } from '../../../src/core/pull-request.ts';
import { checkContribution } from '../../../src/core/rules/index.ts';
import { contributionOf, exampleOf, leafOf } from './leaf-of.ts';
import { factsAbout } from './sound-leaf.ts';

const DAY = (day: number): string => `2024-05-${String(day).padStart(2, '0')}T12:00:00Z`;
const comets = 'knowledge/astronomy/comets/qna.yaml';

type Rival = { number: number; leaf: Leaf; day: number; author?: number };
type Given = {
  own: Leaf;
  rivals?: readonly Rival[];
  base?: readonly Leaf[];
  day?: number;
  others?: readonly ChangedFile[];
};

const check = ({ own, rivals = [], base = [], day = 10, others = [] }: Given) => {
  const known = [
    ...base.map(leaf => ({ leaf, sha: 'base' })),
    ...rivals.map(({ number, leaf, day, author = number }) => ({
      leaf,
      sha: `head of ${number}`,
      pullRequest: { number, authorId: author, authorLogin: `person-${author}`, seenAt: DAY(day) },
    })),
  ];
  const near = known.flatMap(({ leaf: { path, examples }, ...place }) =>
    examples.map(example => ({
      ...textOf(example),
      path,
      line: example.question.line,
      ...place,
      sharedBands: 0,
      weight: 0,
    })),
  );
  const keys = [placeKey(own.path), ...own.examples.map(exampleKey)];
  const isNew = !base.some(({ path }) => path === own.path);
  const file: ChangedFile = { path: own.path, blobSha: own.blobSha, status: isNew ? 'added' : 'modified' };
  const facts = factsAbout([file, ...others], {
    taxonomy: { sha: 'base', files: new Map(base.map(({ path, blobSha }) => [path, blobSha])) },
    neighbourhood: {
      neighbours: [],
      seenAt: new Map(keys.map(key => [key, DAY(day)])),
      near: new Map(own.examples.map(example => [wholeKey(example), near])),
      openLeaves: rivals.map(({ number, leaf, day, author = number }) => ({
        path: leaf.path,
        examples: leaf.examples.length,
        sha: `head of ${number}`,
        pullRequest: { number, authorId: author, authorLogin: `person-${author}`, seenAt: DAY(day) },
      })),
    },
  });
  return checkContribution(contributionOf(own), facts).filter(({ rule }) => rule.startsWith('duplicate/'));
};

const own = leafOf(comets, ['What is a coma?', 'Who was Halley?', 'Where is the Oort cloud?', 'Why do tails glow?']);
const other = (path: string): Leaf => leafOf(path, ['How old is ice?', 'Can dust burn?']);

describe('duplicate/same-topic', () => {
  test('the later of two that add one leaf node is asked and told who was first', () => {
    const [finding, ...rest] = check({ own, rivals: [{ number: 3, leaf: other(comets), day: 2 }] });
    expect(rest).toEqual([]);
    expect(finding).toMatchObject({
      rule: 'duplicate/same-topic',
      severity: 'question',
      message:
        '#3 by person-3 has this leaf node already (since 2024-05-02). Please bring what that one lacks there, or withdraw yours; if both have their place, write `/assay dispute` with the id of this finding and say how they differ.',
      location: { path: comets, line: 1 },
      related: [{ path: comets, sha: 'head of 3', pullRequest: 3 }],
    });
  });

  test('the earlier one is not asked for anything, and told in the comment alone', () => {
    expect(check({ own, rivals: [{ number: 3, leaf: other(comets), day: 20 }] })).toMatchObject([
      { rule: 'duplicate/also-in', severity: 'note', message: expect.stringMatching(/^Also in #3, which came later/) },
    ]);
  });

  test.each([
    ['another parent', 'knowledge/science/space/comets/qna.yaml'],
    ['case, hyphens and blanks', 'knowledge/Astronomy/COMETS/qna.yaml'],
    ['a file with the wrong ending', 'knowledge/astronomy/comets/qna.yml'],
  ])('finds the topic in spite of %s', (_, path) => {
    expect(check({ own, rivals: [{ number: 3, leaf: other(path), day: 2 }] })).toMatchObject([
      { rule: 'duplicate/same-topic' },
    ]);
  });

  test('one letter more or less in a long name is a misspelling, another number is not', () => {
    const named = (name: string): string => `knowledge/${name}/qna.yaml`;
    const rivals = [{ number: 3, leaf: other(named('x/radio_thermo_generator')), day: 2 }];
    expect(check({ own: { ...own, path: named('radio_termo_generator') }, rivals })).toHaveLength(1);
    const parts = [{ number: 3, leaf: other(named('x/manual_part_1')), day: 2 }];
    expect(check({ own: { ...own, path: named('manual_part_2') }, rivals: parts })).toEqual([]);
  });

  test('names that say how and not what are no topic', () => {
    const csv = (top: string): string => `compositional_skills/${top}/csv/qna.yaml`;
    const base = [leafOf(csv('invoices'), ['a']), leafOf(csv('receipts'), ['b'])];
    const rivals = [{ number: 3, leaf: other(csv('letters')), day: 2 }];
    expect(check({ own: { ...own, path: csv('lists') }, rivals, base })).toEqual([]);
  });

  test('skills and knowledge are never one topic', () => {
    const rivals = [{ number: 3, leaf: other('compositional_skills/astronomy/comets/qna.yaml'), day: 2 }];
    expect(check({ own, rivals })).toEqual([]);
  });

  test('two that edit a leaf of the taxonomy do not take it from each other', () => {
    const base = [leafOf(comets, [])];
    expect(check({ own, base, rivals: [{ number: 3, leaf: other(comets), day: 2 }] })).toEqual([]);
  });

  test('a leaf of the taxonomy with that name is named; one that the pull request moves is not', () => {
    const old = 'knowledge/science/comets/qna.yaml';
    expect(check({ own, base: [other(old)] })).toMatchObject([
      { message: expect.stringContaining('The taxonomy has a leaf node of this name, `knowledge/science/comets`.') },
    ]);
    expect(check({ own, base: [other(old)], others: [{ path: old, status: 'removed', blobSha: '' }] })).toEqual([]);
  });

  test('the same examples under another name, some in other words', () => {
    const examples = own.examples.map((example, index) =>
      index === 0
        ? exampleOf(index, example.question.value)
        : { ...example, question: { ...example.question, value: `${example.question.value.slice(0, -1)} then?` } },
    );
    const copy = { ...leafOf('knowledge/ice/tails/qna.yaml', []), examples };
    const [finding] = check({ own, rivals: [{ number: 3, leaf: copy, day: 2 }] });
    expect(finding?.message).toMatch(
      /^#3 by person-3 has 4 of the 4 examples here, 1 of them word for word, in `knowledge\/ice\/tails\/qna\.yaml` \(since 2024-05-02\)\./,
    );
    expect(finding?.related?.map(({ compared }) => compared)).toEqual([
      undefined,
      { here: 'Who was Halley?', there: 'Who was Halley then?' },
      { here: 'Where is the Oort cloud?', there: 'Where is the Oort cloud then?' },
      { here: 'Why do tails glow?', there: 'Why do tails glow then?' },
    ]);
  });

  test('few examples in common are told one by one', () => {
    const examples = [exampleOf(0, 'What is a coma, then?'), exampleOf(1, 'How cold is space?')];
    const leaf = {
      ...leafOf('knowledge/ice/tails/qna.yaml', []),
      examples: [{ ...examples[0]!, answer: own.examples[0]!.answer }, examples[1]!],
    };
    expect(check({ own, rivals: [{ number: 3, leaf, day: 2 }] })).toMatchObject([
      {
        rule: 'duplicate/possible',
        severity: 'question',
        message:
          'This may be an example that is there already, in #3 by person-3: the same in other words. If yours teaches something else, write `/assay dispute` with the id of this finding and say how they differ; otherwise replace it.',
        location: { line: 5 },
        related: [{ pullRequest: 3, compared: { here: 'What is a coma?', there: 'What is a coma, then?' } }],
      },
    ]);
  });

  test("the author's own is a resubmission", () => {
    const [finding] = check({ own, rivals: [{ number: 3, leaf: own, day: 2, author: 70 }] });
    expect(finding?.message).toBe(
      'Your own open pull request #3 has this leaf node already, with 4 of the 4 examples here, word for word (since 2024-05-02). This looks like a resubmission: close the one that you no longer need.',
    );
  });

  test('a group is named the same in all its pull requests, the first first', () => {
    const wave = [
      { number: 9, leaf: other('knowledge/science/comets/qna.yaml'), day: 4 },
      { number: 5, leaf: other(comets), day: 6 },
      { number: 7, leaf: own, day: 8 },
    ];
    const messages = wave.slice(1).map(({ leaf, day, number }) => {
      const rivals = wave.filter(rival => rival.number !== number);
      // The tests' own pull request is #7, so the others change places with it.
      const seen = rivals.map(rival => (rival.number === 7 ? { ...rival, number: 5 } : rival));
      return check({ own: leaf, day, rivals: seen })[0]?.message;
    });
    expect(messages[1]).toContain('3 open pull requests are about this topic: #9, #5, #7.');
    expect(messages[0]).toContain('3 open pull requests are about this topic: #9, #7, #5.');
  });

  test('never an error, and a flood of copies is answered in bounded time and length', () => {
    const rivals = Array.from({ length: 3_000 }, (_, index) => ({ number: 100 + index, leaf: other(comets), day: 2 }));
    const findings = check({ own, rivals });
    expect(findings.map(({ severity }) => severity)).toEqual(['question']);
    expect(findings[0]?.message.length).toBeLessThan(600);
  });
});

describe('templates', () => {
  const limericks = (path: string, things: readonly string[]): Leaf => {
    const leaf = leafOf(
      path,
      things.map(thing => `Write a funny limerick about the ${thing}.`),
    );
    const examples = leaf.examples.map((example, index) => ({
      ...example,
      answer: { ...example.answer, value: `${things[index]}, ${things.join('-')}, and no more of this.` },
    }));
    return { ...leaf, examples };
  };

  test('a leaf whose questions have one frame gets one note', () => {
    const leaf = limericks('compositional_skills/limericks/qna.yaml', ['cat', 'rain', 'moon', 'sea']);
    expect(check({ own: leaf })).toMatchObject([
      { rule: 'duplicate/low-diversity', severity: 'note', message: expect.stringMatching(/^4 of the 4 questions/) },
    ]);
  });

  test('one question about many texts is how grounded skills are made', () => {
    const leaf = leafOf('compositional_skills/sums/qna.yaml', []);
    const examples = ['One', 'Two', 'Three', 'Four'].map((text, index) =>
      exampleOf(index, 'What is the sum?', `${text} chairs`),
    );
    expect(check({ own: { ...leaf, examples } })).toEqual([]);
  });

  test('most questions in the frame of another leaf are a note, fewer are nothing', () => {
    const base = [limericks('compositional_skills/poems/qna.yaml', ['dog', 'snow', 'sun', 'lake'])];
    const follow = limericks('compositional_skills/verses/qna.yaml', ['cat', 'rain', 'moon', 'sea']);
    expect(check({ own: follow, base }).map(({ rule }) => rule)).toEqual([
      'duplicate/same-template',
      'duplicate/low-diversity',
    ]);
    const few = { ...own, examples: [...own.examples, exampleOf(4, 'Write a funny limerick about the cat.')] };
    expect(check({ own: few, base })).toEqual([]);
  });
});
