import { expect, test } from 'vitest';
import { textOf } from '../../../src/core/duplicates/comparable.ts';
import { wholeKey } from '../../../src/core/duplicates/example-key.ts';
import type { NearExample } from '../../../src/core/duplicates/near-example.ts';
import { compareLeaves } from '../../../src/core/duplicates/overlap.ts';
import { exampleOf, leafOf } from '../rules/leaf-of.ts';

const nearOf = (question: string, answer: string, line: number): NearExample => ({
  question,
  answer,
  path: 'knowledge/other/qna.yaml',
  line,
  sha: 'base',
  sharedBands: 0,
  weight: 0,
});

const compare = (questions: readonly string[], near: readonly NearExample[]) => {
  const leaf = leafOf('knowledge/own/qna.yaml', questions);
  const nearby = new Map(leaf.examples.map(example => [wholeKey(example), near]));
  return compareLeaves([{ leaf, brought: leaf.examples }], { near: nearby })[0];
};

test('each example is in one match at most, here and there, and equal ones choose first', () => {
  const same = textOf(exampleOf(0, 'What is ice?')).answer;
  const compared = compare(
    ['What is ice, then?', 'What is ice?'],
    [nearOf('What is ice?', same, 5), nearOf('what is ice then', same, 9)],
  );
  const matches = compared?.overlaps[0]?.matches ?? [];
  expect(matches.map(({ example, near, verdict }) => [example.question.value, near.line, verdict.type])).toEqual([
    ['What is ice?', 5, 'duplicate'],
    ['What is ice, then?', 9, 'possible-duplicate'],
  ]);
});

test.each([
  ['10,000 equal examples', Array.from({ length: 10_000 }, () => 'What is ice?')],
  ['10,000 different ones', Array.from({ length: 10_000 }, (_, index) => `What is ice in the year ${index}?`)],
  ['a megabyte of one word', [`What is ${'ice '.repeat(250_000)}?`]],
])('%s meet no more than a fixed number of comparisons', (_, questions) => {
  let read = 0;
  const near = Array.from({ length: 20 }, (_, index): NearExample => {
    const { question, ...rest } = nearOf(`What is ice in the year ${index}?`, 'Water.', index);
    return {
      ...rest,
      get question() {
        read++;
        return question;
      },
    };
  });
  expect(compare(questions, near)?.brought).toHaveLength(questions.length);
  // Once for the words and once for the key of each; never again for a further comparison.
  expect(read).toBeLessThanOrEqual(60);
});
