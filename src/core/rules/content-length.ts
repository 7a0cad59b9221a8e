import type { Leaf, SeedExample } from '../contribution.ts';
import type { Concern } from '../finding.ts';
import { thousands } from '../limits.ts';
import type { Rule } from './rule.ts';

/** Of knowledge (README of instructlab/taxonomy): a context, all its questions and answers, and both together. In words. */
const MAX_CONTEXT = 500;
const MAX_PAIRS = 250;
const MAX_TOGETHER = 750;

/** Of a skill: question, answer and context together, in words (README of instructlab/taxonomy: "around 2300"). */
const MAX_SKILL = 2300;

/** Texts that the generator of synthetic data cuts or cannot place. */
export const length: Rule = {
  doc: {
    id: 'content/length',
    severity: 'note',
    why: 'Synthetic data is made from prompts of a limited size. A context of knowledge may have about 500 words and its questions and answers 250, 750 together; an example of a skill about 2,300. A word is about 1.3 tokens.',
    remedy: 'Shorten the text, or spread it over several examples.',
    waiver: 'triage',
    upstream: 'The form of the web page refuses more than 750 words; the checker does not count.',
    frequency: 'In about 1 of 35 examples of knowledge of schema version 3, in no skill (6,500 examples counted).',
  },
  check: ({ leaves }) => leaves.flatMap(leaf => (leaf.kind === 'knowledge' ? ofKnowledge(leaf) : ofSkill(leaf))),
};

function ofKnowledge({ path, examples }: Leaf): readonly Concern[] {
  const ofContext = Map.groupBy(examples, ({ yamlPath }) => yamlPath.replace(/\.questions_and_answers\[\d+\]$/, ''));
  return [...ofContext.values()].flatMap(group => {
    const [first] = group;
    if (first?.context === undefined) return [];
    const context = countWords(first.context.value);
    const pairs = group.reduce(
      (sum, { question, answer }) => sum + countWords(question.value) + countWords(answer.value),
      0,
    );
    const what =
      context + pairs > MAX_TOGETHER
        ? `This context has ${thousands(context + pairs)} words with its questions and answers, and ${MAX_TOGETHER} are advised. Shorten it.`
        : context > MAX_CONTEXT
          ? `This context has ${thousands(context)} words, and ${MAX_CONTEXT} are advised. Shorten it.`
          : pairs > MAX_PAIRS
            ? `The questions and answers about this context have ${thousands(pairs)} words, and ${MAX_PAIRS} are advised. Shorten them.`
            : undefined;
    return what === undefined ? [] : told(path, first, what);
  });
}

const ofSkill = ({ path, examples }: Leaf): readonly Concern[] =>
  examples.flatMap(example => {
    const { question, answer, context } = example;
    const words = countWords(question.value) + countWords(answer.value) + countWords(context?.value ?? '');
    return words <= MAX_SKILL
      ? []
      : told(
          path,
          example,
          `This example has ${thousands(words)} words, and about ${thousands(MAX_SKILL)} are advised. Shorten it.`,
        );
  });

const told = (path: string, { line, column, yamlPath }: SeedExample, message: string): readonly Concern[] => [
  { rule: length.doc.id, severity: length.doc.severity, message, location: { path, line, column }, yamlPath },
];

/** Runs of what is not white space, counted without making a list: texts can have a megabyte. */
function countWords(text: string): number {
  let words = 0;
  for (const _ of text.matchAll(/\S+/gu)) words++;
  return words;
}
