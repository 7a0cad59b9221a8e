import { describe, expect, test } from 'vitest';
import { termsOf } from '../../../src/core/duplicates/index-terms.ts';
import { lettersOf } from '../../../src/core/duplicates/letters.ts';
import { nominate } from '../../../src/core/duplicates/nominate.ts';
import { rarity, tellingWords } from '../../../src/core/duplicates/rare-words.ts';

const words = (text: string): readonly number[] => tellingWords(lettersOf(text));

describe('telling words', () => {
  test.each([
    ['endings', 'The painters painted bridges', 'painter paint bridge'],
    ['words that hold a sentence together', 'What is the height of a tower?', 'height tower'],
    ['repetition', 'tower tower tower', 'tower'],
  ])('leave out %s', (_, text, plain) => {
    expect(words(text)).toEqual(words(plain));
  });

  test('are single characters where no blanks are written', () => {
    expect(words('東京の塔')).toHaveLength(4);
  });

  test('are 64 at most', () => {
    const many = Array.from({ length: 500 }, (_, index) => `word${index}`).join(' ');
    expect(words(many)).toHaveLength(64);
    // The last one is cut where the looked-at part of the text ends.
    expect(words('petal '.repeat(200_000)).length).toBeLessThanOrEqual(2);
  });

  test('say more the rarer they are', () => {
    expect(rarity(1, 1000)).toBeGreaterThan(rarity(10, 1000));
    expect(rarity(1000, 1000)).toBeGreaterThan(0);
  });
});

describe('nominating', () => {
  const [terms = []] = termsOf([{ question: 'How tall is the old tower by the harbour?', answer: 'Forty metres.' }]);
  const { bands, words: inQuestion } = terms[0] ?? { bands: [], words: [] };

  test('takes the best by bands and the best by words, and the older of equals first', () => {
    const found = nominate(terms, {
      ofBand: (term, visit) => (bands.indexOf(term) % 2 === 0 ? [7, 3] : []).forEach(visit),
      ofWord: (term, visit) => inQuestion.slice(0, 2).includes(term) && visit(90, 4.5),
    });
    expect(found.map(({ id }) => id)).toEqual([90, 3, 7]);
    expect(found).toEqual([
      { id: 90, sharedBands: 0, weight: 9 },
      { id: 3, sharedBands: 11, weight: 0 },
      { id: 7, sharedBands: 11, weight: 0 },
    ]);
  });

  test('compares few, however many texts are filed under the same terms', () => {
    const crowd = Array.from({ length: 100_000 }, (_, index) => index + 1);
    const found = nominate(terms, {
      ofBand: (_, visit) => crowd.forEach(visit),
      ofWord: (_, visit) => crowd.forEach(id => visit(id, 1)),
    });
    expect(found.length).toBeLessThanOrEqual(136);
    expect(found[0]?.id).toBe(1);
  });

  test('finds nobody where nothing is filed', () => {
    expect(nominate(terms, { ofBand: () => undefined, ofWord: () => undefined })).toEqual([]);
  });
});
