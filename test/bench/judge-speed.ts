import type { Case } from '../../src/core/judge/case.ts';
import { fieldsOf } from '../../src/core/judge/fields.ts';
import { judgeExample } from '../../src/core/judge/judge-example.ts';
import { writeChecklist } from '../../src/core/judge/prompt.ts';
import { readReply } from '../../src/core/judge/reply.ts';
import { standardRubric } from '../../src/core/judge/rubric.ts';
import { readSolution, writeSolve } from '../../src/core/judge/solve.ts';
import { KEY, SPENDER, exampleOf, leafOf } from '../core/judge/example-leaf.ts';
import { readPrompt } from '../simulator/model/read-prompt.ts';
import { checklist, solution } from '../simulator/model/scripts.ts';
import { quantile } from './figures.ts';
import type { Figure } from './figures.ts';

const EXAMPLES = 500;
const ROUNDS = 5;

/** An example of the usual length: 70 words of answer. */
const caseOf = (index: number): Case => {
  const example = exampleOf({
    question: `Put ${index} words in order.`,
    answer: `${index} ${'some words '.repeat(35)}`,
  });
  const { version, criteria } = standardRubric;
  const fields = fieldsOf(leafOf([example]), example);
  return { kind: 'freeform-skill', version, criteria: criteria['freeform-skill'], fields };
};

/** How many sound examples a second this thread prepares and reads: both requests, both replies, evidence, masking, verdict. */
export async function measureJudge(): Promise<readonly Figure[]> {
  const cases = Array.from({ length: EXAMPLES }, (_, index) => caseOf(index));
  // Replies are made before the clock starts: they are the model's work.
  const replies = new Map(
    cases.map(each => {
      const { request } = writeChecklist(each, 0, KEY);
      return [request.user, checklist(readPrompt(request.system, request.user))] as const;
    }),
  );
  const solved = solution('A solution.');
  const rate = (work: () => void): number => {
    const started = performance.now();
    work();
    return EXAMPLES / ((performance.now() - started) / 1_000);
  };
  const alone = Array.from({ length: ROUNDS }, () =>
    rate(() => {
      for (const each of cases) {
        writeSolve(each, KEY);
        readSolution(solved);
        const { request, form } = writeChecklist(each, 0, KEY);
        readReply(form, replies.get(request.user) ?? '');
      }
    }),
  );
  const whole: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) whole.push(await judgeAll());
  return [
    { what: 'judge: prompts written and replies read', value: perSecond(alone), goal: '≥ 1,000 examples a second' },
    { what: 'judge: the same with evidence, detector and verdict, scripted model in process', value: perSecond(whole) },
  ];
}

async function judgeAll(): Promise<number> {
  const known = new Map<string, string>();
  const judging = {
    key: KEY,
    spender: SPENDER,
    rubric: standardRubric,
    ask: (request: { readonly system: string; readonly user: string }) => {
      const text = known.get(request.user) ?? checklist(readPrompt(request.system, request.user));
      known.set(request.user, text);
      const usage = { promptTokens: 0, completionTokens: 0 };
      return Promise.resolve({ outcome: 'ok', text, model: 'scripted', usage, isStored: true } as const);
    },
  };
  const examples = Array.from({ length: EXAMPLES }, (_, index) =>
    exampleOf({ question: `Put ${index} words in order.`, answer: `${index} ${'some words '.repeat(35)}` }),
  );
  const leaf = leafOf(examples);
  const pass = async (): Promise<void> => {
    for (const example of examples) await judgeExample(leaf, example, judging);
  };
  await pass();
  const started = performance.now();
  await pass();
  return EXAMPLES / ((performance.now() - started) / 1_000);
}

const perSecond = (rates: readonly number[]): string =>
  `${Math.round(quantile(rates, 0.5)).toLocaleString('en')} a second`;
