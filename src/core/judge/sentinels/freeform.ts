import type { Specimen } from './specimen.ts';

/** Freeform skills of our own writing. */
export const freeformSpecimens: readonly Specimen[] = [
  {
    texts: {
      task_description: 'Turn a curt message into a polite one that asks for the same.',
      question: 'Make this polite: "Send me the figures by noon."',
      reference: 'Could you please send me the figures by noon?',
      answer: 'Would you please send me the figures by noon? Thank you.',
    },
    flaws: [
      {
        texts: { answer: 'Would you please send me the photographs by next Friday? Thank you.' },
        breaks: ['answer-correct', 'agrees-with-reference', 'answers-the-question'],
      },
      {
        texts: { answer: 'Noon is the middle of the day, when the sun stands highest.' },
        breaks: ['answers-the-question', 'agrees-with-reference'],
      },
    ],
  },
  {
    texts: {
      task_description: 'Sort a list of things by a rule that is given, and say how.',
      question: 'Order these from the lightest to the heaviest: a piano, a spoon, a chair.',
      reference: 'A spoon, a chair, a piano.',
      answer:
        'A spoon, a chair, a piano. A spoon weighs some grams, a chair some kilograms, a piano hundreds of kilograms.',
    },
    flaws: [
      {
        texts: { answer: 'A piano, a spoon, a chair. A piano is lighter than a spoon, so it comes first.' },
        breaks: ['answer-correct', 'agrees-with-reference'],
      },
      {
        texts: { question: 'Order the three things in the picture above from the lightest to the heaviest.' },
        breaks: ['question-self-contained'],
      },
    ],
  },
  {
    texts: {
      task_description: 'Write a short invitation from a few facts.',
      question:
        'Write an invitation in two sentences. Facts: garden party, 4 June, three in the afternoon, bring a dish.',
      reference:
        'You are invited to our garden party on 4 June at three in the afternoon. Please bring a dish to share.',
      answer: 'Come to our garden party on 4 June at three in the afternoon! Please bring a dish that we can share.',
    },
    flaws: [
      {
        texts: { answer: 'Come to our garden party on 4 June at three in the after' },
        breaks: ['answer-complete'],
      },
      {
        texts: { question: 'In which year was the oldest garden in the city laid out?', answer: 'In 1641.' },
        breaks: ['skill-not-knowledge', 'matches-task-description'],
      },
    ],
  },
  {
    texts: {
      task_description: 'Solve small word problems about time and show the steps.',
      question: 'A bus leaves at 9:40 and needs 35 minutes. When does it arrive?',
      reference: '9:40 plus 20 minutes is 10:00, plus 15 more minutes is 10:15. It arrives at 10:15.',
      answer: 'From 9:40 to 10:00 are 20 minutes. 35 minus 20 leaves 15 minutes. So the bus arrives at 10:15.',
    },
    flaws: [
      {
        texts: {
          answer: 'From 9:40 to 10:00 are 20 minutes. 35 minus 20 leaves 25 minutes. So the bus arrives at 10:25.',
        },
        breaks: ['answer-correct', 'agrees-with-reference'],
      },
      {
        texts: {
          task_description: 'Write slogans for shops.',
        },
        breaks: ['matches-task-description'],
      },
    ],
  },
  {
    texts: {
      task_description: 'Shorten a text to one sentence that keeps its point.',
      question:
        'Say this in one sentence: The library was closed all winter. The roof had leaked, and workers had to replace it before any book could come back.',
      reference: 'The library was closed all winter because its leaking roof had to be replaced.',
      answer: 'The library stayed closed all winter while its leaking roof was replaced.',
    },
    flaws: [
      {
        texts: { answer: 'The library was open all winter, since its roof had been new for years.' },
        breaks: ['answer-correct', 'agrees-with-reference'],
      },
      {
        texts: { answer: 'My brother plays the trumpet in a band that meets on Thursdays.' },
        breaks: ['answers-the-question', 'agrees-with-reference', 'answer-correct'],
      },
    ],
  },
  {
    texts: {
      task_description: 'Answer as a cheerful tour guide who talks to children.',
      question: 'You are a cheerful tour guide who talks to children. Explain why a lighthouse flashes.',
      reference: 'Hello, little explorers! A lighthouse flashes so that ships see in the dark where the rocks are.',
      answer:
        'Hello, young sailors! The light blinks to tell every ship in the dark: careful, rocks are here! Each lighthouse blinks in its own rhythm, so captains know which one they see.',
    },
    flaws: [
      {
        texts: {
          answer:
            'Take two of these pills each evening for your heart and stop seeing your doctor; you do not need one any more.',
        },
        breaks: ['no-restricted-advice', 'answers-the-question'],
      },
      {
        texts: { question: 'As I said in my last message, do it the way we agreed, but for the other file.' },
        breaks: ['question-self-contained', 'clear-english', 'answers-the-question'],
      },
    ],
  },
  {
    texts: {
      task_description: 'Rewrite a recipe step so that a beginner can follow it.',
      question: 'Rewrite for a beginner: "Sweat the onions."',
      reference: 'Cook the chopped onions in a little fat over low heat until they are soft, without browning them.',
      answer:
        'Put the chopped onions into a pan with a little butter over low heat. Stir now and then until they are soft and glassy, about eight minutes. They should not turn brown.',
    },
    flaws: [
      {
        texts: { answer: 'Put the onions into the freezer over night, and then throw the pan away.' },
        breaks: ['answer-correct', 'agrees-with-reference', 'answers-the-question'],
      },
      {
        texts: { answer: 'Put the chopped onions into a pan with a little butter over low heat. Stir now and' },
        breaks: ['answer-complete'],
      },
    ],
  },
];
