import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderCompared } from '../../../src/core/render/compared.ts';
import { hostileText } from '../hostile-text.ts';
import { lures, parseMarkdown, walk } from '../markdown.ts';

describe('two texts side by side', () => {
  test('the words that differ are bold; case and punctuation are no difference', () => {
    expect(
      renderCompared({ here: 'Where does the batter hit from?', there: 'where does the pitcher throw from' }),
    ).toEqual(['Here: “Where does the <b>batter hit</b> from?”', 'There: “where does the <b>pitcher throw</b> from”']);
    expect(renderCompared({ here: 'Why?', there: 'Why then?' })).toEqual(['Here: “Why?”', 'There: “Why <b>then?</b>”']);
  });

  test('with nothing in common nothing is bold, and long texts are cut', () => {
    expect(renderCompared({ here: 'red', there: 'blue' })).toEqual(['Here: “red”', 'There: “blue”']);
    const [here] = renderCompared({ here: 'word '.repeat(100_000), there: 'word' });
    expect(here?.length).toBeLessThan(400);
  });

  test('whatever the texts are, they do nothing but stand there', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (here, there) => {
        for (const line of renderCompared({ here, there: `${here} ${there}` })) {
          const nodes = walk(parseMarkdown(`- ${line}\n- next`));
          expect(nodes.filter(({ type }) => type === 'listItem')).toHaveLength(2);
          const tags = nodes.flatMap(node => (node.type === 'html' ? [node.value] : []));
          expect(tags.filter(tag => tag !== '<b>' && tag !== '</b>')).toEqual([]);
          expect(tags.filter(tag => tag === '<b>')).toHaveLength(tags.length / 2);
          expect(nodes.filter(({ type }) => ['link', 'image', 'inlineCode', 'break', 'strong'].includes(type))).toEqual(
            [],
          );
          const text = nodes.map(node => (node.type === 'text' ? node.value : '')).join('');
          for (const lure of lures) expect(text).not.toMatch(lure);
        }
      }),
      { numRuns: 100 },
    );
  });
});
