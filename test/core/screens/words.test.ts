import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold } from '../../../src/core/screens/fold.ts';
import { modelTracesIn } from '../../../src/core/screens/model-traces.ts';
import { modelNamesIn } from '../../../src/core/screens/proprietary-models.ts';
import { severeLanguageIn } from '../../../src/core/screens/severe-language.ts';
import { avoidedTopicsIn, skillsNotTakenIn } from '../../../src/core/screens/topics.ts';

const rot13 = (text: string) =>
  text.replaceAll(/[a-z]/g, letter => String.fromCharCode(((letter.charCodeAt(0) - 84) % 26) + 97));
const languageIn = (text: string) => severeLanguageIn(fold(text)).map(({ kind }) => kind);
const namesIn = (text: string) =>
  modelNamesIn(fold(text)).map(({ start, end, kind }) => [kind, text.slice(start, end)]);

describe('severe language (turned by 13 letters here too)', () => {
  const severe = ['xvxr', 'enturnq', 'snttbg', 'jrgonpx'].map(rot13);

  test.each(severe.map(word => [rot13(word), word]))('%s', (_, word) => {
    expect(languageIn(`He said: ${word}!`)).toEqual(['severe']);
  });

  test('case, look-alikes, digits, accents and zero-width characters hide nothing', () => {
    const disguises = {
      same: (letter: string) => letter,
      upper: (letter: string) => letter.toUpperCase(),
      alike: (letter: string) => ({ a: 'а', e: 'е', o: 'ο', i: 'і', k: 'к' })[letter] ?? letter,
      split: (letter: string) => `${letter}\u200b`,
      accent: (letter: string) => `${letter}\u0301`,
    };
    const digit = (letter: string) => ({ a: '4', e: '3', o: '0', i: '1', g: '9' })[letter] ?? letter;
    fc.assert(
      fc.property(
        fc.constantFrom(...severe),
        fc.array(fc.constantFrom(...Object.values(disguises)), { minLength: 9, maxLength: 9 }),
        fc.nat(8),
        (word, worn, at) => {
          const text = Array.from(word, (letter, index) =>
            index === at ? digit(letter) : (worn[index] ?? disguises.same)(letter),
          ).join('');
          expect(languageIn(`so ${text}, he said`)).toEqual(['severe']);
        },
      ),
    );
  });

  test.each([
    'Scunthorpe',
    'Essex and Sussex',
    'cumulative assassins',
    'the n16 bus',
    'room 455, 5417 Main Street',
    'cum laude',
    'a chink in the armour',
    'a white power cable',
    'killing yourself with laughter',
  ])('not: %s', text => expect(languageIn(text)).toEqual([]));
});

test('swearing in plenty hides no slur behind it', () => {
  expect(languageIn(`${rot13('fuvg ').repeat(30)} ${rot13('xvxr')}`).at(-1)).toBe('severe');
});

describe('models that others own', () => {
  test.each(['ChatGPT', 'GPT-4', 'GPT 3.5', 'gpt4o', 'Google Bard', 'Gemini Pro', 'Claude 3', 'СhatGPT'])(
    '%s',
    name => {
      expect(namesIn(`I asked ${name}.`)).toEqual([['named', name]]);
    },
  );

  test.each([
    ['Bard is a chatbot', 'Bard'],
    ['the model Gemini', 'Gemini'],
    ['a prompt for Claude', 'Claude'],
  ])('perhaps: %s', (text, name) => expect(namesIn(text)).toEqual([['perhaps', name]]));

  test.each([
    'the Bard of Avon',
    'Gemini rises in May',
    'Claude Monet painted',
    'Dr. Watson',
    'the palm of a hand',
    `Claude went home. ${'He slept. '.repeat(8)}It is a language model.`,
    'the anthropic principle in an AI',
  ])('not: %s', text => expect(namesIn(text)).toEqual([]));
});

describe('what a file seems to be about', () => {
  const topics = (path: string, text: string) => avoidedTopicsIn(path, fold(text)).map(({ kind }) => kind);

  test.each([
    ['compositional_skills/writing/political/qna.yaml', 'A letter.', ['political campaigning']],
    ['compositional_skills/a/Mental-Health/qna.yaml', 'A letter.', ['advice on health']],
    ['knowledge/politics/qna.yaml', 'Facts of elections.', []],
    ['knowledge/a/qna.yaml', 'Should I invest? Which stocks should I buy?', ['advice on money']],
    ['knowledge/a/qna.yaml', 'Should I invest?', []],
    ['compositional_skills/extraction/fda_filing/qna.yaml', 'medical devices', []],
  ])('%s with "%s"', (path, text, expected) => expect(topics(path, text)).toEqual(expected));

  test('skills that are not taken are told by their folder', () => {
    const skills = (path: string) => skillsNotTakenIn(path, fold('')).map(({ kind }) => kind);
    expect(skills('compositional_skills/a/python/b/qna.yaml')).toEqual(['code']);
    expect(skills('compositional_skills/writing/jokes/qna.yaml')).toEqual(['jokes']);
    expect(skills('knowledge/arts/poetry/qna.yaml')).toEqual([]);
  });
});

test('only what a model says of itself word for word is told', () => {
  const traces = (text: string) => modelTracesIn(fold(text)).map(({ kind }) => kind);
  expect(traces('As an AI language model, I cannot say.')).toEqual(['disclosure']);
  expect(traces('My knowledge cutoff is 2021.')).toEqual(['disclosure']);
  expect(traces('Certainly! As an AI researcher she knew models.')).toEqual([]);
  expect(traces('Hello {{ name }}')).toEqual(['template']);
  expect(traces('a {b} {{}')).toEqual([]);
});

describe('hostile texts', () => {
  const units = [
    'gemini ',
    'claude ai ',
    'a!',
    '{{',
    '{{ a',
    '{% ',
    '4a',
    'as an ai ',
    'should i invest ',
    'vote for ',
  ];
  test.each(units)('200,000 characters of %j are looked at in time, and told by at most 20 places', unit => {
    const before = process.cpuUsage();
    const text = fold(unit.repeat(200_000 / unit.length));
    const found = [severeLanguageIn(text), modelNamesIn(text), modelTracesIn(text), avoidedTopicsIn('a', text)];
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(1_500);
    for (const spans of found) expect(spans.length).toBeLessThanOrEqual(40);
  });
});
