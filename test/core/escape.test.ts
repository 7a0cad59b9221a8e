import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codeSpan, escapeMessage, escapeText, fence, plainText } from '../../src/core/escape.ts';
import { byteLength } from '../../src/core/limits.ts';
import { hostileText } from './hostile-text.ts';
import { BREAK, lures, parseMarkdown, walk } from './markdown.ts';

const shownBy = (markdown: string): string =>
  walk(parseMarkdown(markdown))
    .map(node => ('value' in node ? node.value : ''))
    .join('')
    .replaceAll(BREAK, '');

const typesIn = (markdown: string): readonly string[] => [
  ...new Set(walk(parseMarkdown(markdown)).map(({ type }) => type)),
];

describe('text of contributors', () => {
  test.each([
    ['@octocat', `@${BREAK}octocat`],
    ['see #12', `see #${BREAK}12`],
    ['fixes owner/repo#3', `fixes owner/repo#${BREAK}3`],
    ['1f0c3a9be2d4', `1f0c3a${BREAK}9be2d4`],
    ['https://evil.example', `https:${BREAK}//evil.example`],
    ['![x](y)', String.raw`!\[x\](y)`],
    ['<img src=x>', '&lt;img src=x>'],
    ['a\nb', 'a b'],
    ['compositional_skills/writing', 'compositional_skills/writing'],
    ['1. one', String.raw`1\. one`],
    ['- one', String.raw`\- one`],
    ['costs $5 | $6', 'costs &#36;5 &#124; &#36;6'],
    ['tab\u0000le\u202E', 'table'],
    ['it is 12:30, really', 'it is 12:30, really'],
  ])('%j becomes %j', (text, markdown) => expect(escapeText(text)).toBe(markdown));

  test('is shown as it is and does nothing, whatever it is', () => {
    fc.assert(
      fc.property(hostileText, text => {
        const markdown = escapeText(text, 100_000);
        expect(shownBy(markdown)).toBe(plainText(text));
        expect(typesIn(markdown).filter(type => !['root', 'paragraph', 'text'].includes(type))).toEqual([]);
        const texts = walk(parseMarkdown(markdown)).map(node => (node.type === 'text' ? node.value : ''));
        for (const lure of lures) expect(texts.join('')).not.toMatch(lure);
      }),
      { numRuns: 300 },
    );
  });

  test('stays in its cell of a table, in its item of a list, and behind our own words', () => {
    fc.assert(
      fc.property(hostileText, text => {
        const markdown = escapeText(text);
        const table = parseMarkdown(`| a | b |\n| --- | --- |\n| ${markdown} | end |`);
        const cells = walk(table).filter(({ type }) => type === 'tableCell');
        expect(cells).toHaveLength(4);
        expect(
          walk(table).filter(({ type }) => ['html', 'link', 'image', 'inlineCode', 'break'].includes(type)),
        ).toEqual([]);
        const list = walk(parseMarkdown(`- **Word**: ${markdown}\n- next`));
        expect(list.filter(({ type }) => type === 'listItem')).toHaveLength(2);
        expect(list.filter(({ type }) => ['html', 'link', 'image', 'code', 'heading'].includes(type))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test('is cut between characters, says how much is missing, and is escaped after that', () => {
    fc.assert(
      fc.property(
        fc.array(hostileText, { minLength: 20, maxLength: 40 }),
        fc.integer({ min: 64, max: 300 }),
        (parts, max) => {
          const text = parts.join('👩‍👩‍👧‍👦');
          const markdown = escapeText(text, max);
          expect(markdown.isWellFormed()).toBe(true);
          expect(typesIn(markdown).filter(type => !['root', 'paragraph', 'text'].includes(type))).toEqual([]);
          const isCut = byteLength(plainText(text)) > max;
          expect(/… \([\d,]+ more characters\)$/.test(markdown)).toBe(isCut);
        },
      ),
    );
  });

  test.each(['@', '#1', 'a', '`', '[', '<', ':a', '_', '\\', '1f', ' ', 'e\u0301', '/assay', 'www.', '-', '😀\u200D'])(
    'of 100 kB of %j is escaped in no time',
    part => {
      const text = part.repeat(100_000 / part.length);
      const start = performance.now();
      escapeText(text, 200_000);
      escapeMessage(text, 200_000);
      codeSpan(text);
      fence(text);
      // A tenth of a second on a machine that does nothing else; what grows with the square takes minutes.
      expect(performance.now() - start).toBeLessThan(20_000);
    },
  );
});

describe('messages', () => {
  test('show what stands between backticks as code', () => {
    expect(escapeMessage('Facts belong under `knowledge/`, not *here*.')).toBe(
      String.raw`Facts belong under ${'`knowledge/`'}, not \*here\*.`,
    );
    expect(escapeMessage('an odd ` stays')).toBe('an odd \\` stays');
  });

  test('hold text and code and nothing else, whatever is put into them', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (one, other) => {
        const markdown = escapeMessage(`The key ${one} is \`${other}\`.`, 100_000);
        const types = typesIn(markdown).filter(type => !['root', 'paragraph', 'text', 'inlineCode'].includes(type));
        expect(types).toEqual([]);
        const texts = walk(parseMarkdown(markdown)).map(node => (node.type === 'text' ? node.value : ' '));
        for (const lure of lures) expect(texts.join('')).not.toMatch(lure);
      }),
      { numRuns: 300 },
    );
  });
});

describe('code', () => {
  test('a span holds any text', () => {
    fc.assert(
      fc.property(hostileText, text => {
        const shown = plainText(text);
        fc.pre(shown !== '' && byteLength(shown) < 1_000);
        const [span, ...others] = walk(parseMarkdown(`x ${codeSpan(text)} y`)).filter(
          ({ type }) => type === 'inlineCode',
        );
        expect(others).toEqual([]);
        expect(span).toMatchObject({ value: shown });
      }),
    );
  });

  test('a block holds any lines behind a fence that is longer than all of theirs', () => {
    fc.assert(
      fc.property(hostileText, text => {
        const nodes = walk(parseMarkdown(`before\n\n${fence(text, 'suggestion')}\n\nafter`)).map(({ type }) => type);
        expect(nodes).toEqual(['root', 'paragraph', 'text', 'code', 'paragraph', 'text']);
      }),
    );
    expect(fence('a\n```\nb')).toBe('````\na\n```\nb\n````');
  });
});
