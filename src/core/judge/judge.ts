import type { Leaf, SeedExample } from '../contribution.ts';
import type { AdvisoryConcern } from '../finding.ts';
import type { JudgeState } from '../verdict.ts';
import { fieldsOf } from './fields.ts';
import { mapLimited } from './map-limited.ts';
import type { Ask, ModelReply, Spender } from './model.ts';
import { nonceFor } from './nonce.ts';
import { writePrompt } from './prompt.ts';
import { readReply } from './reply.ts';
import { rubricKindOf, rubric } from './rubric.ts';
import { weigh } from './weigh.ts';

/** What the judge has to say: concerns that are all advisory, and how far it came. */
export type Judgement = { readonly concerns: readonly AdvisoryConcern[]; readonly state: JudgeState };

/** What judging needs from its caller. */
export type JudgeOptions = {
  readonly ask: Ask;
  /** Secret of this server: without it nobody can guess where the prompts say that contributed text ends. */
  readonly key: string;
  readonly spender: Spender;
  /** Calls at the same time; 4 unless told. */
  readonly limit?: number;
  /**
   * Lets others have the thread, before each example: what is sent of one is prepared in about a millisecond, of thousands in
   * seconds. Without it the thread is this caller's alone.
   */
  readonly pause?: () => Promise<void>;
};

/** Longer examples are not sent: one of this size costs as much as twenty ordinary ones. UTF-16 units. */
const MAX_DATA_LENGTH = 60_000;

/**
 * Asks the model about each example of the leaves, one example a call, and turns what it says into concerns. Nothing of the
 * model's own words is in them. The order is that of the examples, then of the rubric, whenever the replies come. Give it only
 * leaves that may be sent: see `leavesToJudge`.
 */
export async function judge(leaves: readonly Leaf[], options: JudgeOptions): Promise<Judgement> {
  const examples = leaves.flatMap(leaf => leaf.examples.map(example => ({ leaf, example })));
  if (examples.length === 0) {
    return { concerns: [], state: { type: 'nothing-to-judge', reason: 'There is no example that may be judged.' } };
  }
  const judged = await mapLimited(examples, options.limit ?? 4, ({ leaf, example }) =>
    judgeExample(leaf, example, options),
  );
  return { concerns: judged.flatMap(({ concerns }) => concerns), state: summarise(judged) };
}

/** One example's turn. `lost`: there was no call, or it failed; `useless`: the reply answers nothing. */
type Judged = {
  readonly state: 'clear' | 'unclear' | 'useless' | 'lost';
  readonly concerns: readonly AdvisoryConcern[];
  readonly isAsked: boolean;
  readonly model?: string;
  readonly isBudget?: boolean;
  readonly reason?: string;
};

async function judgeExample(
  leaf: Leaf,
  example: SeedExample,
  { ask, key, spender, pause }: JudgeOptions,
): Promise<Judged> {
  const kind = rubricKindOf(leaf, example);
  const fields = fieldsOf(leaf, example);
  // Before anything is made of them: a thousand questions may share one context of a megabyte.
  if (fields.reduce((sum, { text }) => sum + text.value.length, 0) > MAX_DATA_LENGTH) {
    return { state: 'useless', concerns: [], isAsked: false, reason: 'The example is too long to be sent to a model.' };
  }
  await pause?.();
  const request = writePrompt(kind, fields, nonceFor(key, fields));
  const reply = await ask(request, spender);
  const isAsked = reply.isStored !== true && reply.outcome !== 'budget';
  if (reply.outcome !== 'ok') {
    const isLost = isOurTrouble(reply);
    return {
      state: isLost ? 'lost' : 'useless',
      concerns: [],
      isAsked,
      isBudget: reply.outcome === 'budget',
      reason: reply.reason,
    };
  }
  const reading = readReply(rubric[kind], reply.text);
  if (reading.outcome !== 'ok') {
    return { state: 'useless', concerns: [], isAsked, reason: 'The model did not keep to the form of the reply.' };
  }
  const { concerns, cannotTell } = weigh(leaf.path, rubric[kind], fields, reading.answers);
  return { state: cannotTell > 0 ? 'unclear' : 'clear', concerns, isAsked, model: reply.model };
}

const isOurTrouble = ({ outcome }: ModelReply): boolean =>
  outcome === 'transport' || outcome === 'timeout' || outcome === 'budget';

function summarise(judged: readonly Judged[]): JudgeState {
  const examples = judged.length;
  const usable = judged.filter(({ state }) => state === 'clear' || state === 'unclear');
  const lost = judged.find(({ isBudget }) => isBudget) ?? judged.find(({ state }) => state === 'lost');
  if (lost !== undefined) {
    const reason = lost.reason ?? 'The model was lost.';
    return {
      type: 'gave-up',
      reason,
      judged: usable.length,
      examples,
      ...(lost.isBudget !== true && { isPassing: true }),
    };
  }
  const [first] = usable;
  if (first === undefined) {
    const reason = judged[0]?.reason ?? 'No reply could be read.';
    return { type: 'gave-up', reason, judged: 0, examples };
  }
  return {
    type: 'judged',
    examples,
    asked: judged.filter(({ isAsked }) => isAsked).length,
    unclear: judged.filter(({ state }) => state !== 'clear').length,
    ...(first.model !== undefined && { model: first.model }),
  };
}
