import { codeSpan, escapeText, fence, plainLines } from '../escape.ts';
import { cutText } from '../limits.ts';
import { percent } from '../precheck/already-answered.ts';
import type { Precheck, Prechecked, Try } from '../precheck/precheck.ts';
import { linkLines } from './place.ts';
import type { Place } from './place.ts';
import { count } from './words.ts';

/** Of each text, in bytes: enough to see what it comes to. */
const MAX_SHOWN = 400;

/** The result in a sentence or two; empty where nobody asked for one. Always with its interval. */
export function precheckSentence(precheck: Precheck | undefined): string {
  if (precheck === undefined) return '';
  if (precheck.type === 'no-student') {
    return 'A precheck was asked for, but no student model is configured here.';
  }
  const { model, answered, known, interval, examples } = precheck;
  if (known === 0) {
    const reason = examples.find(each => each.reason !== undefined)?.reason ?? 'There was nothing to ask.';
    return `Precheck: the student model (${escapeText(model, 100)}) could not be judged. ${escapeText(reason, 300)}`;
  }
  const missing = examples.length - known;
  const rest = missing === 0 ? '' : ` ${count(missing, 'more question')} could not be asked or compared.`;
  return `Precheck: the student model (${escapeText(model, 100)}) already answered ${answered} of ${count(known, 'question')}; the true share is between ${percent(interval.low)} and ${percent(interval.high)} (95 % interval).${rest} The answers stand side by side in the check ${codeSpan('assay/judge')}.`;
}

/** The answers side by side, for the details of the check. The student's words are shown as text and as nothing else. */
export function precheckLines(precheck: Precheck | undefined, place: Place): readonly string[] {
  if (precheck?.type !== 'prechecked') return [];
  return [
    `\n**Precheck: what the student model (${escapeText(precheck.model, 100)}) answers**\n`,
    'The student’s answers are a model’s words, cut, without links. Nobody has checked them.\n',
    ...precheck.examples.map(each => `${renderExample(each, place)}\n`),
  ];
}

const states = {
  answered: 'already answered',
  'not-answered': 'not answered',
  unknown: 'unknown',
} as const satisfies Record<Prechecked['state'], string>;

function renderExample({ path, example, state, tries, reason }: Prechecked, place: Place): string {
  const { question, answer } = example;
  const where = linkLines(place, { path, line: question.line, column: 1 });
  return [
    `**${states[state]}**: ${where}${reason === undefined ? '' : `. ${escapeText(reason, 300)}`}`,
    `Question:\n${shown(question.value)}`,
    `Contributor’s answer:\n${shown(answer.value)}`,
    ...tries.map((each, index) => `Student’s answer ${index + 1}, ${describe(each)}:\n${shown(inert(each.answer))}`),
  ].join('\n\n');
}

const describe = ({ asContributed, asSolved }: Try): string => {
  if (asContributed === 'yes') return 'the same as the contributor’s';
  if (asContributed === 'cannot_tell') return 'not to be compared';
  return asSolved === 'yes' ? 'another, but the same as the judge’s own solution' : 'another';
};

const shown = (text: string): string => fence(cutText(plainLines(text).trim(), MAX_SHOWN));

/** Without addresses, mentions and HTML: a fence shows them as text already, and nobody is to copy them from here. */
const inert = (text: string): string =>
  text
    .slice(0, MAX_SHOWN * 4)
    .replaceAll(/[a-z][a-z0-9+.-]{1,30}:\/\/[^\s]+|www\.[^\s]+/gi, '[link]')
    .replaceAll(/<[^<>\n]{0,300}>/g, '')
    .replaceAll('@', '(at) ');
