import type { PairVerdict } from '../../core/duplicates/pair-verdict.ts';
import { likenessWords } from '../../core/rules/duplicate-words.ts';
import type { NearPairs } from '../duplicates/near-pairs.ts';
import type { Searched } from '../duplicates/search-folder.ts';
import { printable } from '../terminal.ts';
import type { Paint } from '../terminal.ts';
import { count } from './text.ts';

/** Characters of a question that are shown. */
const SHOWN = 100;

/** For people: each example with its neighbours below it, `path:line` first, which editors and terminals can jump to. */
export function formatPairs(pairs: readonly NearPairs[], { leaves, comparedWith }: Searched, paint: Paint): string {
  const lines = pairs.flatMap(({ shown, example, others }) => [
    `${paint('bold', `${printable(shown)}:${example.question.line}`)} ${quoted(example.question.value)}`,
    ...others.map(({ near, verdict }) => {
      const place = `${near.pullRequest === undefined ? '' : `#${near.pullRequest.number} `}${printable(near.path)}:${near.line}`;
      const kind = paint(colours[verdict.type], wordsFor(verdict));
      return `  ${kind}: ${place} ${quoted(near.question)}`;
    }),
  ]);
  const examples = leaves.reduce((sum, { leaf }) => sum + leaf.examples.length, 0);
  const looked = `${count(examples, 'example')} of ${count(leaves.length, 'file')} compared with ${comparedWith}`;
  const found =
    pairs.length === 0 ? 'none has a neighbour' : `${pairs.length} ${pairs.length === 1 ? 'has' : 'have'} neighbours`;
  return [...lines, `${looked}: ${paint(pairs.length === 0 ? 'green' : 'yellow', found)}.`, ''].join('\n');
}

const colours = { duplicate: 'red', 'possible-duplicate': 'yellow', 'template-sibling': 'blue' } as const;

function wordsFor(verdict: PairVerdict): string {
  if (verdict.type === 'template-sibling') return 'the same template, filled differently';
  if (verdict.type === 'possible-duplicate') return `maybe ${likenessWords[verdict.likeness]}`;
  return verdict.likeness === 'same-question'
    ? 'the same question and answer'
    : 'the same question, with another answer';
}

function quoted(text: string): string {
  const line = printable(text.trim().replaceAll(/\s+/g, ' '));
  return line.length <= SHOWN ? `"${line}"` : `"${line.slice(0, SHOWN)}…"`;
}

/** A list of examples, each with its neighbours and the whole texts of both. */
export const formatPairsJson = (pairs: readonly NearPairs[]): string =>
  `${JSON.stringify(
    pairs.map(({ shown, example: { question, answer, context }, others }) => ({
      path: shown,
      line: question.line,
      question: question.value,
      answer: answer.value,
      ...(context && { context: context.value }),
      neighbours: others.map(({ near, verdict }) => ({ ...verdict, ...near })),
    })),
    undefined,
    2,
  )}\n`;
