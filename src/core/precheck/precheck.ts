import type { Leaf, SeedExample } from '../contribution.ts';
import { exactInterval } from '../judge/agreement/binomial.ts';
import type { Interval } from '../judge/agreement/binomial.ts';
import { fieldsOf } from '../judge/fields.ts';
import { mapLimited } from '../judge/map-limited.ts';
import type { Ask, ModelReply, Spender } from '../judge/model.ts';
import { rubricKindOf } from '../judge/rubric.ts';
import type { Rubric } from '../judge/rubric.ts';
import { readSolution, writeSolve } from '../judge/solve.ts';
import { readGrades, writeGrading } from './grade.ts';
import type { Grade } from './grade.ts';
import { TRIES, readAnswer, writeQuestion } from './student.ts';

/** One try of the student. */
export type Try = Grade & { readonly answer: string };

/** What the student makes of one example. `unknown`: it could not be asked, or its answers not be graded. */
export type Prechecked = {
  readonly path: string;
  readonly example: SeedExample;
  readonly state: 'answered' | 'not-answered' | 'unknown';
  readonly tries: readonly Try[];
  /** Why it is unknown, in words for people. */
  readonly reason?: string;
};

/** What the model that is to be taught knows already. */
export type Precheck =
  | { readonly type: 'no-student' }
  | {
      readonly type: 'prechecked';
      /** The student, as configured by whoever runs the server. */
      readonly model: string;
      readonly examples: readonly Prechecked[];
      /** Of those that are known. */
      readonly answered: number;
      readonly known: number;
      /** Of the share that is answered: exact, 95 %. */
      readonly interval: Interval;
    };

/** What it takes: the student and the judge's model, each with its replies remembered. */
export type PrecheckOptions = {
  readonly student: { readonly ask: Ask; readonly model: string };
  readonly ask: Ask;
  readonly key: string;
  readonly spender: Spender;
  readonly rubric: Rubric;
  /** Examples at the same time; 4 unless told. */
  readonly limit?: number;
  readonly pause?: () => Promise<void>;
};

/**
 * Asks the student each question three times, and the judge's model whether the answers come to the same as the contributor's and
 * as its own solution. An example is answered when most of the tries come to the contributor's answer. The solution is the one
 * that the judge asked for, so it costs nothing here. Trouble with either model leaves an example unknown.
 */
export async function precheck(leaves: readonly Leaf[], options: PrecheckOptions): Promise<Precheck> {
  const all = leaves.flatMap(leaf => leaf.examples.map(example => ({ leaf, example })));
  const examples = await mapLimited(all, options.limit ?? 4, async ({ leaf, example }) => {
    await options.pause?.();
    return precheckExample(leaf, example, options);
  });
  const { answered, known, interval } = countAnswered(examples);
  return { type: 'prechecked', model: options.student.model, examples, answered, known, interval };
}

/** How many of the examples are answered, with the interval of the share. */
export function countAnswered(examples: readonly Prechecked[]): {
  readonly answered: number;
  readonly known: number;
  readonly interval: Interval;
} {
  const known = examples.filter(({ state }) => state !== 'unknown').length;
  const answered = examples.filter(({ state }) => state === 'answered').length;
  return { answered, known, interval: exactInterval(answered, known) };
}

async function precheckExample(
  leaf: Leaf,
  example: SeedExample,
  { student, ask, key, spender, rubric }: PrecheckOptions,
): Promise<Prechecked> {
  const about = { path: leaf.path, example };
  const unknown = (reason: string): Prechecked => ({ ...about, state: 'unknown', tries: [], reason });
  const answers: string[] = [];
  for (let sample = 1; sample <= TRIES; sample += 1) {
    const request = writeQuestion(example, sample);
    if (request === undefined) return unknown('It is too long to be asked.');
    const reply = await student.ask(request, spender);
    if (reply.outcome !== 'ok') return unknown(told('The student', reply));
    answers.push(readAnswer(reply.text));
  }
  const kind = rubricKindOf(leaf, example);
  const { version, criteria } = rubric;
  const asCase = { kind, version, criteria: criteria[kind], fields: fieldsOf(leaf, example) };
  const solution = await ask(writeSolve(asCase, key), spender);
  const solved = solution.outcome === 'ok' ? readSolution(solution.text)?.text.value : undefined;
  const graded = await ask(writeGrading(example, solved, answers, key), spender);
  if (graded.outcome !== 'ok') return unknown(told('The judge', graded));
  const grades = readGrades(graded.text, answers.length);
  if (grades === undefined) return unknown('The judge did not keep to the form of the reply.');
  const tries = grades.map((grade, index): Try => ({ ...grade, answer: answers[index] ?? '' }));
  const same = tries.filter(({ asContributed }) => asContributed === 'yes').length;
  const open = tries.filter(({ asContributed }) => asContributed === 'cannot_tell').length;
  const most = Math.floor(TRIES / 2) + 1;
  const state = same >= most ? 'answered' : same + open >= most ? 'unknown' : 'not-answered';
  return { ...about, state, tries, ...(state === 'unknown' && { reason: 'The answers could not be compared.' }) };
}

const told = (who: string, reply: Exclude<ModelReply, { readonly outcome: 'ok' }>): string =>
  `${who} gave no answer: ${reply.reason}`;
