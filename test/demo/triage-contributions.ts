import { stringify } from 'yaml';

type Example = readonly [question: string, answer: string];

const skill = (author: string, task: string, examples: readonly Example[]): string =>
  stringify({
    version: 3,
    created_by: author,
    task_description: task,
    seed_examples: examples.map(([question, answer]) => ({ question, answer })),
  });

const attribution = (creator: string): string =>
  [
    'Title of work: Examples of my own',
    'Link to work: -',
    'License of the work: CC-BY-SA-4.0',
    `Creator names: ${creator}`,
    '',
  ].join('\n');

const leaf = (folder: string, creator: string, qna: string): Readonly<Record<string, string>> => ({
  [`compositional_skills/writing/${folder}/qna.yaml`]: qna,
  [`compositional_skills/writing/${folder}/attribution.txt`]: attribution(creator),
});

/** Notices for a harbour; one of them with the number of its office. */
export const harbourNotices = (phone: string) =>
  leaf(
    'freeform/harbour_notices',
    'Mira Lindqvist',
    skill('mira-lindqvist', 'Turn a note of the harbour office into a notice for the public.', [
      [
        'Make a notice of this: ferry to Runholm, no trips tomorrow, storm.',
        'There are no ferries to Runholm tomorrow because of the storm.',
      ],
      [
        'Make a notice of this: keys found on pier 3, owner should call us.',
        `Keys were found on pier 3. Are they yours? Please call ${phone}.`,
      ],
      [
        'Shorten for a sign at the slipway: swimming is forbidden while boats are being lowered.',
        'No swimming while boats go down.',
      ],
      [
        'Which of the two is friendlier, and why: "Keep out!" or "Please wait behind the line"?',
        'The second. It says please, and where people may stand.',
      ],
      [
        'The fuel pump opens at seven from June on, until then at nine. Write that in one sentence.',
        'The fuel pump opens at nine until the end of May and at seven from June on.',
      ],
    ]),
  );

/** Ways to say no politely; the second answer reads one way or the other. */
export const politeRefusals = (second: string) =>
  leaf(
    'freeform/polite_refusals',
    'Tomasz Wolny',
    skill('tomasz-w', 'Say no to a request so that nobody is hurt.', [
      [
        'A neighbour wants to borrow my drill every weekend. How do I refuse?',
        'I would rather keep it here from now on, but come by and use it at my bench.',
      ],
      ['My cousin asks me to lend her money that I need for the rent.', second],
      [
        'Write an answer to an invitation on an evening on which I only want to sleep.',
        'Thank you for thinking of me! I am staying in tonight and will join you another time.',
      ],
      [
        'The choir wants me as treasurer. I like singing and hate numbers.',
        'I am happy to sing, and somebody who enjoys accounts would do this far better.',
      ],
      [
        'Tell a salesperson at the door, in at most ten words, that I buy nothing.',
        'Thank you, but I never buy anything at the door.',
      ],
    ]),
  );

/** Riddles whose answers are jokes. */
export const riddles = leaf(
  'freeform/riddles',
  'Ayo Bello',
  skill('ayo-bello', 'Answer a riddle with a joke.', [
    ['What has hands and cannot clap?', 'A clock, and it has been waiting for applause for hours.'],
    ['Why did the scarecrow get a prize?', 'It was outstanding in its field.'],
    ['What gets wetter the more it dries?', 'A towel. It takes its work personally.'],
    ['Which room can nobody enter?', 'A mushroom, unless you are very small.'],
    ['What goes up and never comes down?', 'My age. Next question, please.'],
  ]),
);
