import type { Leaf, Text } from '../contribution.ts';
import { inCode } from './in-code.ts';
import type { Rule } from './rule.ts';

/** A template that was handed in as it came. */
export const placeholder: Rule = {
  doc: {
    id: 'content/placeholder',
    severity: 'question',
    why: 'The whole value is a placeholder of a template, such as `<your question>` or `TODO`, so the model would learn to say that.',
    remedy: 'Replace it by what belongs there, or take the example out.',
    waiver: 'triage',
    upstream: 'Nothing automatic; triagers close empty templates by hand.',
    mistake: {
      type: 'text',
      file: 'qna.yaml',
      right: 'task_description: Write limericks.',
      wrong: 'task_description: task description',
    },
  },
  check: ({ leaves }) =>
    leaves.flatMap(leaf =>
      textsOf(leaf)
        .filter(({ value }) => isPlaceholder(value))
        .map(({ value, yamlPath, line, column }) => ({
          rule: placeholder.doc.id,
          severity: placeholder.doc.severity,
          message: `This says only ${inCode(value.trim())}, which is a placeholder. Replace it by what belongs here.`,
          location: { path: leaf.path, line, column },
          yamlPath,
          flagged: value,
        })),
    ),
};

const textsOf = ({ createdBy, taskDescription, domain, documentOutline, examples }: Leaf): readonly Text[] => [
  ...[createdBy, taskDescription, domain, documentOutline].filter(text => text !== undefined),
  ...examples.flatMap(({ question, answer }) => [question, answer]),
];

/** Longer ones are not placeholders alone. */
const MAX_LENGTH = 80;

const PLACEHOLDER =
  /^(?:todo|tbd|fixme|placeholder|lorem ipsum\b.*|task[ _]description|your (?:question|answer|context|name|(?:github[ _-]?)?user[ _-]?name)(?: here)?|your(?:github)?username|(?:question|answer|context) (?:goes )?here|<(?:your|insert|enter|add|the)\b[^<>]*>|<(?:question|answer|context|username|task[ _]description)>)[.:!]?$/i;

/** Whether the text is nothing but a placeholder. */
export const isPlaceholder = (value: string): boolean => {
  const text = value.trim();
  return text.length <= MAX_LENGTH && PLACEHOLDER.test(text);
};
