import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { comparableMaker } from '../../../src/core/duplicates/comparable.ts';
import type { ExampleText } from '../../../src/core/duplicates/near-example.ts';
import { comparePair } from '../../../src/core/duplicates/pair-verdict.ts';
import { parseQna } from '../../../src/core/parse/qna.ts';
import { noises, seeds, seedsInYaml, swappedPairs, yamlStyles } from './swapped-and-noisy.ts';

const compare = (a: ExampleText, b: ExampleText) => {
  const { ofText } = comparableMaker();
  return comparePair(ofText(a), ofText(b));
};

const rose = { question: 'What does a red rose stand for?', answer: 'It stands for love that is given openly.' };

describe('what a pair of examples is', () => {
  test('equal question and context: a duplicate, whatever the answer', () => {
    expect(compare(rose, rose)).toEqual({ type: 'duplicate', likeness: 'same-question' });
    expect(compare(rose, { ...rose, answer: 'Nobody knows any more.' })).toEqual({
      type: 'duplicate',
      likeness: 'same-question-other-answer',
    });
  });

  test('the same in other words: a possible duplicate', () => {
    expect(compare(rose, { ...rose, question: 'What do red roses stand for?' })).toEqual({
      type: 'possible-duplicate',
      likeness: 'reworded',
    });
    expect(compare(rose, { question: 'What does a RED rose stand for', answer: 'Anger.' })).toEqual({
      type: 'possible-duplicate',
      likeness: 'same-question-other-answer',
    });
  });

  test('one frame, filled differently: a sibling', () => {
    const white = { question: 'What does a white rose stand for?', answer: 'Farewell.' };
    expect(compare(rose, white)).toEqual({ type: 'template-sibling' });
    const km = (count: number): ExampleText => ({
      question: `Convert ${count} km into miles.`,
      answer: `About ${count * 0.62} miles.`,
    });
    expect(compare(km(14), km(3))).toEqual({ type: 'template-sibling' });
  });

  test('Morse code is not noise', () => {
    const morse = (code: string): ExampleText => ({ question: `What is '${code}'?`, answer: 'A word.' });
    expect(compare(morse('. .- .-. - ....'), morse('--. --- --- -..'))?.type).not.toBe('possible-duplicate');
    expect(compare(morse('. . .'), morse('. . .'))?.type).toBe('duplicate');
  });

  test('another subject: nothing', () => {
    const steel = { question: 'How is steel made?', answer: 'From iron and a little carbon.' };
    expect(compare(rose, steel)).toBeUndefined();
    expect(
      compare({ question: 'Is steel hard?', answer: 'Yes.' }, { question: 'Do cats swim?', answer: 'Yes.' }),
    ).toBeUndefined();
  });

  test('one question about two texts is two examples, and two about one text are', () => {
    const about = (question: string, context: string): ExampleText => ({ question, answer: 'Four chairs.', context });
    const [invoice, letter] = [
      'Invoice of May: four chairs, one table, paid.',
      'Dear aunt, the harvest was good this year.',
    ];
    expect(compare(about('List what was bought.', invoice), about('List what was bought.', letter))).toBeUndefined();
    expect(compare(about('List it as CSV.', invoice), about('List it as Markdown.', invoice))?.type).not.toBe(
      'possible-duplicate',
    );
    expect(compare(about('List what was bought.', invoice), about('List what was bought!', invoice))?.type).toBe(
      'possible-duplicate',
    );
  });
});

test('200 examples with two entities, numbers or roles exchanged: none is a duplicate', () => {
  expect(swappedPairs).toHaveLength(200);
  expect(swappedPairs.filter(([a, b]) => compare(a, b)?.type === 'duplicate')).toEqual([]);
});

describe('however it is written, it is found', () => {
  test.each(Object.entries(noises))('%s', (_, noise) => {
    const missed = seeds.filter(({ question, answer }) => {
      const verdict = compare({ question, answer }, { question: noise(question), answer: noise(answer) });
      return verdict?.type !== 'duplicate' && verdict?.type !== 'possible-duplicate';
    });
    expect(missed).toEqual([]);
  });
});

describe('however YAML writes it, it is found once the file is read', () => {
  test.each(Object.entries(yamlStyles))('%s', (_, style) => {
    const { leaf } = parseQna('compositional_skills/a/qna.yaml', 'sha', Buffer.from(seedsInYaml(style)));
    expect(leaf?.examples).toHaveLength(seeds.length);
    const { ofSeed, ofText } = comparableMaker();
    const missed = seeds.filter((seed, index) => {
      const read = leaf?.examples[index];
      const verdict = read && comparePair(ofText(seed), ofSeed(read));
      return verdict?.type !== 'duplicate';
    });
    expect(missed).toEqual([]);
  });
});

test('which of the two comes first makes no difference', () => {
  const word = fc.constantFrom('what', 'is', 'the', 'red', 'white', 'rose', '3', '4', 'Rose', '?', '-');
  const text = fc.array(word, { maxLength: 6 }).map(words => words.join(' '));
  const example = fc.record({ question: text, answer: text, context: text }, { requiredKeys: ['question', 'answer'] });
  fc.assert(
    fc.property(example, example, (a, b) => {
      expect(compare(a, b)).toEqual(compare(b, a));
    }),
  );
});
