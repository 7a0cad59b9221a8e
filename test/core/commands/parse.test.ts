import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_COMMANDS, parseCommands as parse } from '../../../src/core/commands/parse.ts';
import { hostileText } from '../hostile-text.ts';

const parseCommands = (markdown: string) => parse(markdown, 'assay-app');

const verbs = (markdown: string): readonly string[] => parseCommands(markdown).map(({ type }) => type);

describe('a command', () => {
  test.each([
    ['/assay review', ['review']],
    ['/assay help', ['help']],
    ['/Assay REVIEW', ['review']],
    ['/assay', ['help']],
    ['  /assay review  ', ['review']],
    ['/assay\treview', ['review']],
    ['/assay review please', ['review']],
    ['Thank you!\n/assay review', ['review']],
    ['Thank you!  \n/assay review', ['review']],
    ['Thank you!\r\n/assay review\r\n', ['review']],
    ['Done.\n\n/assay review\n\nSee above.', ['review']],
    ['/assay review\n/assay help', ['review', 'help']],
    ['\u200B/assay review', ['review']],
    ['\uFEFF/assay review', ['review']],
    ['> it was wrong\n\n/assay review', ['review']],
    ['/assay review [now](https://example.org) **please**', ['review']],
    ['see https://example.org/a_b and me@example.org\n/assay review', ['review']],
  ])('is heard in %j', (markdown, expected) => expect(verbs(markdown)).toEqual(expected));

  test.each([
    ['in the middle of a line', 'please /assay review'],
    ['in a code span', '`/assay review`'],
    ['in a code span over lines', '`\n/assay review\n`'],
    ['in a fence', '```\n/assay review\n```'],
    ['in a fence of tildes', '~~~\n/assay review\n~~~'],
    ['in a fence without an end', '```\n/assay review'],
    ['in an indented block', '    /assay review'],
    ['in a quote', '> /assay review'],
    ['in the lazy end of a quote', '> they said\n/assay review'],
    ['in a comment of HTML', '<!--\n/assay review\n-->'],
    ['in a comment of HTML without an end', '<!--\n\n/assay review'],
    ['in a comment inside a paragraph', 'a <!-- b\n/assay review --> c'],
    ['in HTML', '<details>\n/assay review\n</details>'],
    ['in a list', '- /assay review'],
    ['in a heading', '# /assay review'],
    ['above an underline', '/assay review\n==='],
    ['in a table', '| /assay review |\n| --- |\n| /assay review |'],
    ['in a link', '[a\n/assay review](https://example.org)'],
    ['in emphasis', '*a\n/assay review*'],
    ['in the text of an image', '![a\n/assay review](x)'],
    ['in a footnote', '[^1]: x\n    /assay review'],
    ['behind a backslash', String.raw`\/assay review`],
    ['as an entity', '&#47;assay review'],
    ['as another word', '/assayer review'],
    ['as a path', '/assay/review'],
    ['with something invisible inside', '/ass\u200Bay review'],
    ['as empty text', ''],
  ])('is not heard %s', (_, markdown) => expect(parseCommands(markdown)).toEqual([]));

  test('that nobody knows is told, with the one that was probably meant', () => {
    expect(parseCommands('/assay reveiw')).toEqual([{ type: 'unknown', text: 'reveiw', didYouMean: 'review' }]);
    expect(parseCommands('/assay make coffee')).toEqual([{ type: 'unknown', text: 'make coffee' }]);
    expect(parseCommands('/assay review --fast')).toEqual([
      { type: 'malformed', verb: 'review', problem: 'it has no switch `--fast`' },
    ]);
    expect(parseCommands(`/assay ${'x'.repeat(5_000)}`)).toEqual([{ type: 'unknown', text: 'x'.repeat(100) }]);
  });

  test('may be followed by words', () => {
    expect(parseCommands('/assay review the second file')).toEqual([{ type: 'review', judge: false }]);
  });
});

describe('bounds', () => {
  test('a thousand commands are as many as the first few', () => {
    expect(parseCommands('/assay review\n'.repeat(1_000))).toHaveLength(MAX_COMMANDS);
  });

  test('whatever is written, something comes back and never more than that', () => {
    fc.assert(
      fc.property(fc.array(hostileText), parts => {
        expect(parseCommands(parts.join('\n')).length).toBeLessThanOrEqual(MAX_COMMANDS);
      }),
    );
  });

  const stairs = Array.from({ length: 150 }, (_, index) => `${' '.repeat(index * 2)}- a`).join('\n');
  test.each([
    ['twenty lists on every line', `${'- '.repeat(20)}a\n`.repeat(990)],
    ['twenty numbered lists on every line', `${'1. '.repeat(20)}a\n`.repeat(990)],
    ['lists in lists, line by line', `${stairs}\n${`${' '.repeat(300)}a\n`.repeat(60)}`],
  ])('nothing is read after too many openings: %s', (_, wild) => {
    expect(verbs(`/assay review\n\n${wild}\n\n/assay help`)).toEqual(['review']);
  });

  test('a long quote is not too many', () => {
    expect(verbs(`${'> - they said\n'.repeat(80)}\n/assay review`)).toEqual(['review']);
  });

  test.each([
    '[',
    '![',
    '`',
    '``\n',
    '*a ',
    '**a',
    '_a ',
    '~a',
    '<',
    '<!--',
    '<a ',
    '> ',
    '- ',
    '1. ',
    '|',
    '|-|\n',
    '\\',
    '&',
    '[a](',
    '[a]: b\n',
    '[^a]: b\n',
    '(www.',
    'http://',
    'a@b.',
    '/assay ',
    '/assay review\n\n',
    ' ',
    '\t',
    '\n>',
    'a\n',
    '1.\t',
    '>',
    '* ',
    '\n- a\n  ',
    '[[a](b)',
    'a**b',
    '*_a',
    '<a b="',
    '&amp;',
    '|a',
    'a|\n-|\n',
  ])('100 kB of %j are read in a moment', part => {
    for (const length of [65_000, 100_000]) {
      const body = `/assay review\n\n${part.repeat(length / part.length)}`.slice(0, length);
      // The thread's own time: what else the machine does is not the parser's.
      const start = process.threadCpuUsage();
      parseCommands(body);
      const { user, system } = process.threadCpuUsage(start);
      expect((user + system) / 1_000).toBeLessThan(1_000);
    }
  });
});
