import type { Specimen } from './specimen.ts';

/** Grounded skills of our own writing; people, places and firms in them are invented. */
export const groundedSpecimens: readonly Specimen[] = [
  {
    texts: {
      task_description: 'Draw dates and places out of a short notice.',
      context: 'The choir of Ostervale rehearses on Mondays at seven in the old mill. Its next concert is on 12 March.',
      question: 'Where and when does the choir rehearse?',
      reference: 'In the old mill, on Mondays at seven.',
      answer: 'The choir rehearses in the old mill on Mondays at seven.',
    },
    flaws: [
      {
        texts: { answer: 'The choir rehearses in the town hall on Fridays, and has forty members.' },
        breaks: ['answer-supported-by-context', 'answer-correct', 'agrees-with-reference'],
      },
      {
        texts: { question: 'What did the conductor have for breakfast today?', answer: 'Porridge with raisins.' },
        breaks: ['question-about-context', 'answer-supported-by-context', 'matches-task-description'],
      },
    ],
  },
  {
    texts: {
      task_description: 'Decide from a table of prices, and show how.',
      context: 'Tickets: adults 8 crowns, children 3 crowns, families (two adults, up to three children) 19 crowns.',
      question: 'Two adults come with two children. Is the family ticket cheaper for them?',
      reference: 'Single tickets cost 2 × 8 + 2 × 3 = 22 crowns; the family ticket costs 19, so it is cheaper.',
      answer:
        'Yes. Single tickets are 2 × 8 + 2 × 3 = 22 crowns. The family ticket is 19 crowns, so it saves 3 crowns.',
    },
    flaws: [
      {
        texts: {
          answer: 'No. Single tickets are 2 × 8 + 2 × 3 = 15 crowns. The family ticket is 19 crowns, so it costs more.',
        },
        breaks: ['answer-correct', 'agrees-with-reference'],
      },
      {
        texts: { answer: 'Yes. Single tickets are 2 × 8 + 2 × 3 =' },
        breaks: ['answer-complete'],
      },
    ],
  },
  {
    texts: {
      task_description: 'Summarise a complaint in one neutral sentence.',
      context:
        'I ordered a blue lamp on the second of May. On the ninth a green one came. I wrote twice and nobody has answered me yet!',
      question: 'Summarise the complaint in one neutral sentence.',
      reference: 'A customer got a green lamp instead of the blue one ordered and had no answer to two letters.',
      answer: 'The customer ordered a blue lamp, received a green one, and has had no reply to two messages.',
    },
    flaws: [
      {
        texts: { answer: 'The customer is happy with the blue lamp and thanks the shop for its quick reply.' },
        breaks: ['answer-supported-by-context', 'answer-correct', 'agrees-with-reference'],
      },
      {
        texts: { answer: 'Bread rises because yeast makes bubbles in the dough.' },
        breaks: ['answers-the-question', 'answer-supported-by-context', 'agrees-with-reference'],
      },
    ],
  },
  {
    texts: {
      task_description: 'Say whether a statement agrees with a text, and why.',
      context:
        'The ferry to Lund Island runs from April to October. In winter the island can only be reached by plane.',
      question: 'Does this agree with the text: "In January one can take the ferry to Lund Island"?',
      reference: 'No. The ferry does not run in January; in winter only a plane goes there.',
      answer: 'No. The ferry runs from April to October only, and in winter the island can only be reached by plane.',
    },
    flaws: [
      {
        texts: { answer: 'Yes. The ferry runs all year round, so one can take it in January.' },
        breaks: ['answer-correct', 'answer-supported-by-context', 'agrees-with-reference'],
      },
      {
        texts: { task_description: 'Write a lullaby about the animals in the text.' },
        breaks: ['matches-task-description'],
      },
    ],
  },
  {
    texts: {
      task_description: 'Turn notes of a meeting into a list of tasks.',
      context:
        'Ada will ask for the room. Ben still has the keys; he gives them to Cleo on Tuesday. Cleo buys the lamps.',
      question: 'List the tasks, one a line, each with its name first.',
      reference: 'Ada: ask for the room\nBen: give the keys to Cleo on Tuesday\nCleo: buy the lamps',
      answer: 'Ada: ask for the room\nBen: give the keys to Cleo on Tuesday\nCleo: buy the lamps',
    },
    flaws: [
      {
        texts: { answer: 'Ada: sell the lamps\nDora: paint the keys on Sunday' },
        breaks: ['answer-correct', 'answer-supported-by-context', 'agrees-with-reference'],
      },
      {
        texts: { question: 'List the tasks that are shown on the whiteboard in the attached photo.' },
        breaks: ['question-self-contained', 'question-about-context'],
      },
    ],
  },
  {
    texts: {
      task_description: 'Answer a question from house rules.',
      context: 'Rules of the reading room: no food; water in closed bottles is allowed; telephones must be silent.',
      question: 'May I take a closed bottle of water into the reading room?',
      reference: 'Yes, water in closed bottles is allowed.',
      answer: 'Yes. Food is not allowed, but water in closed bottles is.',
    },
    flaws: [
      {
        texts: { answer: 'No. The rules forbid all drinks, water in closed bottles as well.' },
        breaks: ['answer-correct', 'answer-supported-by-context', 'agrees-with-reference'],
      },
      {
        texts: { answer: 'Yes. And you should sue the library: as your lawyer I advise you to claim damages.' },
        breaks: ['no-restricted-advice', 'answer-supported-by-context'],
      },
    ],
  },
];
