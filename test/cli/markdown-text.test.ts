import fc from 'fast-check';
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

test('text of contributors cannot steer the terminal', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), text => {
      // eslint-disable-next-line no-control-regex
      expect(markdownToText(text, style)).not.toMatch(
        /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/,
      );
    }),
  );
});
