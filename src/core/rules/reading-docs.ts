import type { RuleDoc } from './rule.ts';

const text = (right: string, wrong: string) => ({ type: 'text', file: 'qna.yaml', right, wrong }) as const;

/** What is noticed while files are read, documented here: one table beside the rules, because the parser makes these itself. */
export const readingDocs: readonly RuleDoc[] = [
  {
    id: 'yaml/syntax',
    severity: 'error',
    why: 'The file is not YAML that every tool reads the same way, so nothing in it can be used.',
    remedy:
      'Go to the line that is named. Most often it is a text with a colon that needs quotes, a tab, or an indent that is not two blanks.',
    upstream: 'The checker stops with a traceback and tells no line.',
    mistake: text('task_description: Write limericks.', 'task_description: "Write limericks.'),
  },
  {
    id: 'yaml/not-a-mapping',
    severity: 'error',
    why: 'A `qna.yaml` is a mapping of keys such as `created_by` and `seed_examples`. A list or a lone text has no place for them.',
    remedy: 'Begin the file with `version: 3` and the keys of the schema.',
    upstream: 'An error.',
  },
  {
    id: 'yaml/empty',
    severity: 'error',
    why: 'There is nothing in the file, so there is nothing to teach.',
    remedy: 'Fill in the template, or take the file out of the pull request.',
    upstream: 'A warning only ("The file is empty"), and the file passes.',
  },
  {
    id: 'yaml/too-large',
    severity: 'error',
    why: 'Files are read up to 1 MB with 5,000 keys and 100 aliases. The largest in the taxonomy has 0.6 MB, and nearly all are under 30 kB.',
    remedy: 'Split the examples over several leaf nodes, or take out what does not belong there.',
    upstream: 'No limit.',
  },
  {
    id: 'yaml/too-deep',
    severity: 'error',
    why: 'A file nested deeper than 64 levels is a mistake, or made to keep the parser busy; the schema needs five.',
    remedy: 'Compare the indents with the template.',
    upstream: 'No limit.',
  },
  {
    id: 'yaml/too-slow',
    severity: 'error',
    why: 'Reading the file took longer than two seconds, which no real file does.',
    remedy: 'Make the file smaller and simpler. If it is an ordinary file, ask for another review.',
    upstream: 'No limit.',
  },
  {
    id: 'yaml/encoding',
    severity: 'error',
    why: 'The file has bytes that are not UTF-8 text: it was saved in another encoding, or is not a text file.',
    remedy: 'Save it as UTF-8. In most editors that is in the menu of "Save as".',
    upstream: 'The checker stops with a traceback.',
  },
  {
    id: 'yaml/duplicate-key',
    severity: 'error',
    why: 'A key stands twice in one mapping. YAML then keeps one of the two values and drops the other without a word.',
    remedy: 'Remove or rename one of the two.',
    upstream: 'An error by yamllint (key-duplicates), for schema versions above 1.',
    mistake: text('created_by: jo-doe\n', 'created_by: jo-doe\ncreated_by: jo-doe\n'),
  },
  {
    id: 'yaml/more-findings',
    severity: 'note',
    why: 'A file has more than 100 findings; the rest are counted, not told. Mending the first ones often mends the others.',
    remedy: 'Mend what is told and look again.',
    upstream: 'No limit.',
  },
  {
    id: 'schema/required',
    severity: 'error',
    why: 'A key that the schema asks for is missing.',
    remedy: 'Add the key that is named; the template shows where.',
    upstream: 'An error ("is a required property").',
    mistake: text('created_by: jo-doe\n', ''),
  },
  {
    id: 'schema/unknown-key',
    severity: 'error',
    why: 'The schema does not have this key, so no tool would read it. Often it is a misspelt one, or one of another schema version.',
    remedy: 'Correct or remove the key.',
    upstream:
      'An error ("Unevaluated properties are not allowed"), told once for the mapping. Beside the questions and answers of knowledge any key passes.',
    mistake: text('created_by: jo-doe\n', 'created_by: jo-doe\nauthor: jo-doe\n'),
  },
  {
    id: 'schema/type',
    severity: 'error',
    why: 'The value is not of the kind that the schema asks for. `yes`, `12` and `2024-01-01` are not text in YAML, and a key with nothing behind it is empty.',
    remedy: 'Put quotes around the value, or write it as a list or text, as the message says.',
    upstream: 'An error ("is not of type").',
    mistake: text('created_by: jo-doe', 'created_by: 2024'),
  },
  {
    id: 'schema/too-few-items',
    severity: 'error',
    why: 'Synthetic data is made from the seed examples; with fewer than the schema asks for, it repeats itself.',
    remedy:
      'Add examples that differ: at least five seed examples, and for knowledge three questions and answers to each context.',
    upstream: 'An error ("Value must have at least N items").',
  },
  {
    id: 'schema/empty-text',
    severity: 'error',
    why: 'A text that must say something is empty.',
    remedy: 'Write the text, or take the example out.',
    upstream: 'An error ("should be non-empty"); a text of blanks passes there.',
    mistake: text('created_by: jo-doe', 'created_by: ""'),
  },
  {
    id: 'schema/repeated-item',
    severity: 'error',
    why: 'Two items of a list are equal in every part, so one of them teaches nothing.',
    remedy: 'Replace or remove one of the two.',
    upstream: 'An error ("has non-unique elements"), without saying which.',
  },
  {
    id: 'schema/version',
    severity: 'error',
    why: 'New contributions follow the newest version of the schema.',
    remedy: 'Write `version: 3` in the first line, and mend what then does not fit.',
    upstream: 'An error for changed files ("3 was expected").',
    mistake: text('version: 3', 'version: 24'),
  },
  {
    id: 'schema/deprecated-version',
    severity: 'error',
    why: 'Knowledge of schema versions 1 and 2 is no longer supported.',
    remedy:
      'Rewrite the leaf node after the template of version 3: each seed example has a context with three questions and answers.',
    upstream: 'An error, after which it looks at nothing else in the file.',
  },
  {
    id: 'screen/secret',
    severity: 'error',
    why: 'The text holds what looks like a password, a token or a private key. A pull request is public, so it is known to everyone from now on. The file is not sent to a model.',
    remedy: 'Remove it, and revoke it wherever it is valid: removing it from the branch does not take it back.',
    upstream: 'Nothing automatic; GitHub may warn of some kinds.',
  },
  {
    id: 'screen/personal-data',
    severity: 'question',
    why: 'The text holds what looks like personal data, such as an address or a number that names one person. Only a person can tell whether it is somebody’s. The file is not sent to a model.',
    remedy: 'Use data that are made up, such as `jo@example.org`.',
    upstream: 'A separate service of the project scans for it, and triagers look at it.',
  },
];
