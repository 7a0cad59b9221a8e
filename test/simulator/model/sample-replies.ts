import { fieldOf } from './read-prompt.ts';
import { checklist, message } from './scripts.ts';
import type { Script } from './start-model.ts';

/** What a person wrote down in place of a model: about this example, these questions get a no with these words of it. */
export type Sample = {
  readonly question: string;
  readonly answer: string;
  readonly objections: Readonly<Record<string, string>>;
};

/** Name of the model in the sample replies: wherever it is shown, it says what they are. */
export const SAMPLE_MODEL = 'sample-replies-written-by-hand';

/**
 * Replies written by hand, for a demo without a model. About every listed example it says yes but for the objections; about any
 * other it cannot tell: nobody has read it. Files as a whole are fine. A blind solve gets what the person would have answered.
 */
export const sampleReplies =
  (samples: readonly Sample[]): Script =>
  call => {
    if (fieldOf(call, 'question') === '') return message(checklist(call));
    const sample = samples.find(
      ({ question, answer }) =>
        question === fieldOf(call, 'question').trim() && answer === fieldOf(call, 'answer').trim(),
    );
    if (call.asked.length === 0) return message(checklist(call));
    if (sample === undefined) return message(checklist(call, {}, { evidence: '', verdict: 'cannot_tell' }));
    const objections = Object.entries(sample.objections).map(([id, evidence]) => [id, { evidence, verdict: 'no' }]);
    return message(checklist(call, Object.fromEntries(objections)));
  };

/** What a careful reader says of the examples in the demo's pull requests. */
export const demoSamples: readonly Sample[] = [
  {
    question: 'Say this in plain language: The applicant shall furnish proof of domicile.',
    answer: 'Please show us where you live.',
    objections: {},
  },
  {
    question: 'Say this in plain language: Remuneration is effected on a monthly basis.',
    answer: 'You are paid once a month.',
    objections: {},
  },
  {
    question: 'Say this in plain language: The premises are to be vacated forthwith.',
    answer: 'Please leave the building now.',
    objections: {},
  },
  {
    question: 'Is "Please sign here" plain language? Explain in one sentence.',
    answer: 'Yes. It says who does what with three short words and nothing else.',
    objections: {},
  },
  {
    question: 'Say this in plain language: Failure to comply may result in forfeiture of the deposit.',
    answer: 'If you do not follow the rules, you may have to pay a fine.',
    // The deposit is not given back; nobody is fined.
    objections: { 'answer-correct': 'you may have to pay a fine' },
  },
  {
    question: 'Say this in plain language: The applicant shall furnish proof of domicile.',
    answer: 'Tell us your address and show a paper that proves it.',
    objections: {},
  },
  {
    question: 'Say this in plain language: The premises are to be vacated forthwith.',
    answer: 'Everybody has to go out at once.',
    objections: {},
  },
  {
    question: 'Retell as one sentence: A goat from Dundee / climbed up an old tree / to look at the waves of the sea.',
    answer: 'To see the sea, a goat in Dundee went up a tree.',
    objections: {},
  },
  {
    question: 'Use simple words: Perishable goods are to be kept refrigerated.',
    answer: 'Food that goes bad must stay in the fridge.',
    objections: {},
  },
  {
    question: 'Use simple words: Pedestrians are advised to use the opposite pavement.',
    answer: 'Please walk on the other side of the street.',
    objections: {},
  },
];
