import { isPlaceholder } from './content-placeholder.ts';
import { newLeaves } from './new-leaves.ts';
import type { Rule } from './rule.ts';

/** Fewer words describe no task. */
const MIN_WORDS = 3;

/** What the model is to do, in words. */
export const taskDescription: Rule = {
  doc: {
    id: 'content/task-description',
    severity: 'note',
    why: 'The `task_description` becomes part of the prompt that makes synthetic data. One or two words leave it open what is to be done.',
    remedy:
      'Say in a sentence what the model is to do, and in which form: "Write limericks of five lines about everyday things."',
    waiver: 'triage',
    upstream: 'Only an empty one is an error, above schema version 1; the guides ask for a detailed one.',
    frequency: 'Missing or empty in 15 % of the pull requests up to April 2024, in 1 % later (907 heads counted).',
    mistake: {
      type: 'text',
      file: 'qna.yaml',
      right: 'task_description: Write limericks.\n',
      wrong: 'task_description: Limericks\n',
    },
  },
  check: (contribution, facts) =>
    newLeaves(contribution, facts).flatMap(({ path, kind, taskDescription: text }) => {
      if (text === undefined || kind !== 'skill' || isSentence(text.value) || isPlaceholder(text.value)) return [];
      const { yamlPath, line, column, value } = text;
      return {
        rule: taskDescription.doc.id,
        severity: taskDescription.doc.severity,
        message:
          'This hardly says what the model is to do, and data are made from it. Describe the task in a sentence.',
        location: { path, line, column },
        yamlPath,
        flagged: value,
      };
    }),
};

/** Two words with a full stop are one, as in "Write limericks."; scripts that write no blanks are not counted. */
function isSentence(text: string): boolean {
  const words = text.split(/[^\p{L}\p{N}]+/u).filter(word => word !== '');
  if (words.some(word => /[^\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}]/u.test(word))) return true;
  return words.length >= MIN_WORDS || (words.length > 1 && /[.!]\s*$/.test(text.slice(-20)));
}
