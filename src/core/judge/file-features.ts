import type { SeedExample } from '../contribution.ts';
import { facetNames } from './facets.ts';
import type { Facet } from './facets.ts';
import type { Judged } from './judged.ts';

/** An example of a file and what came of it. */
export type JudgedExample = { readonly example: SeedExample; readonly judged: Judged };

/** More examples are not compared with each other: the work grows with their square. */
const MAX_COMPARED = 100;
const MAX_WORDS = 100;

/** Criteria about single examples that say something of the file. */
const TOLD = ['matches-task-description', 'matches-subject', 'skill-not-knowledge', 'knowledge-not-skill'];

const titles: Readonly<Record<Facet, string>> = {
  activity: 'Activities',
  subject: 'Subjects',
  topic_to_avoid: 'Topics to avoid',
};

/**
 * All that a model learns of a file's examples: words of closed lists, counted, and numbers that code has measured. Numbers are
 * rounded, so that a small change of one example does not have the whole file asked about again.
 */
export function featuresOf(examples: readonly JudgedExample[]): string {
  const judged = examples.filter(({ judged: { opinions } }) => opinions !== undefined);
  const sorted = facetNames.map(
    name => `${titles[name]}: ${countWords(judged.map(({ judged: { facets } }) => facets?.[name]))}.`,
  );
  const told = TOLD.flatMap(id => {
    const verdicts = judged.map(({ judged: { opinions } }) => opinions?.get(id)?.verdict);
    return verdicts.some(verdict => verdict !== undefined && verdict !== 'yes')
      ? [`${id}: ${countWords(verdicts)}.`]
      : [];
  });
  const questions = examples.map(({ example }) => wordsOf(example.question.value));
  const answers = examples.map(({ example }) => example.answer.value.trim());
  const lengths = answers.map(answer => answer.split(/\s+/u).length);
  const repeated = answers.length - new Set(answers).size;
  return [
    `Examples: ${examples.length}, of which ${judged.length} were judged.`,
    ...sorted,
    ...told,
    `Questions that begin with the same three words: ${mostCommon(questions.map(words => words.slice(0, 3).join(' ')))} of ${examples.length}.`,
    `The two questions most alike have ${Math.round((mostAlike(examples)?.share ?? 0) * 10) * 10} % of their words in common.`,
    `Answers in words: from about ${roundly(Math.min(...lengths))} to about ${roundly(Math.max(...lengths))}.`,
    `Answers that are there more than once: ${repeated === 0 ? 0 : repeated + 1}.`,
  ].join('\n');
}

/** The two questions with most words in common, as a share of all the words of both; undefined for less than two examples. */
export function mostAlike(
  examples: readonly JudgedExample[],
): { readonly share: number; readonly pair: readonly [SeedExample, SeedExample] } | undefined {
  const compared = examples
    .slice(0, MAX_COMPARED)
    .map(({ example }) => ({ example, words: new Set(wordsOf(example.question.value)) }));
  let found: { share: number; pair: readonly [SeedExample, SeedExample] } | undefined;
  for (const [index, a] of compared.entries()) {
    for (const b of compared.slice(index + 1)) {
      const common = [...a.words].filter(word => b.words.has(word)).length;
      const all = a.words.size + b.words.size - common;
      const share = all === 0 ? 0 : common / all;
      if (found === undefined || share > found.share) found = { share, pair: [a.example, b.example] };
    }
  }
  return found;
}

const wordsOf = (text: string): readonly string[] =>
  (
    text
      .slice(0, 2_000)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).slice(0, MAX_WORDS);

/** `write-text 4, explain 1`: the most frequent first, equals by their letters. */
function countWords(words: readonly (string | undefined)[]): string {
  const counts = [...Map.groupBy(words, word => word ?? 'unknown')].map(([word, { length }]) => ({ word, length }));
  return counts
    .toSorted((a, b) => b.length - a.length || (a.word < b.word ? -1 : 1))
    .map(({ word, length }) => `${word} ${length}`)
    .join(', ');
}

const mostCommon = (texts: readonly string[]): number =>
  Math.max(0, ...[...Map.groupBy(texts, text => text).values()].map(({ length }) => length));

/** 1, 2, 5, 10, 20, 50 …: the nearest below. */
function roundly(number: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, number)));
  return power * (number >= 5 * power ? 5 : number >= 2 * power ? 2 : 1);
}
