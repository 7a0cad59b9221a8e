import type { Specimen } from './specimen.ts';

const varied = (activities: string, subjects: string, topics = 'none 6'): string =>
  [
    'Examples: 6, of which 6 were judged.',
    `Activities: ${activities}.`,
    `Subjects: ${subjects}.`,
    `Topics to avoid: ${topics}.`,
    'Questions that begin with the same three words: 2 of 6.',
    'The two questions most alike have 20 % of their words in common.',
    'Answers in words: from about 10 to about 50.',
    'Answers that are there more than once: 0.',
  ].join('\n');

const monotonous = (activities: string, subjects: string): string =>
  [
    'Examples: 6, of which 6 were judged.',
    `Activities: ${activities}.`,
    `Subjects: ${subjects}.`,
    'Topics to avoid: none 6.',
    'Questions that begin with the same three words: 6 of 6.',
    'The two questions most alike have 100 % of their words in common.',
    'Answers in words: from about 1 to about 2.',
    'Answers that are there more than once: 5.',
  ].join('\n');

/** Skills as files, of our own making. */
export const skillFileSpecimens: readonly Specimen[] = [
  {
    texts: {
      directories: 'compositional_skills / writing / freeform / polite_letters',
      task_description: 'Write polite letters and messages from a few facts.',
      features: varied('write-text 4, rewrite-text 2', 'language 4, everyday-life 2'),
    },
    flaws: [
      {
        texts: { features: monotonous('write-text 6', 'language 6') },
        breaks: ['examples-diverse'],
      },
      {
        texts: { task_description: 'Compute the orbits of planets from their mass.' },
        breaks: ['description-fits-examples'],
      },
    ],
  },
  {
    texts: {
      directories: 'compositional_skills / extraction / events / dates_and_places',
      task_description: 'Draw the dates and places of events out of short notices.',
      features: varied('extract 5, summarise 1', 'everyday-life 3, arts 3'),
    },
    flaws: [
      {
        texts: { directories: 'compositional_skills / engineering / steam_engines / boilers' },
        breaks: ['right-place'],
      },
      {
        texts: { features: varied('extract 6', 'everyday-life 6', 'sexual-content 4, violence 2') },
        breaks: ['no-topic-to-avoid'],
      },
    ],
  },
  {
    texts: {
      directories: 'compositional_skills / writing / style / tour_guide',
      task_description: 'Explain sights to children in the voice of a cheerful tour guide.',
      features: varied('play-a-role 5, explain 1', 'arts 2, history 3, geography 1'),
    },
    flaws: [
      {
        texts: { features: varied('recall-fact 6', 'history 6') },
        breaks: ['file-is-skill', 'description-fits-examples'],
      },
      {
        texts: {
          directories: 'compositional_skills / computing / scripts',
          task_description: 'Write programs that calculate sums.',
          features: varied('program 4, calculate 2', 'mathematics 3, technology 3'),
        },
        breaks: ['no-core-skill'],
      },
    ],
  },
  {
    texts: {
      directories: 'compositional_skills / work / meetings / task_lists',
      task_description: 'Turn the notes of a meeting into a list of tasks with names.',
      features: varied('extract 2, format 4', 'work-and-business 6'),
    },
    flaws: [
      {
        texts: { features: monotonous('format 6', 'work-and-business 6') },
        breaks: ['examples-diverse'],
      },
      {
        texts: {
          task_description: 'Persuade voters of a district to vote for one party.',
          features: varied('write-text 6', 'law-and-society 6', 'political-campaigning 6'),
        },
        breaks: ['no-topic-to-avoid'],
      },
    ],
  },
];

/** Knowledge as files, of our own making. */
export const knowledgeFileSpecimens: readonly Specimen[] = [
  {
    texts: {
      directories: 'knowledge / science / animals / birds / marsh_finch',
      domain: 'zoology',
      document_outline: 'The marsh finch: looks, food and nesting of the bird',
      features: varied('recall-fact 4, explain 2', 'science 6'),
    },
    flaws: [
      {
        texts: { features: monotonous('recall-fact 6', 'science 6') },
        breaks: ['examples-diverse'],
      },
      {
        texts: { directories: 'knowledge / arts / music / opera / composers' },
        breaks: ['right-place'],
      },
    ],
  },
  {
    texts: {
      directories: 'knowledge / engineering / bridges / harlow_bridge',
      domain: 'engineering',
      document_outline: 'The Harlow bridge: how it was built and what it is made of',
      features: varied('recall-fact 5, explain 1', 'engineering 5, history 1'),
    },
    flaws: [
      {
        texts: { features: varied('write-text 3, joke-or-poem 3', 'engineering 6') },
        breaks: ['file-is-knowledge'],
      },
      {
        texts: {
          domain: 'medicine',
          document_outline: 'Healthy sleep: how much of it children need',
        },
        breaks: ['outline-fits-examples'],
      },
    ],
  },
  {
    texts: {
      directories: 'knowledge / history / trade / salt_road',
      domain: 'history',
      document_outline: 'The salt road of Ardmere: trade and travel on an old road',
      features: varied('recall-fact 4, explain 2', 'history 5, geography 1'),
    },
    flaws: [
      {
        texts: { features: varied('recall-fact 6', 'history 6', 'hate-or-harassment 3, violence 3') },
        breaks: ['no-topic-to-avoid'],
      },
      {
        texts: { features: varied('rewrite-text 4, plan 2', 'history 6') },
        breaks: ['file-is-knowledge'],
      },
    ],
  },
];
