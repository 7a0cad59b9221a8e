import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseFiles } from '../../../src/core/parse/contribution.ts';
import type { Concern } from '../../../src/core/finding.ts';
import { addedFiles, soundPath, soundSkill } from '../rules/sound-leaf.ts';
import { clicked, fixedBy } from './fixed-by.ts';
import { isOwnWords } from './own-words.ts';

const concernsOf = (text: string): readonly Concern[] => parseFiles(addedFiles({ [soundPath]: text })).concerns;
const namesOf = (text: string): string[] => concernsOf(text).map(({ rule, yamlPath }) => `${rule} ${yamlPath}`);

/** Mistakes in the answer of one example, each of which can be mended. */
const mistakes: readonly ((line: string) => string)[] = [
  line => line.replace(/answer: .*/, 'answer: yes'),
  line => line.replace(/answer: .*/, 'answer: 2024-01-01  # a day'),
  line => line.replace('answer:', 'anwser:'),
  line => line.replace('answer:', 'Answer:'),
  line => `${line}   `,
  line => line.replace('answer: ', 'answer: | '),
  line => line.replace('answer: ', 'answer: >- '),
  line => line.replace('answer: ', 'answer:\t'),
  line => `${line}\t`,
  line => `${line}\n${line}`,
  line => `${line}\n  `,
];

/** Others, that may be beyond mending, and that come in the way of the proofs. */
const troubles: readonly ((line: string) => string)[] = [
  ...mistakes,
  line => line.replace('answer', ''),
  line => line.replace('    ', '\t'),
  line => line.replace(': ', ': - '),
  line => line.replace(': ', ': &a '),
  line => line.replace(/: .*/, ': *a'),
  line => line.replace(/: .*/, ': {a: yes, a: yes}'),
  line => line.replace(': ', ': "'),
  line => line.replaceAll(' ', '\u00a0'),
  line => `${line}\r`,
  line => `${line}: #`,
];

const versions = ['version: 3\n', 'version: 2\n', 'version: "3"\n', 'version: 1  # old\n', ''] as const;

/** A sound skill with something done to the answers of some examples, and to its ends. */
const broken = (kinds: readonly ((line: string) => string)[]): fc.Arbitrary<string> =>
  fc
    .record({
      spoilt: fc.array(fc.tuple(fc.nat(4), fc.constantFrom(...kinds)), { maxLength: 4 }),
      version: fc.constantFrom(...versions),
      hasReturns: fc.boolean(),
      isEnded: fc.boolean(),
    })
    .map(({ spoilt, version, hasReturns, isEnded }) => {
      const lines = soundSkill.trimEnd().split('\n');
      const byExample = new Map(spoilt);
      for (const [example, spoil] of byExample) lines[5 + 2 * example] = spoil(lines[5 + 2 * example] ?? '');
      const text = `${lines.join('\n')}${isEnded ? '\n' : ''}`.replace('version: 3\n', version);
      return hasReturns ? text.replaceAll(/\r?\n/g, '\r\n') : text;
    });

describe('whatever is wrong with a file', () => {
  test('each suggestion mends its finding, brings none, and holds nothing but the contributor’s own words', () => {
    fc.assert(
      fc.property(broken(troubles), text => {
        const lines = text.split('\n');
        const concerns = concernsOf(text);
        for (const { rule, yamlPath, suggestion } of concerns) {
          if (suggestion === undefined) continue;
          const { startLine, endLine, replacement } = suggestion;
          expect(startLine).toBeGreaterThanOrEqual(1);
          expect(endLine).toBeGreaterThanOrEqual(startLine);
          expect(endLine).toBeLessThanOrEqual(lines.length);
          const old = lines.slice(startLine - 1, endLine).join('\n');
          expect(replacement).not.toBe(old);
          expect(isOwnWords(rule, old, replacement), `${rule}: ${old} -> ${replacement}`).toBe(true);

          const after = namesOf(clicked(text, suggestion));
          // What a file says is known only once it can be read, and then all of it is.
          if (rule === 'yaml/syntax') continue;
          const left = namesOf(text);
          left.splice(left.indexOf(`${rule} ${yamlPath}`), 1);
          for (const name of after) {
            expect(left, `${name} after ${rule}`).toContain(name);
            left.splice(left.indexOf(name), 1);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  test('mending all leaves nothing that can be mended, keeps line ends, and a second time does nothing', () => {
    fc.assert(
      fc.property(broken(troubles), text => {
        const { text: after, fixes } = fixedBy(soundPath, text);
        expect(after === text).toBe(fixes.length === 0);
        expect(fixedBy(soundPath, after)).toEqual({ text: after, fixes: [] });
        expect(concernsOf(after).filter(({ suggestion }) => suggestion)).toEqual([]);
        const ends = (each: string) => ({ bare: /[^\r]\n/.test(each), returns: each.includes('\r') });
        expect(!ends(after).bare || ends(text).bare).toBe(true);
        expect(!ends(after).returns || ends(text).returns).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});

test('a file with nothing but mistakes that can be mended comes out sound', () => {
  fc.assert(
    fc.property(broken(mistakes), text => {
      const { text: after, fixes } = fixedBy(soundPath, text);
      expect(namesOf(after)).toEqual([]);
      expect(fixes.length).toBe(new Set(fixes).size);
      expect(fixes.length > 0).toBe(namesOf(text).length > 0);
    }),
    { numRuns: 100 },
  );
});
