import type { SeedExample } from '../contribution.ts';
import type { Rule } from './rule.ts';

/** Examples are independent of each other. */
export const chatTurns: Rule = {
  doc: {
    id: 'content/chat-turns',
    severity: 'question',
    why: 'Each example is learned alone. A question that speaks of an earlier answer has nothing to speak of there, and the model learns to guess.',
    remedy: 'Write questions that stand alone: repeat in each what it is about, or put it into the `context`.',
    waiver: 'triage',
    upstream: 'Nothing automatic; the guides ask for independent pairs and not for the turns of a chat.',
    mistake: {
      type: 'text',
      file: 'qna.yaml',
      right: 'question: Write a limerick about rain.',
      wrong: 'question: Now make your previous answer shorter.',
    },
  },
  check: ({ leaves }) =>
    leaves.flatMap(leaf =>
      leaf.examples.filter(isTurn).map(({ question: { value, yamlPath, line, column } }) => ({
        rule: chatTurns.doc.id,
        severity: chatTurns.doc.severity,
        message:
          'This question speaks of an earlier answer, and each example is learned alone. Write it so that it can be understood without the others.',
        location: { path: leaf.path, line, column },
        yamlPath,
        flagged: value,
      })),
    ),
};

/** Such words stand at the beginning of a question; what comes later is material. */
const OPENING_LENGTH = 300;

const EARLIER =
  /\byour (?:previous|last|earlier|above) (?:answer|response|reply|message)\b|\b(?:as|what) you (?:just )?(?:said|told me|wrote|answered)\b|\bin (?:the|our) previous (?:question|answer|turn|message)\b|^(?:and|but) (?:what|how|why|who|where|when)\b|^(?:thanks|thank you)\b[^?]{0,40}$|^(?:continue|go on)[.!]*$/i;

const isTurn = ({ question, context }: SeedExample): boolean =>
  context === undefined && EARLIER.test(question.value.trim().slice(0, OPENING_LENGTH));
