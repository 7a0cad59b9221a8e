import { describe, expect, test } from 'vitest';
import { parseFiles } from '../../../src/core/parse/contribution.ts';
import type { Concern } from '../../../src/core/finding.ts';
import { addedFiles, soundPath, soundSkill } from '../rules/sound-leaf.ts';
import { fixedBy } from './fixed-by.ts';

const concernsOf = (text: string, path = soundPath): readonly Concern[] =>
  parseFiles(addedFiles({ [path]: text })).concerns;

/** Each suggestion of a file as `rule: the lines as they would be`. */
const suggestionsFor = (text: string, path = soundPath): readonly string[] =>
  concernsOf(text, path).flatMap(({ rule, suggestion }) => (suggestion ? [`${rule}: ${suggestion.replacement}`] : []));

const catAnswer = 'answer: There once was a cat in a hat, who sat all day long on a mat.';
const withAnswer = (answer: string): string => soundSkill.replace(catAnswer, answer);

describe('one click mends', () => {
  test.each([
    ['yes', 'answer: yes', 'schema/type:     answer: "yes"'],
    ['an octal number, which keeps its zero', 'answer: 010', 'schema/type:     answer: "010"'],
    ['a time', 'answer: 15:45', 'schema/type:     answer: "15:45"'],
    ['a date with a comment behind it', 'answer: 2024-01-02 # day', 'schema/type:     answer: "2024-01-02" # day'],
    ['a misspelt key', 'anwser: A mat.', 'schema/unknown-key:     answer: A mat.'],
    ['a key in capitals', 'Answer: A mat.', 'schema/unknown-key:     answer: A mat.'],
    ['a key in quotes', '"anwser": A mat.', 'schema/unknown-key:     answer: A mat.'],
    ['blanks at the end of a line', 'answer: A mat.  ', 'yamllint/trailing-spaces:     answer: A mat.'],
    ['a tab at the end of a line', 'answer: A mat. \t', 'yaml/syntax:     answer: A mat.'],
    ['a text behind the bar', 'answer: | A mat.', 'yaml/syntax:     answer: |\n      A mat.'],
    ['a text without a blank behind the bar', 'answer: |1999', 'yaml/syntax:     answer: |\n      1999'],
    [
      'a text behind the bar that goes on',
      'answer: |- A mat.\n          On a mat.',
      'yaml/syntax:     answer: |-\n          A mat.',
    ],
    ['a tab behind the colon', 'answer:\tA mat.', 'yaml/syntax:     answer: A mat.'],
    ['a tab before quotes', 'answer: \t"A mat."', 'yaml/syntax:     answer: "A mat."'],
  ])('%s', (_, answer, suggestion) => {
    expect(suggestionsFor(withAnswer(answer))).toEqual([suggestion]);
  });

  test.each([
    ['another number', 'version: 2', 'schema/version: version: 3'],
    ['the number in quotes', 'version: "3" # newest', 'schema/version: version: 3 # newest'],
    ['yes', 'version: yes', 'schema/version: version: 3'],
    ['no number', 'version:', 'schema/version: version: 3'],
  ])('a version with %s', (_, version, suggestion) => {
    expect(suggestionsFor(soundSkill.replace('version: 3', version))).toEqual([suggestion]);
  });

  test('a missing version, below the comments and the marker at the top', () => {
    const text = soundSkill.replace('version: 3\n', '# My skill\n---\n');
    const [concern] = concernsOf(text);
    expect(concern).toMatchObject({
      message: '`version` is missing. Write `version: 3` as the first line.',
      suggestion: { startLine: 3, endLine: 3, replacement: 'version: 3\ncreated_by: jo-doe' },
    });
  });

  test('a key that is given twice with one value: its second lines go', () => {
    const text = withAnswer(`answer: |\n      A mat.\n    answer: |\n      A mat.`);
    expect(concernsOf(text).map(({ suggestion }) => suggestion)).toEqual([
      { startLine: 8, endLine: 9, replacement: '' },
    ]);
  });

  test('tabs instead of blanks at the beginning of lines', () => {
    const text = soundSkill.replace('    answer: A baker', '\t\tanswer: A baker');
    expect(suggestionsFor(text)).toEqual([expect.stringMatching(/^yaml\/syntax: {5}answer: A baker/)]);
  });

  test('a line of blanks, together with the next one, since an empty line alone cannot be suggested', () => {
    const text = soundSkill.replace('task_description', '  \ntask_description');
    expect(concernsOf(text).map(({ suggestion }) => suggestion)).toEqual([
      { startLine: 3, endLine: 4, replacement: '\ntask_description: Write limericks.' },
    ]);
  });

  test('each of several mistakes on its own, of which one finding carries the suggestion', () => {
    const text = withAnswer('anwser: A mat. ').replace('answer: A baker', 'answer: 12 # A baker');
    expect(concernsOf(text).map(({ rule, suggestion }) => `${rule} ${suggestion?.startLine ?? '-'}`)).toEqual([
      'schema/required -',
      'schema/unknown-key 6',
      'schema/type 10',
      'yamllint/trailing-spaces 6',
    ]);
  });

  test('every text behind a bar, where only all of them together make the file readable', () => {
    const text = soundSkill.replaceAll('answer: ', 'answer: | ');
    expect(suggestionsFor(text)).toHaveLength(5);
    expect(fixedBy(soundPath, text).text).toBe(soundSkill.replaceAll('answer: ', 'answer: |\n      '));
  });

  test('a file with carriage returns and a byte-order mark keeps both', () => {
    const text = `\ufeff${soundSkill.replace('version: 3', 'version: 2').replace(catAnswer, 'answer: yes').replaceAll('\n', '\r\n')}`;
    expect(concernsOf(text).map(({ suggestion }) => suggestion?.replacement)).toEqual([
      undefined,
      '    answer: "yes"\r',
    ]);
    expect(suggestionsFor(text.replace('answer: yes', 'answer: "yes"'))).toEqual([
      'schema/version: \ufeffversion: 3\r',
    ]);
  });
});

describe('nothing is suggested', () => {
  test.each([
    [
      'a version that the content does not fit',
      soundSkill.replace('version: 3', 'version: 1').replace(/ {2}- .*\n.*\n$/, ''),
    ],
    ['a missing version in a file that lacks more', soundSkill.replace(/version: 3\ncreated_by: .*\n/, '')],
    ['null, which says that nothing was written', withAnswer('answer: null')],
    ['nothing at all', withAnswer('answer:')],
    ['a list where a text is meant', withAnswer('answer: [a, b]')],
    ['a misspelt key whose value is no text', withAnswer('anwser: [a, b]')],
    ['a key twice with two values', withAnswer('answer: A hat.\n    answer: A mat.')],
    ['a key twice in braces', soundSkill.replace(/ {2}- .*\n.*\n$/, '  - {question: a, answer: b, answer: b}\n')],
    ['digits at once behind the bar, which mean something there', withAnswer('answer: |2 hats')],
    ['texts behind bars in a file that cannot be read for another reason', withAnswer('answer: | a\n    - : "b')],
    ['a tab among quotes', withAnswer("answer: it's\tthere")],
    ['a value that stands in several places', withAnswer('answer: &a yes').replace('answer: A train', 'answer: *a # ')],
    ['a key far from any other', withAnswer('reply: A mat.')],
  ])('for %s', (_, text) => {
    expect(concernsOf(text)).not.toEqual([]);
    expect(suggestionsFor(text)).toEqual([]);
  });

  test('in a file that is too long to be read again and again', () => {
    const broken = withAnswer('answer: yes');
    expect(suggestionsFor(`${broken}# ${'a'.repeat(199_000)}\n`)).toEqual(['schema/type:     answer: "yes"']);
    expect(suggestionsFor(`${broken}# ${'a'.repeat(200_000)}\n`)).toEqual([]);
    expect(suggestionsFor(`${broken}${'#\n'.repeat(11_000)}`)).toEqual([]);
  });

  test('by the thirty-first of many mistakes', () => {
    const text = `${soundSkill}${Array.from({ length: 40 }, (_, at) => `  - question: q${at}\n    answer: yes\n`).join('')}`;
    expect(suggestionsFor(text)).toHaveLength(30);
    expect(fixedBy(soundPath, text).fixes).toHaveLength(40);
  });
});

test('knowledge of an older version is told what version 3 asks for; a source is told where sources go', () => {
  const knowledge = 'version: 2\ncreated_by: jo\nseed_examples:\n  - question: a\n    answer: b\n';
  const messages = concernsOf(knowledge, 'knowledge/science/qna.yaml').map(({ message }) => message);
  expect(messages).toContain(
    'The version must be 3, but this is `2`. Knowledge follows version 3 now, where each seed example has a `context` and at least 3 `questions_and_answers`.',
  );
  const sourced = withAnswer(`${catAnswer}\n    attribution: Jo`);
  expect(concernsOf(sourced).map(({ message }) => message)).toEqual([
    '`attribution` is not a key of the schema. Sources now stand in `attribution.txt` beside the file.',
  ]);
});
