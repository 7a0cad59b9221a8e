import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evidenceIn } from '../../../src/core/judge/evidence.ts';
import type { Field } from '../../../src/core/judge/fields.ts';
import { locate } from '../../../src/core/judge/locate.ts';
import { visible } from '../../../src/core/judge/visible.ts';
import { textAt } from './example-leaf.ts';

const fields = (answer: string, question = 'What is asked here?'): readonly Field[] => [
  { name: 'question', text: textAt(question, '.seed_examples[0].question', 5) },
  { name: 'answer', text: textAt(answer, '.seed_examples[0].answer', 9) },
];

const find = (quote: string, answer: string) => evidenceIn(fields(answer))(quote, 'answer');

describe('evidence', () => {
  test('is our own copy of the words in the file', () => {
    expect(find('the capital of  France', 'Rome is the\ncapital of France.')?.quote).toBe('the\ncapital of France');
    expect(find('ﬁne office', 'a fine oﬃce')?.quote).toBe('fine oﬃce');
    expect(find('hidden words', 'some hid\u200Bden words')?.quote).toBe('hid\u200Bden words');
    expect(find('el café está', 'En el cafe\u0301 está.')?.quote).toBe('el cafe\u0301 está');
  });

  test('needs 8 to 200 characters, or a whole field that is shorter', () => {
    expect(find('is Paris', 'It is Paris.')).toBeDefined();
    expect(find('s Paris', 'It is Paris.')).toBeUndefined();
    expect(find('Paris', ' Paris\n')?.quote).toBe('Paris');
    expect(find('Pari', 'Paris')).toBeUndefined();
    expect(find('a'.repeat(200), 'a'.repeat(300))).toBeDefined();
    expect(find('a'.repeat(201), 'a'.repeat(300))).toBeUndefined();
    expect(find('', '')).toBeUndefined();
    expect(find(' \n ', ' \n ')).toBeUndefined();
  });

  test('found in another field of the example stands where it was found', () => {
    const span = find('What is asked', 'Nothing of the kind.');
    expect(span?.field.name).toBe('question');
  });

  test('does not end in the middle of a character', () => {
    expect(find('the cafe', 'the cafe\u0301')).toBeUndefined();
  });

  test('quotes cut from the file are found, and every change to one is noticed', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 30, maxLength: 120 });
    fc.assert(
      fc.property(text, fc.nat(), fc.nat(), (answer, from, at) => {
        // The letter that a quote is altered by.
        fc.pre(!answer.includes('\u{1E900}'));
        const points = Array.from(answer.normalize('NFC'));
        const start = from % Math.max(1, points.length - 12);
        const quote = points.slice(start, start + 12).join('');
        const found = evidenceIn([{ name: 'answer', text: textAt(answer, '.a') }])(quote, 'answer');
        // A cut through a character, or of too little, is not found; what is found is what was cut.
        expect(answer).toContain(found?.quote ?? '');
        expect(tidy(found?.quote ?? quote)).toBe(tidy(quote));
        const altered = Array.from(quote);
        altered[at % altered.length] = '\u{1E900}';
        expect(find(altered.join(''), answer)).toBeUndefined();
      }),
      { numRuns: 2_000 },
    );
  });

  test('plain words are always found again', () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,9}$/), { minLength: 5, maxLength: 30 });
    fc.assert(
      fc.property(words, words, (before, quoted) => {
        const quote = quoted.join(' ').slice(0, 200).trim();
        fc.pre(quote.length >= 8);
        const answer = `${before.join('\n')} ${quoted.join('  ')} end`;
        expect(find(quote, answer)).toBeDefined();
      }),
    );
  });

  test('a long text costs no more than its length', () => {
    const started = performance.now();
    expect(find(`${'a'.repeat(199)}b`, 'a'.repeat(60_000))).toBeUndefined();
    expect(find('x'.repeat(5_000_000), 'a'.repeat(60_000))).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

const tidy = (text: string): string => visible(text).normalize('NFKD').replaceAll(/\s+/gu, ' ').trim();

describe('the place of evidence', () => {
  const lineOf = (text: Field['text'], offset: number, quote: string) =>
    locate('a/qna.yaml', { field: { name: 'answer', text }, quote, offset });

  test('is the line of a literal block, whether it is located at its header or its first line', () => {
    const value = 'first line\nsecond line\nthird line\n';
    const offset = value.indexOf('second');
    expect(lineOf({ value, yamlPath: '.a', line: 10, column: 5, endLine: 12 }, offset, 'second').line).toBe(11);
    expect(lineOf({ value, yamlPath: '.a', line: 9, column: 13, endLine: 12 }, offset, 'second')).toEqual({
      path: 'a/qna.yaml',
      line: 11,
      column: 1,
    });
  });

  test('is the whole field where one line was folded into two, which looks like a block', () => {
    const text = { value: 'one two three', yamlPath: '.a', line: 10, column: 5, endLine: 11 };
    expect(lineOf(text, 8, 'three')).toEqual({ path: 'a/qna.yaml', line: 10, column: 5, endLine: 11 });
  });

  test('spans the lines of the quote', () => {
    const value = 'first line\nsecond line\n';
    expect(lineOf({ value, yamlPath: '.a', line: 10, column: 5, endLine: 11 }, 6, 'line\nsecond')).toEqual({
      path: 'a/qna.yaml',
      line: 10,
      column: 5,
      endLine: 11,
    });
  });

  test('is the whole field where lines were folded', () => {
    expect(lineOf({ value: 'one two three', yamlPath: '.a', line: 10, column: 5, endLine: 13 }, 4, 'two')).toEqual({
      path: 'a/qna.yaml',
      line: 10,
      column: 5,
      endLine: 13,
    });
  });
});
