import type { Specimen } from './specimen.ts';

/** Knowledge of our own writing, about things that are invented, so that only the context tells what is so. */
export const knowledgeSpecimens: readonly Specimen[] = [
  {
    texts: {
      domain: 'zoology',
      document_outline: 'The marsh finch: looks, food and nesting of the bird',
      context:
        'The marsh finch is a small bird with a yellow bill. It eats the seeds of reeds and nests on the ground in April.',
      question: 'What does the marsh finch eat?',
      reference: 'The seeds of reeds.',
      answer: 'The marsh finch eats the seeds of reeds.',
    },
    flaws: [
      {
        texts: { answer: 'The marsh finch eats fish, which it catches by diving from cliffs.' },
        breaks: ['answer-supported-by-context', 'agrees-with-reference', 'answer-correct'],
      },
      {
        texts: {
          question: 'Write a song for the birthday of a friend who likes birds.',
          answer: 'Tra la la, dear friend!',
        },
        breaks: ['knowledge-not-skill', 'matches-subject', 'question-about-context'],
      },
    ],
  },
  {
    texts: {
      domain: 'engineering',
      document_outline: 'The Harlow bridge: how it was built and what it is made of',
      context: 'The Harlow bridge was opened in 1931. Its two towers are of brick, its deck hangs on steel cables.',
      question: 'What are the towers of the Harlow bridge made of?',
      reference: 'Brick.',
      answer: 'The two towers of the Harlow bridge are made of brick.',
    },
    flaws: [
      {
        texts: { answer: 'The towers of the Harlow bridge are made of glass and were built by divers.' },
        breaks: ['answer-supported-by-context', 'agrees-with-reference', 'answer-correct'],
      },
      {
        texts: { question: 'How many goals were scored in the final of the cup?', answer: 'Three goals were scored.' },
        breaks: ['matches-subject', 'question-about-context', 'answer-supported-by-context'],
      },
    ],
  },
  {
    texts: {
      domain: 'history',
      document_outline: 'The salt road of Ardmere: trade and travel on an old road',
      context:
        'Salt was carried from the coast to Ardmere on mules. The journey took six days, and travellers paid a toll at each ford.',
      question: 'How was salt brought to Ardmere, and how long did it take?',
      reference: 'On mules; six days.',
      answer: 'Salt was carried to Ardmere on mules, and the journey took six days.',
    },
    flaws: [
      {
        texts: { answer: 'Salt was flown to Ardmere in balloons, and the journey took one hour.' },
        breaks: ['answer-supported-by-context', 'agrees-with-reference', 'answer-correct'],
      },
      {
        texts: { answer: 'Salt was carried to Ardmere on mules, and the' },
        breaks: ['answer-complete'],
      },
    ],
  },
  {
    texts: {
      domain: 'astronomy',
      document_outline: 'The observatory on Mount Tal: telescopes, staff and opening hours',
      context:
        'The observatory on Mount Tal has three telescopes. The largest has a mirror of two metres. Visitors may come on clear Saturdays.',
      question: 'When may visitors come to the observatory on Mount Tal?',
      reference: 'On clear Saturdays.',
      answer: 'Visitors may come on Saturdays when the sky is clear.',
    },
    flaws: [
      {
        texts: { answer: 'Visitors may never come, since the observatory was sold to a bank.' },
        breaks: ['answer-supported-by-context', 'agrees-with-reference', 'answer-correct'],
      },
      {
        texts: { question: 'What can be seen in the figure on the next page of the document?' },
        breaks: ['question-self-contained', 'question-about-context', 'answers-the-question'],
      },
    ],
  },
  {
    texts: {
      domain: 'botany',
      document_outline: 'The winter pear of Sill: tree, fruit and harvest',
      context:
        'The winter pear of Sill ripens in November. Its fruit is hard when picked and turns soft after four weeks.',
      question: 'How long after picking does the winter pear of Sill turn soft?',
      reference: 'After four weeks.',
      answer: 'It turns soft four weeks after it was picked.',
    },
    flaws: [
      {
        texts: { answer: 'It has red leaves in spring.' },
        breaks: ['answers-the-question', 'answer-supported-by-context', 'agrees-with-reference'],
      },
      {
        texts: {
          answer: 'It turns soft four weeks after it was picked. Eat three a day and you may stop your insulin.',
        },
        breaks: ['no-restricted-advice', 'answer-supported-by-context'],
      },
    ],
  },
  {
    texts: {
      domain: 'crafts',
      document_outline: 'Paper making at Brook Mill: material and steps',
      context:
        'At Brook Mill paper is made of linen rags. The rags are cut, soaked for ten days, beaten to pulp and dried on felt.',
      question: 'What is done with the rags at Brook Mill before they are beaten to pulp?',
      reference: 'They are cut and soaked for ten days.',
      answer: 'The rags are cut and then soaked for ten days.',
    },
    flaws: [
      {
        texts: { answer: 'The rags are burnt, and the ashes are sold to farmers in the valley.' },
        breaks: ['answer-supported-by-context', 'agrees-with-reference', 'answer-correct'],
      },
      {
        texts: { document_outline: 'Rules of chess: pieces, moves and draws', domain: 'games' },
        breaks: ['matches-subject'],
      },
    ],
  },
];
