import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { termsOf } from '../../../src/core/duplicates/index-terms.ts';
import { lettersOf } from '../../../src/core/duplicates/letters.ts';

/** Plain letters, and what folding takes away, puts together or turns into something else. */
const unit = fc.oneof(
  fc.constantFrom(...'a|Z|9| |-|?|é|½|ﬁ|Σ|σ|а|あ|\u0301|\u0338|\u00ad|\u200b|\u3099|…|’|😀'.split('|')),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
);
const text = fc.string({ unit, maxLength: 30 });

const read = (of: string): string => String.fromCharCode(...lettersOf(of));

test('what must be folded as a whole changes nothing about the words beside it', () => {
  fc.assert(
    fc.property(text, one => {
      expect(read(`${one} 東`)).toBe(`${read(one)} 東`.trimStart());
    }),
    { examples: [['Naïve café, № 5 — “Whаt?”'], ['co\u00adop\u200beration \u200b – e\u0301'], ['ΣΑΣ ﬁne … 😀']] },
  );
});

test('no text leaves anything behind for the next one', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ question: text, answer: text }), { maxLength: 4 }), examples => {
      expect(termsOf(examples)).toEqual(examples.flatMap(example => termsOf([example])));
    }),
  );
});
