import type { SeedExample } from '../contribution.ts';
import type { Rule } from './rule.ts';

/** An echo is no answer. */
export const answerRepeatsQuestion: Rule = {
  doc: {
    id: 'content/answer-repeats-question',
    severity: 'question',
    why: 'The answer is the question again, word for word. The model would learn to repeat what it is asked.',
    remedy: 'Write the answer that a good assistant would give.',
    waiver: 'triage',
    upstream: 'Nothing automatic.',
    mistake: {
      type: 'text',
      file: 'qna.yaml',
      right: 'answer: The rain on the plain fell again, and ran off the roof to the drain.',
      wrong: 'answer: Write a limerick about rain.',
    },
  },
  check: ({ leaves }) =>
    leaves.flatMap(leaf =>
      leaf.examples
        .filter(example => isEcho(example) && (leaf.kind === 'knowledge' || example.context === undefined))
        .map(({ answer: { value, yamlPath, line, column } }) => ({
          rule: answerRepeatsQuestion.doc.id,
          severity: answerRepeatsQuestion.doc.severity,
          message: 'This answer only repeats its question. Write what a good assistant would answer.',
          location: { path: leaf.path, line, column },
          yamlPath,
          flagged: value,
        })),
    ),
};

/** Where there is a context, the question may be the text to work on, and right as it is. */
const isEcho = ({ question, answer }: SeedExample): boolean => plain(question.value) === plain(answer.value);

const plain = (text: string): string => text.normalize('NFC').replaceAll(/\s+/gu, ' ').trim().toLowerCase();
