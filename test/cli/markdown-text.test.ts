import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { markdownToText } from '../../src/cli/markdown-text.ts';

const style = { paint: (_: unknown, text: string) => text, width: 40 };

test('a comment as a person sees it: no markers, tables in columns, lists indented, folded parts announced', () => {
  const markdown = `### Assay: some changes are needed

<!-- assay:sticky -->

| File | Examples |
| --- | ---: |
| [a/qna.yaml](https://github.com/o/r/blob/x/a/qna.yaml) | 5 |
| b | 12 |

- **Error**, [line 3](https://x.y): \`question\` is missing, and this sentence is longer than a line
  - Compare “this”

<details><summary>How to ask again</summary>

Push a commit.

</details>`;
  expect(markdownToText(markdown, style)).toBe(`Assay: some changes are needed

File        Examples
a/qna.yaml         5
b                 12

• Error, line 3: question is missing,
  and this sentence is longer than a
  line
  • Compare “this”

▸ How to ask again

Push a commit.
`);
});

test('a suggestion is told from other code', () => {
  const markdown = '```yaml\na: 1\n```\n\n```suggestion\nanswer: "yes"\n```\n\n```suggestion\n```';
  expect(markdownToText(markdown, style)).toBe(`    a: 1

Suggestion:
    answer: "yes"

Suggestion: take this out.
`);
});

test('text of contributors cannot steer the terminal', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), text => {
      const shown = markdownToText(text, style).replaceAll(/[\n\t]/g, '');
      expect(shown).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    }),
  );
});
