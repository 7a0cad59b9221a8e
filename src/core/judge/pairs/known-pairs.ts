import type { ExampleText } from '../../duplicates/near-example.ts';

/** Two examples of which we know whether they teach the same. */
export type KnownPair = { readonly one: ExampleText; readonly other: ExampleText };

/** Written for this. Of each pair either can come first. */
export const samePairs: readonly KnownPair[] = [
  {
    one: { question: 'How do I keep sliced apples from turning brown?', answer: 'Toss them in a little lemon juice.' },
    other: {
      question: 'My apple slices go brown so fast. What stops that?',
      answer: 'A few drops of lemon juice over the slices will do it.',
    },
  },
  {
    one: { question: 'What is the plural of "goose"?', answer: 'Geese.' },
    other: { question: 'If I have more than one goose, what do I call them?', answer: 'You call them geese.' },
  },
  {
    one: { question: 'Write 0.25 as a fraction in lowest terms.', answer: '1/4' },
    other: { question: 'Turn the decimal 0.25 into a simplified fraction.', answer: 'It is 1/4.' },
  },
  {
    one: {
      question: 'Why do ships float although steel is heavier than water?',
      answer: 'Hull and air together weigh less than the water that they push aside.',
    },
    other: {
      question: 'Steel sinks. How can a ship of steel stay on the surface?',
      answer: 'With the air inside, it weighs less than the water it displaces.',
    },
  },
];

export const differentPairs: readonly KnownPair[] = [
  {
    one: { question: 'What is the capital of Norway?', answer: 'Oslo.' },
    other: { question: 'What is the capital of Sweden?', answer: 'Stockholm.' },
  },
  {
    one: { question: 'Translate "good morning" into Spanish.', answer: 'Buenos días.' },
    other: { question: 'Translate "good night" into Spanish.', answer: 'Buenas noches.' },
  },
  {
    one: { question: 'How do I boil an egg so that the yolk stays soft?', answer: 'Six minutes, then cold water.' },
    other: {
      question: 'How do I peel a boiled egg without tearing it?',
      answer: 'Crack it all over and peel under water.',
    },
  },
  {
    one: { question: 'Convert 3 kilometres into metres.', answer: '3,000 metres.' },
    other: { question: 'Convert 3 kilograms into grams.', answer: '3,000 grams.' },
  },
];
