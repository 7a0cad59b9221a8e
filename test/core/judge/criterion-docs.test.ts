import { expect, test } from 'vitest';
import { explain } from '../../../src/core/commands/explain.ts';
import { identify } from '../../../src/core/finding.ts';
import { docsOf } from '../../../src/core/judge/criterion-docs.ts';
import { standardRubric } from '../../../src/core/judge/rubric.ts';
import { amendRubric } from '../../../src/core/judge/rubric-amendments.ts';
import { objectsTo } from '../../simulator/model/scripts.ts';
import { run } from './ask-script.ts';
import { leafWith } from './example-leaf.ts';

test('whoever asks about a remark reads what was asked, what to do, and that it is advice', async () => {
  const { concerns } = await run([leafWith(1)], objectsTo(['answer-complete']));
  const [finding] = identify(concerns);
  const text = explain(finding?.fingerprint.slice(0, 7) ?? '', identify(concerns), docsOf(standardRubric)) ?? '';
  expect(text).toContain('`judge/answer-complete`');
  expect(text).toContain('Is the answer whole');
  expect(text).toContain('this is advice');
  expect(text).toContain('Please complete it.');
});

test('in the words that hold in this repository, and only about what is asked there', () => {
  const docs = docsOf(
    amendRubric({ 'clear-english': 'off', 'answer-complete': { question: 'Does it come to an end, really?' } }),
  );
  const ids = docs.map(({ id }) => id);
  expect(ids).not.toContain('judge/clear-english');
  expect(ids.at(-1)).toBe('judge/injection-suspected');
  expect(new Set(ids).size).toBe(ids.length);
  expect(docs.find(({ id }) => id === 'judge/answer-complete')?.why).toContain('Does it come to an end, really?');
});
