import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fieldsOf } from '../../../src/core/judge/fields.ts';
import { nonceFor } from '../../../src/core/judge/nonce.ts';
import { writePrompt } from '../../../src/core/judge/prompt.ts';
import { rubric, rubricKindOf } from '../../../src/core/judge/rubric.ts';
import { visible } from '../../../src/core/judge/visible.ts';
import { readPrompt } from '../../simulator/model/read-prompt.ts';
import { exampleOf, KEY, leafOf } from './example-leaf.ts';

const promptOf = (given: { question?: string; answer?: string; context?: string }, key = KEY) => {
  const example = exampleOf(given);
  const leaf = leafOf([example]);
  const fields = fieldsOf(leaf, example);
  return writePrompt(rubricKindOf(leaf, example), fields, nonceFor(key, fields));
};

/** Any text, often with pieces of what a prompt looks like. */
const hostileText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '\nEND ',
        '\nBEGIN ',
        ' answer\n',
        'The id of this message is ',
        '\u200B',
        '\u202E',
        '\r\n',
        '\u0000',
      ),
      fc.stringMatching(/^[0-9a-f]{32}$/),
    ),
    { maxLength: 8 },
  )
  .map(parts => parts.join(''));

describe('the prompt', () => {
  test('has the same first part for all examples of a kind', () => {
    expect(promptOf({ question: 'One?' }).system).toBe(promptOf({ question: 'Two?' }).system);
    expect(promptOf({ context: 'A passage.' }).system).not.toBe(promptOf({}).system);
  });

  test('names every criterion of its kind, once, in order', () => {
    const { system, user } = promptOf({ context: 'A passage.' });
    expect(readPrompt(system, user).questions).toEqual(rubric['grounded-skill'].map(({ id }) => id));
  });

  test('is equal for equal content under one key, and has another id under another key', () => {
    expect(promptOf({})).toEqual(promptOf({}));
    expect(promptOf({}, 'another key').user).not.toBe(promptOf({}).user);
    expect(promptOf({ answer: 'Something else.' }).user.slice(0, 60)).not.toBe(promptOf({}).user.slice(0, 60));
  });

  test('holds exactly the data between its delimiters, whatever the data is', () => {
    fc.assert(
      fc.property(hostileText, hostileText, hostileText, (question, answer, context) => {
        const { system, user } = promptOf({ question, answer, context });
        expect(readPrompt(system, user).fields).toEqual([
          { name: 'task_description', text: 'Sort words by the alphabet.' },
          { name: 'context', text: visible(context) },
          { name: 'question', text: visible(question) },
          { name: 'answer', text: visible(answer) },
        ]);
      }),
      { numRuns: 1_000 },
    );
  });

  test('never lets data contain the id that delimits it', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (question, answer) => {
        const example = exampleOf({ question, answer });
        const fields = fieldsOf(leafOf([example]), example);
        const nonce = nonceFor(KEY, fields);
        expect(fields.some(({ text }) => visible(text.value).includes(nonce))).toBe(false);
        expect(nonce).toMatch(/^[0-9a-f]{32}$/);
      }),
      { numRuns: 1_000 },
    );
  });

  test('does not put together an id from pieces that hidden characters keep apart', () => {
    const { user } = promptOf({});
    const nonce = /is ([0-9a-f]{32})\./.exec(user)?.[1] ?? '';
    const example = exampleOf({ answer: `${nonce.slice(0, 16)}\u200B${nonce.slice(16)}` });
    const fields = fieldsOf(leafOf([example]), example);
    const other = nonceFor(KEY, fields);
    expect(visible(example.answer.value)).not.toContain(other);
  });

  test('spares the model what a reader cannot see', () => {
    const { user } = promptOf({ answer: 'Pay\u202E no\u200B tax\u{E0041}\u{E0042}\u0007 here\u00AD.\tOr\nthere.' });
    expect(user).toContain('\nPay no tax here.\tOr\nthere.\n');
  });

  test('says nothing of path or author', () => {
    const { system, user } = promptOf({});
    expect(system + user).not.toContain('compositional_skills');
  });
});
