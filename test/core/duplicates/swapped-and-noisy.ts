import type { ExampleText } from '../../../src/core/duplicates/near-example.ts';

/** Sentences with two names, numbers or roles that may be exchanged: every word stays, the meaning does not. */
const frames: readonly (readonly [question: string, answer: string])[] = [
  ['Who lent a bicycle to {b}, and was it {a}?', 'Yes, {a} lent it to {b}.'],
  ['How far is it by train from {a} to {b}?', 'From {a} the train to {b} takes the whole morning.'],
  ['If {a} is taller than {b}, who is the shorter one?', '{b} is the shorter one.'],
  ['Does {a} come before {b} in the story?', '{a} comes first and {b} comes after.'],
  ['Why did {a} write a letter to {b}?', '{a} wanted {b} to know about the flood.'],
  ['What happens when {a} is poured into {b}?', '{a} sinks to the bottom of {b}.'],
  ['Is {a} a kind of {b}?', 'Every {a} is a {b}, but not every {b} is a {a}.'],
  ['Translate the sentence "{a} follows {b}" into plain words.', '{b} goes first, and {a} walks behind.'],
];

const fillings: readonly (readonly [string, string])[] = [
  ['Anna', 'Boris'],
  ['Lisbon', 'Porto'],
  ['the teacher', 'the student'],
  ['12', '30'],
  ['milk', 'tea'],
  ['a seller', 'a buyer'],
  ['the north gate', 'the south gate'],
  ['Mr. Olsen', 'Ms. Haddad'],
  ['seven', 'nine'],
  ['copper', 'tin'],
  ['the older sister', 'the younger brother'],
  ['Monday', 'Thursday'],
  ['a falcon', 'a sparrow'],
  ['page 4', 'page 9'],
  ['the doctor', 'the nurse'],
  ['Peru', 'Chile'],
  ['red', 'green'],
  ['the guest', 'the host'],
  ['1905', '1950'],
  ['oak', 'pine'],
  ['the violin', 'the cello'],
  ['winter', 'spring'],
  ['the plaintiff', 'the defendant'],
  ['Nadia', 'Tomás'],
  ['a lake', 'a river'],
];

const fill = ([question, answer]: (typeof frames)[number], a: string, b: string): ExampleText => {
  const put = (text: string): string => text.replaceAll('{a}', a).replaceAll('{b}', b);
  return { question: put(question), answer: put(answer) };
};

/** 200 examples and each of them with two entities, numbers or roles exchanged. */
export const swappedPairs: readonly (readonly [ExampleText, ExampleText])[] = frames.flatMap(frame =>
  fillings.map(([a, b]) => [fill(frame, a, b), fill(frame, b, a)] as const),
);

/** The seeds of those, in their first form. */
export const seeds: readonly ExampleText[] = swappedPairs.map(([first]) => first);

const lookalikes: Readonly<Record<string, string>> = { a: 'а', e: 'е', o: 'о', c: 'с', p: 'р', i: 'і', x: 'х' };

/** What changes how a text is written and not what it says. */
export const noises: Readonly<Record<string, (text: string) => string>> = {
  'upper case': text => text.toUpperCase(),
  'lower case': text => text.toLowerCase(),
  'spaces and line breaks': text => ` ${text.replaceAll(' ', '  \n ')} `,
  'no punctuation': text => text.replaceAll(/[.,;:!?"]/g, ''),
  'other punctuation': text => `"${text.replaceAll('?', ' ?!').replaceAll(',', ' –')}"...`,
  'a folded block': text => `${text.replaceAll(/(.{20}) /g, '$1\n')}\n\n`,
  Markdown: text => `**${text}**`,
  'look-alike letters': text => text.replaceAll(/[aeocpix]/g, letter => lookalikes[letter] ?? letter),
  'accents taken apart, invisible characters': text => text.normalize('NFD').replaceAll('e', 'e\u200B'),
  'typographic quotes': text => text.replaceAll('"', '“').replaceAll("'", '’'),
};

/** A long text on several lines, as people write it into a file. */
const wrapped = (text: string): string => text.replaceAll(/(.{24}\S*) /g, '$1\n').replaceAll('\n', '\n      ');

/** What YAML has for writing one text. All but the literal block read as the same line; that one keeps its line breaks. */
export const yamlStyles: Readonly<Record<string, (text: string) => string>> = {
  plain: text => text,
  'plain on several lines': wrapped,
  'single quotes': text => `'${text.replaceAll("'", "''")}'`,
  'double quotes on several lines': text => `"${wrapped(text.replaceAll('"', '\\"'))}"`,
  'a folded block (>)': text => `>\n      ${wrapped(text)}`,
  'a folded block without its last line break (>-)': text => `>-\n      ${wrapped(text)}`,
  'a literal block (|)': text => `|\n      ${wrapped(text)}`,
  'a literal block that keeps all line breaks (|+)': text => `|+\n      ${wrapped(text)}\n\n`,
};

/** A skill with the seeds, written in one of these styles. */
export const seedsInYaml = (style: (text: string) => string): string =>
  [
    'version: 3',
    'created_by: mira',
    'task_description: Answer plainly.',
    'seed_examples:',
    ...seeds.flatMap(({ question, answer }) => [`  - question: ${style(question)}`, `    answer: ${style(answer)}`]),
    '',
  ].join('\n');
