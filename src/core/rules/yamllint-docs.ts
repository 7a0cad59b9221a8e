import type { Severity } from '../finding.ts';
import { levels, type Level, type RuleName } from '../yamllint/problem.ts';
import type { RuleDoc, Waiver } from './rule.ts';

type Text = { readonly name: RuleName } & Pick<RuleDoc, 'why' | 'remedy' | 'mistake'>;

const text = (right: string, wrong: string) => ({ type: 'text', file: 'qna.yaml', right, wrong }) as const;

/** How the file is written, documented here because the parser makes these itself. In the order of the names' weight. */
const texts: readonly Text[] = [
  {
    name: 'trailing-spaces',
    why: 'Blanks at the end of a line cannot be seen. In a text they become part of what a model learns, and in every later change the line counts as changed.',
    remedy: 'Delete them; most editors can do it when they save. A line that looks empty must be empty.',
    mistake: text('created_by: jo-doe\n', 'created_by: jo-doe  \n'),
  },
  {
    name: 'new-line-at-end-of-file',
    why: 'The last line does not end. Tools that append a line would write on into it.',
    remedy: 'Press Enter at the end of the last line.',
  },
  {
    name: 'key-duplicates',
    why: 'A key stands twice in one mapping; YAML keeps the last. Told so under `--profile instructlab` alone: otherwise it is [`yaml/duplicate-key`](#yamlduplicate-key).',
    remedy: 'Remove or rename one of the two.',
  },
  {
    name: 'empty-lines',
    why: 'There are more than two empty lines in a row, or one at the beginning or the end of the file.',
    remedy: 'Delete those that are too many.',
    mistake: text('created_by: jo-doe\n', 'created_by: jo-doe\n\n\n\n'),
  },
  {
    name: 'indentation',
    why: 'The file is not indented by the same number of blanks everywhere, or some of its lists are indented and others are not. It is read all the same, but such files break at the next change.',
    remedy: 'Indent as the first lines of the file do; two blanks are usual.',
    mistake: text('task_description: Write limericks.', 'task_description:\n    Write limericks.'),
  },
  {
    name: 'colons',
    why: 'There is a blank before a colon, or more than one after it.',
    remedy: 'Write `key: value`.',
    mistake: text('created_by: jo-doe', 'created_by:  jo-doe'),
  },
  {
    name: 'commas',
    why: 'In a list in brackets there is a blank before a comma, or not exactly one after it.',
    remedy: 'Write `[one, two]`.',
  },
  {
    name: 'hyphens',
    why: 'There is more than one blank after the hyphen of a list item.',
    remedy: 'Write `- item`.',
    mistake: text(
      '  - question: Write a limerick about rain.\n    answer:',
      '  -  question: Write a limerick about rain.\n     answer:',
    ),
  },
  { name: 'braces', why: 'There is more than one blank inside of a brace.', remedy: 'Write `{ key: value }`.' },
  { name: 'brackets', why: 'There is more than one blank inside of a bracket.', remedy: 'Write `[one, two]`.' },
];

const upstream: Readonly<Record<Level, { severity: Severity; waiver: Waiver; text: string }>> = {
  error: { severity: 'error', waiver: 'maintain', text: 'An error by yamllint, for schema versions above 1.' },
  warning: {
    severity: 'note',
    waiver: 'triage',
    text: 'A warning by yamllint, for schema versions above 1; `ilab taxonomy diff` takes it for an error.',
  },
};

/** The rules of yamllint that can speak of a contribution; see `levels`. */
export const yamllintDocs: readonly RuleDoc[] = texts.map(({ name, ...docs }) => {
  const { text: said, ...weight } = upstream[levels[name]];
  return { id: `yamllint/${name}`, ...weight, ...docs, upstream: said };
});
