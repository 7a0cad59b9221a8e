import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_CONCERNS } from '../../../src/core/parse/limits.ts';
import { parseQna } from '../../../src/core/parse/qna.ts';
import { checkLocation } from '../parse/in-file.ts';
import { addedFiles, soundPath, soundSkill } from '../rules/sound-leaf.ts';

const parse = (text: string, profile: 'assay' | 'instructlab') =>
  parseQna(soundPath, 'sha', new TextEncoder().encode(text), { profile });

/** What contributors do to a file, and what attackers do: blanks, marks and line breaks where none belong. */
const pieces = [
  ' ',
  '  ',
  '\t',
  '\n',
  '\r',
  '\r\n',
  '\u2028',
  ': ',
  '- ',
  ', ',
  '? ',
  '[',
  ']',
  '{',
  '}',
  '# yamllint disable\n',
  ' # yamllint disable-line',
  '&a ',
  '*a ',
  '!!str ',
  '|\n',
  '"',
  "'",
  '---\n',
  '…',
];

describe('whatever stands in the file', () => {
  const edits = fc.array(
    fc.record({ at: fc.nat(soundSkill.length), cut: fc.nat(8), put: fc.constantFrom(...pieces, '') }),
    {
      minLength: 1,
      maxLength: 6,
    },
  );
  test.each(['assay', 'instructlab'] as const)('findings lie inside of it, profile %s', profile => {
    fc.assert(
      fc.property(edits, changes => {
        const text = changes.reduce(
          (all, { at, cut, put }) => all.slice(0, at) + put + all.slice(at + cut),
          soundSkill,
        );
        const files = addedFiles({ [soundPath]: text });
        const { concerns } = parse(text, profile);
        expect(concerns.length).toBeLessThanOrEqual(MAX_CONCERNS);
        for (const { location } of concerns) checkLocation(location, files);
      }),
      { numRuns: 250 },
    );
  });

  test('what upstream’s profile says of the writing, ours says too, unless a comment there is obeyed', () => {
    const written = ({ concerns }: ReturnType<typeof parse>): readonly string[] =>
      concerns
        .filter(({ rule }) => rule.startsWith('yamllint/') && rule !== 'yamllint/key-duplicates')
        .map(({ rule, location }) => `${location.line}:${location.column} ${rule}`);
    fc.assert(
      fc.property(edits, changes => {
        const text = changes.reduce(
          (all, { at, cut, put }) => all.slice(0, at) + put + all.slice(at + cut),
          soundSkill,
        );
        const [ours, theirs] = [written(parse(text, 'assay')), written(parse(text, 'instructlab'))];
        const isObeyed = text.includes('yamllint');
        expect(theirs.filter(each => !ours.includes(each))).toEqual([]);
        expect(isObeyed ? [] : ours.filter(each => !theirs.includes(each))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});

describe('a megabyte of one thing takes no longer than a megabyte', () => {
  const head = 'version: 3\ncreated_by: jo-doe\n';
  test.each([
    ['lines that end with blanks', `${head}x: |\n${'  y \n'.repeat(180_000)}`],
    ['blanks in one line', `${head}x: |\n  a${' '.repeat(900_000)}\n`],
    ['lines of blanks', `${head}x: |\n${`${' '.repeat(10)}\n`.repeat(80_000)}`],
    ['wide gaps in one line', `${head}x: [${`a${' '.repeat(60)},`.repeat(14_000)}a]\n`],
    ['commas that begin lines', `${head}x: [\n${'a\n  ,\n'.repeat(9_000)}a]\n`],
    ['comments that switch off', `${head}${'# yamllint disable rule:colons\n'.repeat(28_000)}x : 1\n`],
    ['a comment that switches off a lot', `${head}# yamllint disable${' rule:x'.repeat(140_000)}\nx : 1\n`],
    ['a first line that nearly switches off', `#${' '.repeat(900_000)}x\n${head}`],
    ['keys', `${head}${Array.from({ length: 4_900 }, (_, index) => `k${index} :  v`).join('\n')}\n`],
    ['lists in lists', `${head}x:\n${`  ${'- '.repeat(50)}a\n`.repeat(300)}`],
  ])('%s', (_, text) => {
    const start = performance.now();
    expect(parse(text, 'instructlab').concerns.length).toBeGreaterThan(0);
    // 0.5 s at most on an idle machine; a search that starts anew for each part would take minutes.
    expect(performance.now() - start).toBeLessThan(8_000);
  });
});
